// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"
#include "model/kicklist.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestKickList : public QObject
{
    Q_OBJECT

private slots:
    void whoIsHit_data();
    void whoIsHit();
    void ends();
    void longestCounts();
    void prune();
    void bounded();
};

namespace {

KickList::Entry anna(KickList::Millis until)
{
    return {roomName(u"general"_s), PersonId(u"p-anna"_s), userName(u"anna"_s), userName(u"anna"_s), u"10.0.0.1"_s, until, u"spam"_s};
}

} // namespace

void TestKickList::whoIsHit_data()
{
    QTest::addColumn<QString>("room");
    QTest::addColumn<QString>("person");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("hit");
    QTest::newRow("same in all") << u"general"_s << u"p-anna"_s << u"anna"_s << u"10.0.0.1"_s << true;
    QTest::newRow("same token, else all new") << u"general"_s << u"p-anna"_s << u"bob"_s << u"10.9.9.9"_s << true;
    QTest::newRow("token lost") << u"general"_s << u""_s << u"anna"_s << u"10.0.0.1"_s << true;
    QTest::newRow("another token") << u"general"_s << u"p-new"_s << u"anna"_s << u"10.0.0.1"_s << true;
    QTest::newRow("looks alike") << u"General"_s << u""_s << u"Аnna"_s << u"10.0.0.1"_s << true;
    QTest::newRow("somebody else behind the same address")
        << u"general"_s << u"p-ben"_s << u"ben"_s << u"10.0.0.1"_s << false;
    QTest::newRow("same name elsewhere") << u"general"_s << u"p-other"_s << u"anna"_s << u"10.9.9.9"_s << false;
    QTest::newRow("stranger elsewhere") << u"general"_s << u""_s << u"anna"_s << u"10.9.9.9"_s << false;
    QTest::newRow("another room") << u"tea"_s << u"p-anna"_s << u"anna"_s << u"10.0.0.1"_s << false;
}

void TestKickList::whoIsHit()
{
    QFETCH(QString, room);
    QFETCH(QString, person);
    QFETCH(QString, name);
    QFETCH(QString, address);
    KickList list;
    list.add(anna(100s));
    const auto *entry = list.find(roomName(room), PersonId(person), userName(name), address, 50s);
    QTEST(entry != nullptr, "hit");
    if (entry)
        QCOMPARE(entry->reason, u"spam"_s);
}

void TestKickList::ends()
{
    KickList list;
    list.add(anna(100s));
    const auto find = [&list](KickList::Millis now) {
        return list.find(roomName(u"general"_s), PersonId(u"p-anna"_s), userName(u"anna"_s), u"10.0.0.1"_s, now);
    };
    QVERIFY(find(0s));
    QVERIFY(find(100s - 1ms));
    QVERIFY(!find(100s));
    QVERIFY(!find(200s));
}

/// Kicked twice: who is told to wait for the shorter of the two would be refused again.
void TestKickList::longestCounts()
{
    KickList list;
    list.add(anna(100s));
    list.add(anna(300s));
    list.add(anna(200s));
    const auto *entry = list.find(roomName(u"general"_s), PersonId(u"p-anna"_s), {}, {}, 50s);
    QVERIFY(entry);
    QCOMPARE(entry->until, KickList::Millis(300s));
}

void TestKickList::prune()
{
    KickList list;
    list.add(anna(100s));
    list.add({roomName(u"tea"_s), PersonId(u"p-ben"_s), userName(u"ben"_s), userName(u"ben"_s), u"10.0.0.2"_s, 200s, {}});
    list.prune(100s);
    QVERIFY(!list.find(roomName(u"general"_s), PersonId(u"p-anna"_s), {}, {}, 0s)); // even if time went back
    QVERIFY(list.find(roomName(u"tea"_s), PersonId(u"p-ben"_s), {}, {}, 100s));
}

void TestKickList::bounded()
{
    KickList list;
    const auto entry = [](int i) {
        return KickList::Entry {roomName(u"general"_s), PersonId(QString::number(i)), {}, {}, u"10.0.0.1"_s, 100s, {}};
    };
    for (int i = 0; i <= 10000; ++i)
        list.add(entry(i));
    const auto isIn = [&list](int i) {
        return list.find(roomName(u"general"_s), PersonId(QString::number(i)), userName(u"x"_s), {}, 0s) != nullptr;
    };
    QVERIFY(!isIn(0)); // the oldest went
    QVERIFY(isIn(1));
    QVERIFY(isIn(10000));
}

QTEST_GUILESS_MAIN(TestKickList)
#include "tst_kicklist.moc"
