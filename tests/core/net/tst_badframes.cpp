// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/rawtalk.h"
#include "support/wsclient.h"
#include "support/wsframes.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// Frames that RFC 6455 does not allow, odd ones that it allows, and goodbyes of every kind.
class TestBadFrames : public QObject
{
    Q_OBJECT

private slots:
    void badFrames_data();
    void badFrames();
    void fragmentedText();
    void goodbyes_data();
    void goodbyes();
};

void TestBadFrames::badFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("unmasked") << toBytes({1, message(u"a"_s), true, false}) << 1002;
    QTest::newRow("reserved bit") << toBytes({1, message(u"a"_s), true, true, 4}) << 1002;
    QTest::newRow("unknown opcode") << toBytes({3, "a"}) << 1002;
    QTest::newRow("unknown control opcode") << toBytes({11, "a"}) << 1002;
    QTest::newRow("fragmented ping") << toBytes({9, "a", false}) << 1002;
    QTest::newRow("continuation of nothing") << toBytes({0, "a"}) << 1002;
    QTest::newRow("text between fragments") << toBytes({1, "a", false}) + toBytes({1, "b"}) << 1002;
    QTest::newRow("no UTF-8") << wsText("{\"type\":\"\xFF\"}") << 1007;
    QTest::newRow("cut UTF-8") << wsText("{\"type\":\"\xE2\x82") << 1007;
    QTest::newRow("surrogate") << wsText("\xED\xA0\x80") << 1007;
    QTest::newRow("HTTP again") << upgradeHead("/ws/general/ben") << 1002;
}

void TestBadFrames::badFrames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(bytes + wsText(message(u"too late"_s)));
    QTRY_VERIFY(client.isEnded());
    QCOMPARE(framesAfterUpgrade(client.received()).closeCode(), code);
    client.close();
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    ben.say(u"alone"_s);
    QTRY_COMPARE(ben.contents(), QStringList {u"alone"_s});
}

/// Legal, however odd: fragments cut inside a character, with a ping between them, drop by drop.
void TestBadFrames::fragmentedText()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    const QByteArray text = message(u"Grüße 😀"_s);
    QByteArray bytes;
    for (qsizetype i = 0; i < text.size(); ++i) {
        bytes += toBytes({i == 0 ? 1 : 0, text.mid(i, 1), i + 1 == text.size()});
        if (i == 10)
            bytes += toBytes({9, "ping"});
    }
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        client.send(bytes.mid(i, 1));
        if (i % 16 == 0)
            turnLoop();
    }
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 2);
    const WsFrames frames = framesAfterUpgrade(client.received());
    QCOMPARE(frames.list.at(0).opcode, 10);
    QCOMPARE(frames.list.at(0).payload, QByteArray("ping"));
    QCOMPARE(frames.events().value(0)[u"content"_s].toString(), u"Grüße 😀"_s);
}

void TestBadFrames::goodbyes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("1000") << wsClose(1000);
    QTest::newRow("going away") << wsClose(1001);
    QTest::newRow("of its own") << wsClose(4999);
    QTest::newRow("without a code") << toBytes({8, ""});
    QTest::newRow("half a code") << toBytes({8, "\x03"});
    QTest::newRow("a code that is none") << wsClose(5);
    QTest::newRow("a code not for the wire") << wsClose(1006);
    QTest::newRow("a reason that is no UTF-8") << toBytes({8, "\x03\xE8\xFF\xFE"});
    QTest::newRow("twice") << wsClose(1000) + wsClose(1000);
    QTest::newRow("and more") << wsClose(1000) + wsText(message(u"too late"_s)) + QByteArray(100'000, 'x');
}

void TestBadFrames::goodbyes()
{
    QFETCH(QByteArray, bytes);
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(bytes);
    QTRY_VERIFY(client.isEnded());
    const WsFrames frames = framesAfterUpgrade(client.received());
    QVERIFY2(frames.fault.isEmpty(), qPrintable(frames.fault));
    QCOMPARE(frames.list.size(), 1);
    QCOMPARE(frames.list.constFirst().opcode, 8);
    client.close();
    QTRY_COMPARE(ben.events(u"user_left"_s).size(), 1);
    QVERIFY(ben.contents().isEmpty());
}

QTEST_GUILESS_MAIN(TestBadFrames)
#include "tst_badframes.moc"
