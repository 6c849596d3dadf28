// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/rawtalk.h"
#include "support/wsclient.h"
#include "support/wsframes.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What is no command is answered with the error that the contract names, and only too much of it is the end.
class TestBadCommands : public QObject
{
    Q_OBJECT

private slots:
    void faults_data();
    void faults();
    void emptyContentIsIgnored();
    void longestContent();
    void largestMessage();
    void tooLargeMessage_data();
    void tooLargeMessage();

    void tooManyFaults();
    void faultsOverTime();
};

void TestBadCommands::faults_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("cid");
    const QString bad = u"bad_request"_s;
    const auto row = [](const char *name, const QByteArray &text, const QString &code, const QString &field = {},
                        const QString &cid = {}) { QTest::newRow(name) << wsText(text) << code << field << cid; };
    row("no JSON", "hello", bad);
    row("nothing", "", bad);
    row("cut", "{\"type\":\"message\"", bad);
    row("two objects", "{\"type\":\"message\",\"content\":\"a\"}{}", bad);
    row("array", "[]", bad);
    row("number", "1", bad);
    row("null", "null", bad);
    row("NUL", QByteArray("{\"type\":\0}", 10), bad);
    row("deep", "{\"a\":" + QByteArray(40, '[') + QByteArray(40, ']') + "}", bad);
    row("very deep", QByteArray(60'000, '['), bad);
    row("key twice", "{\"type\":\"message\",\"type\":\"message\",\"content\":\"a\"}", bad);
    row("no type", "{\"content\":\"a\"}", bad, u"type"_s);
    row("type is a number", "{\"type\":1}", bad, u"type"_s);
    row("unknown type", "{\"type\":\"dance\",\"cid\":\"c-1\"}", u"unknown_type"_s, u"type"_s, u"c-1"_s);
    row("type in capitals", "{\"type\":\"MESSAGE\",\"content\":\"a\"}", u"unknown_type"_s, u"type"_s);
    row("no content", "{\"type\":\"message\",\"cid\":\"c-2\"}", bad, u"content"_s, u"c-2"_s);
    row("content is a number", "{\"type\":\"message\",\"content\":5}", bad, u"content"_s);
    row("content is null", "{\"type\":\"message\",\"content\":null}", bad, u"content"_s);
    row("content too long", message(u"😀"_s.repeated(4001), u"c-3"_s), u"too_long"_s, u"content"_s, u"c-3"_s);
    row("cid is a number", "{\"type\":\"message\",\"content\":\"a\",\"cid\":5}", bad, u"cid"_s);
    row("cid too long", message(u"a"_s, QString(65, u'c')), bad, u"cid"_s);
    row("cid with a blank", message(u"a"_s, u"c 1"_s), bad, u"cid"_s);
    QTest::newRow("binary") << toBytes({2, message(u"a"_s)}) << bad << QString() << QString();
}

void TestBadCommands::faults()
{
    QFETCH(QByteArray, frame);
    QFETCH(QString, code);
    QFETCH(QString, field);
    QFETCH(QString, cid);
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(frame + wsText(message(u"still here"_s)));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 2);
    const QList<QJsonObject> events = framesAfterUpgrade(client.received()).events();
    QCOMPARE(events.at(0)[u"message_type"_s].toString(), u"error"_s);
    QCOMPARE(events.at(0)[u"code"_s].toString(), code);
    QCOMPARE(events.at(0)[u"field"_s].toString(), field);
    QCOMPARE(events.at(0)[u"cid"_s].toString(), cid);
    QVERIFY(!events.at(0)[u"detail"_s].toString().isEmpty());
    QCOMPARE(events.at(1)[u"content"_s].toString(), u"still here"_s);
    QCOMPARE(events.at(1)[u"seq"_s].toInt(), 1); // nothing of it was stored
    QCOMPARE(server.metrics().refusals(), 1u);
}

void TestBadCommands::emptyContentIsIgnored()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(wsText(message(u""_s)) + wsText(message(u" \n\t\u00A0 "_s)) + wsText(message(u"x"_s)));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 1);
    QCOMPARE(framesAfterUpgrade(client.received()).events().constFirst()[u"seq"_s].toInt(), 1);
}

void TestBadCommands::longestContent()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    const QString content = u"😀"_s.repeated(4000);
    client.send(wsText(message(content)));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 1);
    QCOMPARE(framesAfterUpgrade(client.received()).events().constFirst()[u"content"_s].toString(), content);
}

void TestBadCommands::largestMessage()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    QByteArray text = message(u"|"_s);
    text.replace("|", QByteArray(64 * 1024 + 1 - text.size(), 'x'));
    QCOMPARE(text.size(), 64 * 1024);
    client.send(wsText(text));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 1);
    QCOMPARE(framesAfterUpgrade(client.received()).events().constFirst()[u"code"_s].toString(), u"too_long"_s);
}

void TestBadCommands::tooLargeMessage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const qsizetype tooMuch = 64 * 1024 + 1;
    QTest::newRow("text") << wsText(QByteArray(tooMuch, 'x'));
    QTest::newRow("binary") << toBytes({2, QByteArray(tooMuch, 'x')});
    QTest::newRow("megabytes") << wsText(QByteArray(4 * 1024 * 1024, 'x'));
    QTest::newRow("claimed only") << wsText(QByteArray(tooMuch, 'x')).first(14);
    QTest::newRow("claims exabytes") << QByteArray("\x81\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\0", 14);
    QTest::newRow("in fragments") << toBytes({1, QByteArray(40'000, 'x'), false}) + toBytes({0, QByteArray(40'000, 'x')});
}

void TestBadCommands::tooLargeMessage()
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
    QVERIFY(!client.wasReset()); // even where it is still sending, the goodbye arrives
    QCOMPARE(framesAfterUpgrade(client.received()).closeCode(), 1009);
    client.close();
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QTRY_COMPARE(ben.events(u"user_left"_s).size(), 1);
}

void TestBadCommands::tooManyFaults()
{
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(wsText("?").repeated(19));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 19);
    client.send(wsText("?").repeated(5) + wsText(message(u"too late"_s)));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).closeCode(), 4400);
    QCOMPARE(framesAfterUpgrade(client.received()).list.size(), 21); // the 20th error, and the close
    client.send(wsClose(4400));
    QTRY_VERIFY(client.isEnded());
    client.close();
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QVERIFY(ben.contents().isEmpty());
}

void TestBadCommands::faultsOverTime()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    for (int minute = 1; minute <= 3; ++minute) {
        client.send(wsText("?").repeated(19));
        QTRY_COMPARE(framesAfterUpgrade(client.received()).events().size(), minute * 19);
        for (int part = 0; part < 3; ++part) {
            server.advance(20s);
            client.send(toBytes({10, ""})); // lives
            const quint64 before = server.metrics().count(Metrics::BytesReceived);
            QTRY_VERIFY(server.metrics().count(Metrics::BytesReceived) > before);
        }
    }
    QCOMPARE(framesAfterUpgrade(client.received()).closeCode(), 0);
}

QTEST_GUILESS_MAIN(TestBadCommands)
#include "tst_badcommands.moc"
