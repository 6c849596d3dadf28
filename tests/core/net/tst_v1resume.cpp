// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/speaker.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

using Speaks = WsClient::Speaks;

} // namespace

/// Who comes back gets exactly what it missed, or is told that this cannot be.
class TestV1Resume : public QObject
{
    Q_OBJECT

private slots:
    void resume();
    void resumeWithNothingMissed();
    void sinceWithoutEpoch();
    void resync_data();
    void resync();
};

void TestV1Resume::resume()
{
    NetServer server;
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    anna.post(70);
    QTRY_COMPARE(headOf(server), 70u);
    WsClient ben(server.ws(u"general"_s, u"ben"_s, u"since=4&epoch="_s + anna.epoch()), Speaks::Parlance);
    QTRY_COMPARE(ben.events(u"history_end"_s).size(), 1);
    QCOMPARE(ben.events().size(), 1 + 66 + 1); // more than a newcomer would get, and nothing else
    QCOMPARE(seqsOf(ben.events()), numbers(5, 70));
    const QJsonObject end = ben.events().constLast();
    QCOMPARE(end[u"from"_s].toInteger(), 5);
    QCOMPARE(end[u"to"_s].toInteger(), 70);
    QCOMPARE(end[u"complete"_s], QJsonValue(true));
    anna.post(1);
    QTRY_COMPARE(seqsOf(ben.events()), numbers(5, 71)); // and goes on live
}

void TestV1Resume::resumeWithNothingMissed()
{
    NetServer server;
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    anna.post(3);
    QTRY_COMPARE(headOf(server), 3u);
    WsClient ben(server.ws(u"general"_s, u"ben"_s, u"since=3&epoch="_s + anna.epoch()), Speaks::Parlance);
    QTRY_COMPARE(ben.events(u"history_end"_s).size(), 1);
    QCOMPARE(typesOf(ben), (QStringList {u"welcome"_s, u"history_end"_s}));
    QCOMPARE(ben.events().constLast()[u"to"_s].toInteger(), 3);
    anna.post(1);
    QTRY_COMPARE(seqsOf(ben.events()), numbers(4, 4));
}

void TestV1Resume::sinceWithoutEpoch()
{
    NetServer server;
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    anna.post(60);
    QTRY_COMPARE(headOf(server), 60u);
    WsClient ben(server.ws(u"general"_s, u"ben"_s, u"since=58"_s), Speaks::Parlance);
    QTRY_COMPARE(ben.events(u"history_end"_s).size(), 1);
    QCOMPARE(seqsOf(ben.events()), numbers(11, 60));
    QCOMPARE(ben.events(u"resync"_s).size(), 1); // its 58 may have been another one's
    QCOMPARE(ben.events(u"resync"_s).constFirst()[u"reason"_s].toString(), u"epoch"_s);
    WsClient fresh(server.ws(u"general"_s, u"zoe"_s, u"since=0"_s), Speaks::Parlance);
    QTRY_COMPARE(fresh.events(u"history_end"_s).size(), 1);
    QVERIFY(fresh.events(u"resync"_s).isEmpty()); // knows nothing and says so
}

void TestV1Resume::resync_data()
{
    QTest::addColumn<QString>("since");
    QTest::addColumn<bool>("sameEpoch");
    QTest::addColumn<QString>("reason"); // empty: no resync
    QTest::newRow("another epoch") << u"95"_s << false << u"epoch"_s;
    QTest::newRow("partly gone") << u"5"_s << true << u"retention"_s;
    QTest::newRow("just gone") << u"79"_s << true << u"retention"_s;
    QTest::newRow("just kept") << u"80"_s << true << QString();
    QTest::newRow("ahead") << u"101"_s << true << u"ahead"_s;
    QTest::newRow("far ahead") << u"18446744073709551615"_s << true << u"ahead"_s;
    QTest::newRow("at the head") << u"100"_s << true << QString();
}

void TestV1Resume::resync()
{
    QFETCH(QString, since);
    QFETCH(bool, sameEpoch);
    QFETCH(QString, reason);
    NetServer server([](NetServer::Settings &settings) {
        settings.model.ring = 20;
        settings.net.replay = 10;
    });
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    anna.post(100);
    QTRY_COMPARE(headOf(server), 100u);
    const QString epoch = sameEpoch ? anna.epoch() : u"0123456789abcdef"_s;
    WsClient ben(server.ws(u"general"_s, u"ben"_s, u"since=%1&epoch=%2"_s.arg(since, epoch)), Speaks::Parlance);
    QTRY_COMPARE(ben.events(u"history_end"_s).size(), 1);
    if (reason.isEmpty()) {
        QVERIFY(ben.events(u"resync"_s).isEmpty());
        QCOMPARE(seqsOf(ben.events()), numbers(since.toLongLong() + 1, 100));
        return;
    }
    QCOMPARE(typeOf(ben.events().at(1)), u"resync"_s);
    QCOMPARE(ben.events().at(1)[u"reason"_s].toString(), reason);
    QCOMPARE(seqsOf(ben.events()), numbers(91, 100));
    QCOMPARE(ben.events(u"welcome"_s).constFirst()[u"epoch"_s].toString(), anna.epoch());
}

QTEST_GUILESS_MAIN(TestV1Resume)
#include "tst_v1resume.moc"
