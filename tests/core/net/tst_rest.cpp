// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpanswer.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/testserver.h"
#include "support/wsclient.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

constexpr char kMessages[] = "/api/rooms/general/messages";

QByteArray get(const QByteArray &target, const QByteArray &fields = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

/// The answer of \a port to \a request; status 0 when there was none, or one that is not well formed.
HttpAnswer ask(quint16 port, const QByteArray &request)
{
    RawClient client(port);
    client.send(request);
    const QByteArrayList methods {request.left(request.indexOf(' '))};
    [&] { QTRY_VERIFY(!readAnswers(client.received(), methods).list.isEmpty()); }();
    const HttpAnswers answers = readAnswers(client.received(), methods);
    if (!answers.isClean())
        qWarning("%s", qPrintable(answers.fault));
    return answers.isClean() ? answers.list.value(0) : HttpAnswer();
}

QStringList keysOf(const QJsonValue &value)
{
    QStringList keys = value.toObject().keys();
    keys.sort();
    return keys;
}

QStringList contentsOf(const HttpAnswer &answer)
{
    QStringList contents;
    for (const QJsonValue &message : answer.json()[u"messages"_s].toArray())
        contents.append(message[u"content"_s].toString());
    return contents;
}

} // namespace

/// The REST side of the contract, against a real server.
class TestRest : public QObject
{
    Q_OBJECT

private slots:
    void rooms();
    void users();
    void messages();
    void longMessages();
    void unknownRoom();
    void roomThatEmptied();
    void limit_data();
    void limit();
    void before_data();
    void before();
    void badBefore();
    void badLimit_data();
    void badLimit();
    void encodedNames_data();
    void encodedNames();
    void lookAlikes();
    void badNames_data();
    void badNames();

    void info();
    void health();
    void readyWhileDraining();
    void metrics();
    void metricsAccess_data();
    void metricsAccess();

    void pages_data();
    void pages();
    void notModified_data();
    void notModified();
    void securityHeaders_data();
    void securityHeaders();
};

void TestRest::rooms()
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
    QCOMPARE(keysOf(general), (QStringList {u"epoch"_s, u"last_activity"_s, u"messages"_s, u"name"_s, u"sessions"_s,
                                                u"users"_s}));
    QCOMPARE(general[u"name"_s].toString(), u"general"_s);
    QCOMPARE(general[u"users"_s].toInt(), 2);
    QCOMPARE(general[u"sessions"_s].toInt(), 2);
    QCOMPARE(general[u"messages"_s].toInt(), 1);
    QCOMPARE(general[u"epoch"_s], ask(server.port(), get(kMessages)).json()[u"epoch"_s]);
    QVERIFY(general[u"epoch"_s] != details.at(0)[u"epoch"_s]);
    QCOMPARE(general[u"last_activity"_s], anna.events(u"message"_s).constFirst()[u"timestamp"_s]);
}

void TestRest::users()
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

void TestRest::messages()
{
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    anna.say(u"\"quoted\" <b>\\ \u2028 😀"_s, u"c-1"_s);
    for (int i = 2; i <= 60; ++i)
        anna.say(QString::number(i));
    QTRY_COMPARE(anna.contents().size(), 60);

    const HttpAnswer answer = ask(server.port(), get(kMessages));
    QCOMPARE(answer.status, 200);
    QCOMPARE(keysOf(answer.json()),
             (QStringList {u"epoch"_s, u"has_more"_s, u"head"_s, u"messages"_s, u"room"_s}));
    QCOMPARE(answer.json()[u"has_more"_s], QJsonValue(true));
    QCOMPARE(answer.json()[u"room"_s].toString(), u"general"_s);
    QCOMPARE(answer.json()[u"head"_s].toInt(), 60);
    QVERIFY(!answer.json()[u"epoch"_s].toString().isEmpty());
    QCOMPARE(contentsOf(answer), anna.contents().mid(10)); // 50, oldest first
    QCOMPARE(answer.json()[u"messages"_s][0][u"seq"_s].toInt(), 11);

    const HttpAnswer all = ask(server.port(), get(QByteArray(kMessages) + "?limit=1000"));
    QCOMPARE(all.json()[u"messages"_s].toArray().size(), 60);
    QCOMPARE(all.json()[u"has_more"_s], QJsonValue(false));
    for (int i = 0; i < 60; ++i) // the same objects as over WebSocket, whole
        QCOMPARE(all.json()[u"messages"_s][i].toObject(), anna.events(u"message"_s).at(i));
    QCOMPARE(keysOf(all.json()[u"messages"_s][0]), (QStringList {u"cid"_s, u"content"_s, u"id"_s, u"message_type"_s,
                                                               u"room"_s, u"seq"_s, u"timestamp"_s, u"username"_s}));
}

/// An answer is bounded in bytes, too: as many of the newest as fit.
void TestRest::longMessages()
{
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    for (int i = 0; i < 200; ++i)
        anna.say(u"😀"_s.repeated(4000));
    QTRY_COMPARE(anna.contents().size(), 200);
    const HttpAnswer answer = ask(server.port(), get(QByteArray(kMessages) + "?limit=1000"));
    QVERIFY2(answer.body.size() < 1200 * 1024, qPrintable(QString::number(answer.body.size())));
    const QJsonArray messages = answer.json()[u"messages"_s].toArray();
    QVERIFY(messages.size() >= 30 && messages.size() < 200);
    QCOMPARE(messages.last()[u"seq"_s].toInt(), 200);
    QCOMPARE(messages.first()[u"seq"_s].toInt(), 201 - int(messages.size()));
    QCOMPARE(answer.json()[u"has_more"_s], QJsonValue(true));
}

void TestRest::unknownRoom()
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

void TestRest::roomThatEmptied()
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

void TestRest::limit_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("count");
    QTest::newRow("none") << QByteArray() << 50;
    QTest::newRow("1") << QByteArray("?limit=1") << 1;
    QTest::newRow("7") << QByteArray("?limit=7") << 7;
    QTest::newRow("leading zeros") << QByteArray("?limit=007") << 7;
    QTest::newRow("escaped") << QByteArray("?%6Cimit=%37") << 7;
    QTest::newRow("1000") << QByteArray("?limit=1000") << 55;
    QTest::newRow("others are ignored") << QByteArray("?Limit=3&x=y&limit=2") << 2;
}

void TestRest::limit()
{
    QFETCH(QByteArray, query);
    QFETCH(int, count);
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    for (int i = 1; i <= 55; ++i)
        anna.say(QString::number(i));
    QTRY_COMPARE(anna.contents().size(), 55);
    QCOMPARE(contentsOf(ask(server.port(), get(kMessages + query))), anna.contents().mid(55 - count));
}

void TestRest::before_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("more");
    QTest::newRow("default limit") << QByteArray("?before=55") << 5 << 50 << true;
    QTest::newRow("limit") << QByteArray("?before=30&limit=7") << 23 << 7 << true;
    QTest::newRow("the rest") << QByteArray("?limit=1000&before=31") << 1 << 30 << false;
    QTest::newRow("the first") << QByteArray("?before=2") << 1 << 1 << false;
    QTest::newRow("nothing") << QByteArray("?before=1") << 1 << 0 << false;
    QTest::newRow("beyond the newest") << QByteArray("?before=18446744073709551615&limit=5") << 51 << 5 << true;
}

void TestRest::before()
{
    QFETCH(QByteArray, query);
    QFETCH(int, from);
    QFETCH(int, count);
    QFETCH(bool, more);
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    for (int i = 1; i <= 55; ++i)
        anna.say(QString::number(i));
    QTRY_COMPARE(anna.contents().size(), 55);
    const HttpAnswer answer = ask(server.port(), get(kMessages + query));
    QCOMPARE(contentsOf(answer), anna.contents().mid(from - 1, count));
    QCOMPARE(answer.json()[u"has_more"_s], QJsonValue(more));
}

void TestRest::badBefore()
{
    TestServer server;
    for (const char *value : {"0", "", "abc", "-1", "18446744073709551616"}) {
        const HttpAnswer answer = ask(server.port(), get(QByteArray(kMessages) + "?before=" + value));
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.errorField(), u"before"_s);
    }
}

void TestRest::badLimit_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *value : {"0", "00", "1001", "abc", "-1", "", "1e3", "5.0", "+5", "%2B5", "%205", "5%20", "0x10",
                              "5abc", "99999999999999999999", "4294967297", "%D9%A5", "5,5", "null"})
        QTest::addRow("\"%s\"", value) << QByteArray(value);
}

void TestRest::badLimit()
{
    QFETCH(QByteArray, value);
    static TestServer server;
    for (const char *room : {"general", "nowhere"}) {
        const HttpAnswer answer =
            ask(server.port(), get(QByteArray("/api/rooms/") + room + "/messages?limit=" + value));
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.errorCode(), u"bad_parameter"_s);
        QCOMPARE(answer.errorField(), u"limit"_s);
        QCOMPARE(answer.json()[u"error"_s][u"detail"_s].toString(), u"limit must be 1..1000"_s);
    }
}

void TestRest::encodedNames_data()
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

void TestRest::encodedNames()
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

void TestRest::lookAlikes()
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

void TestRest::badNames_data()
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

void TestRest::badNames()
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

// --- the server itself -----------------------------------------------------------------------------

void TestRest::info()
{
    TestServer server([](Config &config) {
        config.name = u"Ünser \"Chat\""_s;
        config.limits.messages = {10, std::chrono::seconds(10)};
    });
    const QJsonObject info = ask(server.port(), get("/api/info")).json();
    QCOMPARE(keysOf(info), (QStringList {u"access_mode"_s, u"durability"_s, u"features"_s, u"limits"_s, u"name"_s,
                                         u"time"_s, u"version"_s}));
    QCOMPARE(info[u"name"_s].toString(), u"Ünser \"Chat\""_s);
    QCOMPARE(info[u"access_mode"_s].toString(), u"open"_s);
    QCOMPARE(info[u"durability"_s].toString(), u"memory"_s);
    const QJsonObject limits = info[u"limits"_s].toObject();
    QCOMPARE(limits[u"content_chars"_s].toInt(), 4000);
    QCOMPARE(limits[u"message_bytes"_s].toInt(), 65536);
    QCOMPARE(limits[u"messages_burst"_s].toInt(), 10);
    QCOMPARE(limits[u"messages_period_ms"_s].toInt(), 10'000);
    QCOMPARE(limits[u"room_name_chars"_s].toInt(), 64);
    QCOMPARE(limits[u"user_name_chars"_s].toInt(), 32);
}

void TestRest::health()
{
    NetServer server;
    server.advance(std::chrono::seconds(90));
    const HttpAnswer answer = ask(server.port(), get("/healthz"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(keysOf(answer.json()), (QStringList {u"durability"_s, u"status"_s, u"uptime_s"_s, u"version"_s}));
    QCOMPARE(answer.json()[u"status"_s].toString(), u"ok"_s);
    QCOMPARE(answer.json()[u"uptime_s"_s].toInt(), 90);
    QCOMPARE(ask(server.port(), get("/readyz")).body, QByteArray("{\"status\":\"ready\"}"));
    server.setReady(false);
    const HttpAnswer unready = ask(server.port(), get("/readyz"));
    QCOMPARE(unready.status, 503);
    QCOMPARE(unready.field("retry-after"), QByteArray("5"));
    QCOMPARE(ask(server.port(), get("/healthz")).status, 200); // alive all the same
}

/// Who had begun to ask before the door closed is told the truth, and nobody else gets in.
void TestRest::readyWhileDraining()
{
    TestServer server;
    RawClient client(server.port());
    client.send(get("/readyz").chopped(2));
    turnLoop();
    QCOMPARE(ask(server.port(), get("/readyz")).status, 200);
    server.app().drain();
    client.send("\r\n");
    QTRY_VERIFY(client.isEnded());
    const HttpAnswers answers = readAnswers(client.received());
    QVERIFY(answers.isClean());
    QCOMPARE(answers.list.value(0).status, 503);
    QCOMPARE(answers.list.value(0).errorCode(), u"shutting_down"_s);
    QVERIFY(!RawClient(server.port()).isOpen());
}

void TestRest::metrics()
{
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    anna.sendText(u"no JSON"_s);
    QTRY_COMPARE(anna.events(u"error"_s).size(), 1);
    const HttpAnswer answer = ask(server.port(), get("/metrics"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("content-type"), QByteArray("text/plain; version=0.0.4; charset=utf-8"));
    QVERIFY(answer.body.endsWith('\n'));

    static const QRegularExpression help(u"^# HELP ([a-z_]+) (\\S.*)$"_s);
    static const QRegularExpression kind(u"^# TYPE ([a-z_]+) (counter|gauge)$"_s);
    static const QRegularExpression sample(u"^([a-z_]+)(\\{[a-z_]+=\"[a-z_]+\"\\})? ([0-9.e+]+)$"_s);
    QString name;
    QString type;
    QStringList names;
    QMap<QString, double> values;
    for (const QString &line : QString::fromUtf8(answer.body).chopped(1).split(u'\n')) {
        if (const auto first = help.match(line); first.hasMatch()) {
            name = first.captured(1);
            QVERIFY2(!names.contains(name), qPrintable(name));
            names.append(name);
            type.clear();
        } else if (const auto second = kind.match(line); second.hasMatch()) {
            QCOMPARE(second.captured(1), name);
            type = second.captured(2);
            QVERIFY2((type == u"counter") == name.endsWith(u"_total"), qPrintable(name));
        } else {
            const auto third = sample.match(line);
            QVERIFY2(third.hasMatch(), qPrintable(line));
            QCOMPARE(third.captured(1), name);
            QVERIFY(!type.isEmpty());
            const QString series = third.captured(1) + third.captured(2);
            QVERIFY2(!values.contains(series), qPrintable(series));
            bool ok = false;
            values.insert(series, third.captured(3).toDouble(&ok));
            QVERIFY(ok);
        }
    }
    QCOMPARE(values.value(u"parlance_sessions"_s), 1);
    QCOMPARE(values.value(u"parlance_rooms"_s), 1);
    QCOMPARE(values.value(u"parlance_connections"_s), 2);
    QCOMPARE(values.value(u"parlance_commands_received_total"_s), 1);
    QCOMPARE(values.value(u"parlance_websockets_opened_total"_s), 1);
    QCOMPARE(values.value(u"parlance_refusals_total{reason=\"bad_request\"}"_s), 1);
    QVERIFY(values.value(u"parlance_bytes_received_total"_s) > 200);
    QVERIFY(values.value(u"parlance_bytes_sent_total"_s) > 200); // of connections that are still open, too
    QVERIFY(values.value(u"process_resident_memory_bytes"_s) > 1e6);
}

void TestRest::metricsAccess_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    const QByteArray right = "Authorization: Bearer s3cret\r\n";
    const auto row = [](const char *name, const char *peer, const char *token, const QByteArray &fields, int status) {
        QTest::newRow(name) << QString::fromLatin1(peer) << QString::fromLatin1(token) << fields << status;
    };
    row("this host", "127.0.0.1", "", "", 200);
    row("this host, IPv6", "::1", "", "", 200);
    row("this host, token set", "127.0.0.1", "s3cret", "", 200);
    row("elsewhere", "192.0.2.7", "", "", 401);
    row("elsewhere, IPv6", "fd00::7", "", "", 401);
    row("elsewhere, no token set", "192.0.2.7", "", "Authorization: Bearer \r\n", 401);
    row("elsewhere, token", "192.0.2.7", "s3cret", right, 200);
    row("elsewhere, scheme in lower case", "192.0.2.7", "s3cret", "Authorization: bearer s3cret\r\n", 200);
    row("elsewhere, without the token", "192.0.2.7", "s3cret", "", 401);
    row("elsewhere, wrong token", "192.0.2.7", "s3cret", "Authorization: Bearer s3cre\r\n", 401);
    row("elsewhere, longer token", "192.0.2.7", "s3cret", "Authorization: Bearer s3cretx\r\n", 401);
    row("elsewhere, Basic", "192.0.2.7", "s3cret", "Authorization: Basic s3cret\r\n", 401);
    row("elsewhere, says it is here", "192.0.2.7", "", "X-Forwarded-For: 127.0.0.1\r\n", 401);
    // A proxy on this host asks for somebody else.
    row("through a proxy", "127.0.0.1", "", "X-Forwarded-For: 192.0.2.7\r\n", 401);
    row("through a proxy that says Forwarded", "127.0.0.1", "", "Forwarded: for=192.0.2.7\r\n", 401);
    row("through a proxy, token", "127.0.0.1", "s3cret", "X-Forwarded-For: 192.0.2.7\r\n" + right, 200);
}

void TestRest::metricsAccess()
{
    QFETCH(QString, peer);
    QFETCH(QString, token);
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    NetServer server([&token](NetServer::Settings &settings) { settings.metricsToken = token; });
    qsizetype scanned = 0;
    const QByteArray text = get("/metrics", fields);
    const HeadOutcome head = readRequestHead(text, scanned, {});
    const HttpRequest request {std::get<RequestHead>(head), {}, QHostAddress(peer)};
    const HttpAnswer answer = readAnswers(server.http().handle(request)).list.value(0);
    QCOMPARE(answer.status, status);
    if (status == 401) {
        QCOMPARE(answer.errorCode(), u"unauthorized"_s);
        QCOMPARE(answer.field("www-authenticate"), QByteArray("Bearer"));
        QVERIFY(!answer.body.contains("s3cret"));
    }
}

// --- pages -----------------------------------------------------------------------------------------

void TestRest::pages_data()
{
    QTest::addColumn<QString>("path");
    TestServer server;
    for (const Route &route : server.app().routes().routes()) {
        if (!route.isDocumented || route.pattern == u"/" || route.pattern == u"/docs")
            QTest::newRow(qPrintable(route.pattern)) << route.pattern;
    }
}

void TestRest::pages()
{
    QFETCH(QString, path);
    static TestServer server;
    const HttpAnswer answer = ask(server.port(), get(path.toLatin1()));
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.body.isEmpty());
    static const QList<std::pair<QString, QByteArray>> kinds {
        {u".css"_s, "text/css; charset=utf-8"},         {u".js"_s, "text/javascript; charset=utf-8"},
        {u".svg"_s, "image/svg+xml"},                   {u".webmanifest"_s, "application/manifest+json"},
        {u".png"_s, "image/png"},                       {u""_s, "text/html; charset=utf-8"},
    };
    const auto kind = std::find_if(kinds.cbegin(), kinds.cend(), [&path](const auto &k) { return path.endsWith(k.first); });
    QCOMPARE(answer.field("content-type"), kind->second);
    QVERIFY(QRegularExpression(u"^\"[0-9a-f]{32}\"$"_s).match(QString::fromLatin1(answer.field("etag"))).hasMatch());
    QCOMPARE(answer.field("cache-control"), QByteArray("no-cache"));

    const HttpAnswer head = ask(server.port(), get(path.toLatin1()).replace(0, 3, "HEAD"));
    QCOMPARE(head.fields, answer.fields);
    QVERIFY(head.body.isEmpty());
}

void TestRest::notModified_data()
{
    QTest::addColumn<QByteArray>("condition"); // E stands for the ETag
    QTest::addColumn<int>("status");
    QTest::newRow("same") << QByteArray("E") << 304;
    QTest::newRow("weak, as behind a proxy that compresses") << QByteArray("W/E") << 304;
    QTest::newRow("one of several") << QByteArray("\"x\", E, \"y\"") << 304;
    QTest::newRow("any") << QByteArray("*") << 304;
    QTest::newRow("another") << QByteArray("\"x\"") << 200;
    QTest::newRow("without quotes") << QByteArray("x") << 200;
}

void TestRest::notModified()
{
    QFETCH(QByteArray, condition);
    QFETCH(int, status);
    static TestServer server;
    const HttpAnswer first = ask(server.port(), get("/"));
    condition.replace("E", first.field("etag"));
    const HttpAnswer second = ask(server.port(), get("/", "If-None-Match: " + condition + "\r\n"));
    QCOMPARE(second.status, status);
    QCOMPARE(second.field("etag"), first.field("etag"));
    QCOMPARE(second.body.isEmpty(), status == 304);
}

void TestRest::securityHeaders_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("isPage");
    for (const char *path : {"/", "/docs", "/chat.css"})
        QTest::newRow(path) << get(path) << true;
    for (const char *path : {"/api/rooms", "/api/rooms/x/messages", "/healthz", "/metrics", "/nothing", "/api/rooms/%3F/users"})
        QTest::newRow(path) << get(path) << false;
    QTest::newRow("405") << QByteArray("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n") << false;
    QTest::newRow("OPTIONS") << QByteArray("OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: http://evil\r\nAccess-Control-Request-Method: GET\r\n\r\n") << false;
    QTest::newRow("400") << QByteArray("?\r\n\r\n") << false;
    QTest::newRow("from elsewhere") << get("/api/rooms", "Origin: http://evil.example\r\n") << false;
}

void TestRest::securityHeaders()
{
    QFETCH(QByteArray, request);
    QFETCH(bool, isPage);
    static TestServer server;
    const HttpAnswer answer = ask(server.port(), request);
    QVERIFY(answer.status != 0);
    QCOMPARE(answer.field("x-content-type-options"), QByteArray("nosniff"));
    QCOMPARE(answer.field("referrer-policy"), QByteArray("no-referrer"));
    QCOMPARE(answer.field("cross-origin-resource-policy"), QByteArray("same-origin"));
    for (const QByteArray &name : answer.fields.uniqueKeys())
        QVERIFY2(!name.startsWith("access-control-") && name != "server", name.constData());
    const QByteArrayList policy = answer.field("content-security-policy").split(';');
    QStringList rules;
    for (const QByteArray &rule : policy)
        rules.append(QString::fromLatin1(rule.trimmed()));
    QVERIFY(rules.contains(u"default-src 'none'"_s));
    QVERIFY(rules.contains(u"frame-ancestors 'none'"_s));
    if (isPage) {
        for (const QString &rule : {u"script-src 'self'"_s, u"style-src 'self'"_s, u"connect-src 'self'"_s,
                                    u"base-uri 'none'"_s, u"form-action 'none'"_s})
            QVERIFY2(rules.contains(rule), qPrintable(rule));
    }
    QVERIFY(!answer.field("content-security-policy").contains("unsafe"));
}

QTEST_GUILESS_MAIN(TestRest)
#include "tst_rest.moc"
