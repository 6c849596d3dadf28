// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpexchange.h"
#include "support/restsupport.h"
#include "support/testserver.h"
#include "support/wsclient.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// Which rooms there are and who is in them, by whatever name one asks.
class TestRestRooms : public QObject
{
    Q_OBJECT

private slots:
    void rooms();
    void users();
    void unknownRoom();
    void roomThatEmptied();

    void encodedNames_data();
    void encodedNames();
    void lookAlikes();
    void badNames_data();
    void badNames();
};

void TestRestRooms::rooms()
{
    TestServer server;
    HttpAnswer answer = ask(server.port(), get("/api/rooms"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("content-type"), QByteArray("application/json"));
    QCOMPARE(answer.field("cache-control"), QByteArray("no-store"));
    QCOMPARE(answer.body, QByteArray("{\"rooms\":[],\"details\":[]}"));

    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    WsClient carl(server.ws(u"Books and films"_s, u"carl"_s));
    QTRY_VERIFY(anna.isConnected() && ben.isConnected() && carl.isConnected());
    anna.say(u"hello"_s);
    QTRY_COMPARE(anna.contents().size(), 1);
    answer = ask(server.port(), get("/api/rooms"));
    QCOMPARE(answer.json()[u"rooms"_s].toArray(), (QJsonArray {u"Books and films"_s, u"general"_s}));
    const QJsonArray details = answer.json()[u"details"_s].toArray();
    QCOMPARE(details.size(), 2);
    const QJsonObject general = details.at(1).toObject();
    QCOMPARE(keysOf(general), (QStringList {u"epoch"_s, u"frozen"_s, u"last_activity"_s, u"locked"_s, u"messages"_s, u"name"_s,
                                            u"sessions"_s, u"slow_mode_s"_s, u"topic"_s, u"users"_s}));
    QCOMPARE(general[u"name"_s].toString(), u"general"_s);
    QCOMPARE(general[u"users"_s].toInt(), 2);
    QCOMPARE(general[u"sessions"_s].toInt(), 2);
    QCOMPARE(general[u"messages"_s].toInt(), 1);
    QCOMPARE(general[u"epoch"_s], ask(server.port(), get(kMessages)).json()[u"epoch"_s]);
    QVERIFY(general[u"epoch"_s] != details.at(0)[u"epoch"_s]);
    QCOMPARE(general[u"last_activity"_s], anna.events(u"message"_s).constFirst()[u"timestamp"_s]);
}

void TestRestRooms::users()
{
    TestServer server;
    const QString person = u"resume="_s + QString(43, u'x');
    WsClient anna(server.ws(u"general"_s, u"anna"_s, person));
    QTRY_VERIFY(anna.isConnected());
    WsClient again(server.ws(u"general"_s, u"anna"_s, person));
    QTRY_VERIFY(again.isConnected());
    WsClient ben(server.ws(u"general"_s, u"Ben Ö."_s));
    QTRY_VERIFY(ben.isConnected());
    const auto shown = [&server] { return ask(server.port(), get("/api/rooms/general/users")); };
    QTRY_COMPARE(shown().body, QByteArray("{\"room\":\"general\",\"users\":[\"anna\",\"Ben Ö.\"]}"));
    QCOMPARE(ask(server.port(), get("/api/rooms")).json()[u"details"_s][0][u"sessions"_s].toInt(), 3);
}

void TestRestRooms::unknownRoom()
{
    TestServer server;
    const HttpAnswer users = ask(server.port(), get("/api/rooms/no%20such/users"));
    QCOMPARE(users.status, 200);
    QCOMPARE(users.body, QByteArray("{\"room\":\"no such\",\"users\":[]}"));
    const HttpAnswer messages = ask(server.port(), get("/api/rooms/nowhere/messages"));
    QCOMPARE(messages.status, 200);
    QCOMPARE(messages.json()[u"room"_s].toString(), u"nowhere"_s);
    QVERIFY(messages.json()[u"messages"_s].isArray());
    QVERIFY(messages.json()[u"messages"_s].toArray().isEmpty());
    QCOMPARE(messages.json()[u"head"_s].toInt(-1), 0);
    QCOMPARE(messages.json()[u"has_more"_s], QJsonValue(false));
    QCOMPARE(ask(server.port(), get("/api/rooms")).json()[u"rooms"_s].toArray(), QJsonArray()); // asking makes no room
}

void TestRestRooms::roomThatEmptied()
{
    TestServer server;
    {
        WsClient anna(server.ws(u"general"_s, u"anna"_s));
        QTRY_VERIFY(anna.isConnected());
        anna.say(u"gone with me"_s);
        QTRY_COMPARE(anna.contents().size(), 1);
    }
    QTRY_VERIFY(ask(server.port(), get("/api/rooms")).json()[u"rooms"_s].toArray().isEmpty());
    QVERIFY(contentsOf(ask(server.port(), get(kMessages))).isEmpty());
}

void TestRestRooms::encodedNames_data()
{
    QTest::addColumn<QString>("room");
    QTest::newRow("Cyrillic") << u"Кухня"_s;
    QTest::newRow("right to left") << u"חדר ראשי"_s;
    QTest::newRow("Arabic") << u"مجلس"_s;
    QTest::newRow("Chinese") << u"聊天室"_s;
    QTest::newRow("combined") << u"Café é"_s;
    QTest::newRow("beyond the first plane") << u"𝔄𐍈"_s;
    QTest::newRow("all signs") << u"a.b_c-d e"_s;
    QTest::newRow("longest") << u"ж"_s.repeated(64);
}

void TestRestRooms::encodedNames()
{
    QFETCH(QString, room);
    TestServer server;
    WsClient anna(server.ws(room, u"Анна"_s));
    QTRY_VERIFY(anna.isConnected());
    anna.say(u"hello"_s);
    QTRY_COMPARE(anna.contents().size(), 1);
    const QByteArray base = "/api/rooms/" + QUrl::toPercentEncoding(room);
    const HttpAnswer users = ask(server.port(), get(base + "/users"));
    QCOMPARE(users.json()[u"room"_s].toString(), room);
    QCOMPARE(users.json()[u"users"_s].toArray(), QJsonArray {u"Анна"_s});
    QCOMPARE(contentsOf(ask(server.port(), get(base + "/messages"))), QStringList {u"hello"_s});
    QCOMPARE(ask(server.port(), get("/api/rooms")).json()[u"rooms"_s].toArray(), QJsonArray {room});
}

void TestRestRooms::lookAlikes()
{
    TestServer server;
    WsClient anna(server.ws(u"General"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    for (const QString &other : {u"general"_s, u"GENERAL"_s, u"Gеneral"_s /* Cyrillic е */, u" General "_s}) {
        const HttpAnswer answer = ask(server.port(), get("/api/rooms/" + QUrl::toPercentEncoding(other) + "/users"));
        QCOMPARE(answer.json()[u"room"_s].toString(), u"General"_s);
        QCOMPARE(answer.json()[u"users"_s].toArray(), QJsonArray {u"anna"_s});
    }
}

void TestRestRooms::badNames_data()
{
    QTest::addColumn<QByteArray>("segment");
    QTest::newRow("blank") << QByteArray("%20");
    QTest::newRow("long") << QByteArray(65, 'x');
    QTest::newRow("very long") << QByteArray(3000, 'x');
    QTest::newRow("markup") << QByteArray("%3Cscript%3E");
    QTest::newRow("emoji") << QByteArray("%F0%9F%98%80");
    QTest::newRow("bidi override") << QByteArray("a%E2%80%AEb");
    QTest::newRow("zero width") << QByteArray("a%E2%80%8Bb");
    QTest::newRow("byte order mark") << QByteArray("%EF%BB%BFa");
    QTest::newRow("control") << QByteArray("a%1Bb");
    QTest::newRow("per cent") << QByteArray("%2541");
    QTest::newRow("quotes") << QByteArray("'%22%20or%201=1");
}

void TestRestRooms::badNames()
{
    QFETCH(QByteArray, segment);
    static TestServer server;
    for (const char *tail : {"/users", "/messages"}) {
        const HttpAnswer answer = ask(server.port(), get("/api/rooms/" + segment + tail));
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.errorCode(), u"bad_name"_s);
        QCOMPARE(answer.errorField(), u"room"_s);
    }
}

QTEST_GUILESS_MAIN(TestRestRooms)
#include "tst_restrooms.moc"
