// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/roomrules.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a room may be set to, and what that does to those who speak in it.
class TestRoomRules : public QObject
{
    Q_OBJECT

private slots:
    void topics_data();
    void topics();
    void slowModes_data();
    void slowModes();
    void patches();
    void slowModeIsForEach();
    void slowModeThatEnds();
    void slowModeForgets();
    void frozen();
};

void TestRoomRules::topics_data()
{
    QTest::addColumn<QString>("topic");
    QTest::addColumn<QString>("kept");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("plain") << u"Hello"_s << u"Hello"_s << true;
    QTest::newRow("none") << u""_s << u""_s << true;
    QTest::newRow("spaces and lines") << u"  one\n two\t three "_s << u"one two three"_s << true;
    QTest::newRow("right to left") << u"مرحبا 😀"_s << u"مرحبا 😀"_s << true;
    QTest::newRow("half a pair") << QString(QChar(0xd83d)) << u"\ufffd"_s << true;
    QTest::newRow("longest") << u"😀"_s.repeated(200) << u"😀"_s.repeated(200) << true;
    QTest::newRow("too long") << u"😀"_s.repeated(201) << u""_s << false;
}

void TestRoomRules::topics()
{
    QFETCH(QString, topic);
    QFETCH(QString, kept);
    QFETCH(bool, isKept);
    RoomPatch patch;
    patch.topic = topic;
    const Result<RoomPatch> good = proven(patch);
    QCOMPARE(bool(good), isKept);
    if (good)
        QCOMPARE(*good.value().topic, kept);
    else
        QCOMPARE(good.error().code, ErrorCode::TooLong);
}

void TestRoomRules::slowModes_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("none") << 0 << true;
    QTest::newRow("an hour") << 3600 << true;
    QTest::newRow("more") << 3601 << false;
    QTest::newRow("negative") << -1 << false;
}

void TestRoomRules::slowModes()
{
    QFETCH(int, seconds);
    QFETCH(bool, isKept);
    RoomPatch patch;
    patch.slowModeS = seconds;
    QCOMPARE(bool(proven(patch)), isKept);
}

void TestRoomRules::patches()
{
    const RoomSettings before {u"topic"_s, 5, true, false};
    QCOMPARE(RoomPatch().applied(before), before);
    RoomPatch patch;
    patch.topic = u""_s;
    patch.isLocked = true;
    QCOMPARE(patch.applied(before), (RoomSettings {u""_s, 5, true, true}));
}

void TestRoomRules::slowModeIsForEach()
{
    SlowMode slow;
    const RoomSettings settings {{}, 10};
    QVERIFY(slow.take(settings, PersonId(u"a"_s), 1000ms));
    QVERIFY(slow.take(settings, PersonId(u"b"_s), 2000ms));
    const Status again = slow.take(settings, PersonId(u"a"_s), 4000ms);
    QCOMPARE(again.error().code, ErrorCode::RateLimited);
    QCOMPARE(again.error().retryAfter, 7000ms);
    QVERIFY(!slow.take(settings, PersonId(u"a"_s), 10'999ms)); // who tries does not wait longer for it
    QVERIFY(slow.take(settings, PersonId(u"a"_s), 11'000ms));
}

void TestRoomRules::slowModeThatEnds()
{
    SlowMode slow;
    QVERIFY(slow.take({{}, 3600}, PersonId(u"a"_s), 0ms));
    QVERIFY(slow.take({}, PersonId(u"a"_s), 1ms));
    QVERIFY(slow.take({{}, 3600}, PersonId(u"a"_s), 2ms)); // a new one knows nothing of the old
}

void TestRoomRules::slowModeForgets()
{
    SlowMode slow;
    const RoomSettings settings {{}, 1};
    for (int i = 0; i < 5'000; ++i)
        QVERIFY(slow.take(settings, PersonId(QString::number(i)), std::chrono::milliseconds(i)));
    QVERIFY(!slow.take(settings, PersonId(u"4999"_s), 5'000ms)); // but nobody who still has to wait
    QVERIFY(!slow.take(settings, PersonId(u"4001"_s), 5'000ms));
    QVERIFY(slow.take(settings, PersonId(u"4000"_s), 5'000ms));
}

void TestRoomRules::frozen()
{
    SlowMode slow;
    RoomSettings settings;
    settings.isFrozen = true;
    QCOMPARE(slow.take(settings, PersonId(u"a"_s), 0ms).error().code, ErrorCode::Frozen);
    for (const ChangeKind kind : {ChangeKind::Edit, ChangeKind::Reaction, ChangeKind::ReactionGone}) {
        QCOMPARE(mayChange(settings, kind).error().code, ErrorCode::Frozen);
        QVERIFY(mayChange(RoomSettings(), kind));
    }
    QVERIFY(mayChange(settings, ChangeKind::Deletion));
}

QTEST_GUILESS_MAIN(TestRoomRules)
#include "tst_roomrules.moc"
