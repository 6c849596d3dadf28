// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"
#include "model/joinrules.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestJoinRules : public QObject
{
    Q_OBJECT

private slots:
    void tries();
    void windows();
    void strangersHaveNoWindows();
    void kicked();
};

namespace {

JoinRequest requestOf(const QString &person, const QString &network = u"n"_s)
{
    JoinRequest request;
    request.room = roomName(u"general"_s);
    request.name = userName(u"anna"_s);
    request.person = PersonId(person);
    request.address = u"10.0.0.1"_s;
    request.network = network;
    return request;
}

ErrorCode codeOf(const Status &status)
{
    return status ? ErrorCode::None : status.error().code;
}

} // namespace

void TestJoinRules::tries()
{
    ModelLimits limits;
    limits.joins = {2, 10s};
    JoinRules rules(limits);
    QVERIFY(rules.mayTry(requestOf(u"a"_s), 0ms));
    QVERIFY(rules.mayTry(requestOf(u"b"_s), 0ms));
    const Status slow = rules.mayTry(requestOf(u"c"_s), 0ms);
    QCOMPARE(codeOf(slow), ErrorCode::RateLimited);
    QCOMPARE(slow.error().retryAfter, 5s);
    QVERIFY(rules.mayTry(requestOf(u"c"_s, u"elsewhere"_s), 0ms));
    QVERIFY(rules.mayTry(requestOf(u"c"_s), 5s));
    rules.prune(5s); // forgets nobody who is still counted
    QVERIFY(!rules.mayTry(requestOf(u"c"_s), 5s));
}

void TestJoinRules::windows()
{
    ModelLimits limits;
    limits.sessionsPerPerson = 2;
    JoinRules rules(limits);
    const PersonId anna(u"a"_s);
    rules.sessionBegan(anna);
    QVERIFY(rules.mayJoin(requestOf(u"a"_s), 0ms));
    rules.sessionBegan(anna);
    QCOMPARE(codeOf(rules.mayJoin(requestOf(u"a"_s), 0ms)), ErrorCode::TooManySessions);
    QVERIFY(rules.mayJoin(requestOf(u"b"_s), 0ms));
    rules.sessionEnded(anna);
    QVERIFY(rules.mayJoin(requestOf(u"a"_s), 0ms));
    rules.sessionEnded(anna);
    rules.sessionEnded(anna); // one too many is harmless
    rules.sessionBegan(anna);
    QVERIFY(rules.mayJoin(requestOf(u"a"_s), 0ms));
}

void TestJoinRules::strangersHaveNoWindows()
{
    ModelLimits limits;
    limits.sessionsPerPerson = 0;
    const JoinRules rules(limits);
    QVERIFY(rules.mayJoin(requestOf({}), 0ms));
    QVERIFY(!rules.mayJoin(requestOf(u"a"_s), 0ms));
}

void TestJoinRules::kicked()
{
    JoinRules rules({});
    const UserName anna = userName(u"anna"_s);
    rules.keepOut({roomName(u"general"_s), PersonId(u"a"_s), anna, anna, u"10.0.0.1"_s, 60s, u"spam"_s});
    const Status out = rules.mayJoin(requestOf(u"a"_s), 20s);
    QCOMPARE(codeOf(out), ErrorCode::Kicked);
    QCOMPARE(out.error().retryAfter, 40s);
    QVERIFY(out.error().detail.endsWith(u"spam"_s));
    QCOMPARE(out.error().reason, u"spam"_s);
    rules.prune(59s);
    QVERIFY(!rules.mayJoin(requestOf(u"a"_s), 59s));
    QVERIFY(rules.mayJoin(requestOf(u"a"_s), 60s));
}

QTEST_GUILESS_MAIN(TestJoinRules)
#include "tst_joinrules.moc"
