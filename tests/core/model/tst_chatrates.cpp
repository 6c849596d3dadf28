// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// How much may be said: the rate goes with who somebody is, not with the connection that they happen to have.
class TestChatRates : public QObject
{
    Q_OBJECT

private slots:
    void reconnectingBringsNothing_data();
    void reconnectingBringsNothing();
    void namesBringLittle();
    void sameTokenSameBucket();
    void othersBehindTheSameAddress();
    void wholeClassTalks();
};

namespace {

/// What gets through in ten seconds of coming, saying \a words at once and going.
int saidInTenSeconds(Chat &chat, int words, const std::function<Visitor(int)> &visitor)
{
    int said = 0;
    for (int round = 0; round < 100; ++round) {
        const SessionId session = chat.join(visitor(round));
        for (int i = 0; i < words; ++i) {
            if (chat.manager.post(session, u"x"_s, {}))
                ++said;
        }
        chat.store.commit();
        chat.manager.leave(session);
        chat.clock.advance(100ms);
        if (round % 10 == 9)
            chat.manager.tick();
    }
    return said;
}

} // namespace

void TestChatRates::reconnectingBringsNothing_data()
{
    QTest::addColumn<bool>("tokens");
    QTest::newRow("no token") << false;
    QTest::newRow("a new token each time") << true;
}

/// Ten at once and one a second: 20 in ten seconds, however often somebody comes anew.
void TestChatRates::reconnectingBringsNothing()
{
    QFETCH(bool, tokens);
    Chat chat([](ModelLimits &limits) { limits.messages = {10, 10s}; });
    chat.join(u"host"_s);
    const int said = saidInTenSeconds(chat, 20, [tokens](int round) {
        Visitor visitor;
        if (tokens)
            visitor.person = u"p%1"_s.arg(round);
        return visitor;
    });
    QVERIFY2(said >= 19 && said <= 20, qPrintable(QString::number(said)));
}

/// Another name each time: what one address may say in all is the bound then.
void TestChatRates::namesBringLittle()
{
    Chat chat([](ModelLimits &limits) {
        limits.messages = {10, 10s};
        limits.messagesPerAddress = {200, 10s};
    });
    chat.join(u"host"_s);
    const int said = saidInTenSeconds(chat, 20, [](int round) { return Visitor {u"name %1"_s.arg(round)}; });
    QVERIFY2(said >= 390 && said <= 400, qPrintable(QString::number(said)));
}

/// Who comes back with their token, from wherever and under whatever name, is who they were.
void TestChatRates::sameTokenSameBucket()
{
    Chat chat([](ModelLimits &limits) { limits.messages = {10, 10s}; });
    chat.join(u"host"_s);
    const int said = saidInTenSeconds(chat, 20, [](int round) {
        return Visitor {u"name %1"_s.arg(round), u"p-anna"_s, u"10.0.0.%1"_s.arg(round)};
    });
    QVERIFY2(said >= 19 && said <= 20, qPrintable(QString::number(said)));
}

void TestChatRates::othersBehindTheSameAddress()
{
    Chat chat([](ModelLimits &limits) { limits.messages = {1, 10s}; });
    for (int i = 0; i < 20; ++i) {
        const SessionId pupil = chat.join(u"pupil %1"_s.arg(i));
        QVERIFY(chat.manager.post(pupil, u"x"_s, {}));
        QVERIFY(!chat.manager.post(pupil, u"x"_s, {}));
    }
}

/// Twenty people behind one address at the default limits, each as fast as one may be.
void TestChatRates::wholeClassTalks()
{
    const ModelLimits defaults;
    Chat chat([&defaults](ModelLimits &limits) {
        limits.messages = defaults.messages;
        limits.messagesPerAddress = defaults.messagesPerAddress;
    });
    QList<SessionId> pupils;
    for (int i = 0; i < 20; ++i)
        pupils.append(chat.join(u"pupil %1"_s.arg(i)));
    for (int second = 0; second < 30; ++second) {
        for (const SessionId pupil : std::as_const(pupils)) {
            for (int words = second == 0 ? 10 : 1; words > 0; --words)
                QVERIFY(chat.manager.post(pupil, u"x"_s, {}));
        }
        chat.store.commit();
        chat.clock.advance(1s);
        chat.manager.tick();
    }
}

QTEST_GUILESS_MAIN(TestChatRates)
#include "tst_chatrates.moc"
