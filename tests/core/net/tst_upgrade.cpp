// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakestream.h"
#include "support/httpanswer.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/wsframes.h"

#include <QPointer>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A good upgrade in which one line is another.
QByteArray with(const QByteArray &line, const QByteArray &instead)
{
    QByteArray head = upgradeHead("/ws/general/anna");
    Q_ASSERT(head.contains(line));
    return head.replace(line, instead);
}

const QByteArray kKeyLine = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
const QByteArray kVersionLine = "Sec-WebSocket-Version: 13\r\n";

HttpAnswer answerOf(const RawClient &client)
{
    return readAnswers(client.received()).list.value(0);
}

} // namespace

/// From a proven request head to a session: RFC 6455 section 4.2.1 and the contract's own rules.
class TestUpgrade : public QObject
{
    Q_OBJECT

private slots:
    void accepted_data();
    void accepted();
    void refused_data();
    void refused();
    void noUpgrade_data();
    void noUpgrade();
    void origins_data();
    void origins();
    void subprotocols_data();
    void subprotocols();
    void badNames_data();
    void badNames();
    void namesAreDecoded();
    void tokenIsNotRepeated();
    void bytesBehindTheHead();
    void bytesBeforeTheAnswer();
    void vanishesBeforeTheAnswer();
    void chatThatDoesNotAnswer();
    void shuttingDown();
    void tooManyJoins();
    void tooManyRooms();
    void tooManySessions();
};

void TestUpgrade::accepted_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("plain") << upgradeHead("/ws/general/anna");
    QTest::newRow("several protocols offered") << with("Upgrade: websocket", "Upgrade: h2c, websocket");
    QTest::newRow("empty list member") << with("Upgrade: websocket", "Upgrade: websocket,");
    QTest::newRow("other case") << with("Upgrade: websocket", "UPGRADE: WebSocket");
    QTest::newRow("keep-alive too") << with("Connection: Upgrade", "Connection: keep-alive, upgrade");
    QTest::newRow("two Connection lines") << with("Connection: Upgrade", "Connection: keep-alive\r\nConnection: Upgrade");
    QTest::newRow("resume of nonsense") << upgradeHead("/ws/general/anna?resume=short");
    QTest::newRow("largest since") << upgradeHead("/ws/general/anna?since=18446744073709551615&epoch=x");
    QTest::newRow("unknown parameter") << upgradeHead("/ws/general/anna?color=blue");
    QTest::newRow("extensions offered") << upgradeHead("/ws/general/anna", "Sec-WebSocket-Extensions: permessage-deflate\r\n");
}

void TestUpgrade::accepted()
{
    QFETCH(QByteArray, head);
    NetServer server;
    RawClient client(server.port());
    client.send(head);
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QTRY_COMPARE(answerOf(client).status, 101);
    const HttpAnswer answer = answerOf(client);
    QCOMPARE(answer.field("sec-websocket-accept"), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")); // of RFC 6455
    QCOMPARE(answer.field("upgrade").toLower(), QByteArray("websocket"));
    QCOMPARE(answer.field("connection").toLower(), QByteArray("upgrade"));
    QList<QByteArray> names = answer.fields.uniqueKeys();
    for (const char *known : {"sec-websocket-accept", "upgrade", "connection", "date"})
        names.removeAll(known);
    QCOMPARE(names, QList<QByteArray>());
}

void TestUpgrade::refused_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const QByteArray &head, int status, const QString &code,
                        const QString &field = {}) { QTest::newRow(name) << head << status << code << field; };
    const QString bad = u"bad_request"_s;
    row("version 8", with(kVersionLine, "Sec-WebSocket-Version: 8\r\n"), 426, bad);
    row("version 130", with(kVersionLine, "Sec-WebSocket-Version: 130\r\n"), 426, bad);
    row("no version", with(kVersionLine, ""), 426, bad);
    row("version twice", with(kVersionLine, kVersionLine + kVersionLine), 400, bad);
    row("no key", with(kKeyLine, ""), 400, bad);
    row("empty key", with(kKeyLine, "Sec-WebSocket-Key:\r\n"), 400, bad);
    row("short key", with(kKeyLine, "Sec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\n"), 400, bad);
    row("long key", with(kKeyLine, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSBub25jZQ==\r\n"), 400, bad);
    row("key that is no base64", with(kKeyLine, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ!==\r\n"), 400, bad);
    row("key twice", with(kKeyLine, kKeyLine + kKeyLine), 400, bad);
    row("POST", with("GET ", "POST "), 400, bad);
    row("HTTP/1.0", with("HTTP/1.1", "HTTP/1.0"), 400, bad);
    row("with a body", upgradeHead("/ws/general/anna", "Content-Length: 3\r\n"), 400, bad);
    row("no name", upgradeHead("/ws/general"), 404, u"not_found"_s);
    row("one segment too many", upgradeHead("/ws/general/anna/x"), 404, u"not_found"_s);
    row("trailing slash", upgradeHead("/ws/general/anna/"), 404, u"not_found"_s);
    row("elsewhere", upgradeHead("/chat/general/anna"), 404, u"not_found"_s);
    row("capitals", upgradeHead("/WS/general/anna"), 404, u"not_found"_s);
    row("root", upgradeHead("/"), 404, u"not_found"_s);
    row("a page", upgradeHead("/healthz"), 404, u"not_found"_s);
    const QString parameter = u"bad_parameter"_s;
    row("token", upgradeHead("/ws/general/anna?token=secret"), 400, parameter, u"token"_s);
    row("empty token", upgradeHead("/ws/general/anna?token="), 400, parameter, u"token"_s);
    for (const char *since : {"abc", "-1", "%2B1", "+1", "1e3", "", "1.0", "0x10", "18446744073709551616"})
        QTest::addRow("since %s", since) << upgradeHead(QByteArray("/ws/general/anna?since=") + since) << 400 << parameter
                                         << u"since"_s;
}

void TestUpgrade::refused()
{
    QFETCH(QByteArray, head);
    NetServer server;
    // parlance.v1 or not: what is wrong with the upgrade itself is said before it.
    for (const QByteArray &text : {head, QByteArray(head).insert(head.size() - 2, kParlance)}) {
        RawClient client(server.port());
        client.send(text);
        QTRY_VERIFY(client.isEnded());
        QVERIFY(!client.wasReset());
        const HttpAnswers answers = readAnswers(client.received());
        QVERIFY2(answers.isClean(), qPrintable(answers.fault));
        QCOMPARE(answers.list.size(), 1);
        const HttpAnswer answer = answers.list.constFirst();
        QTEST(answer.status, "status");
        QTEST(answer.errorCode(), "code");
        QTEST(answer.errorField(), "field");
        QCOMPARE(answer.field("connection"), QByteArray("close"));
        if (answer.status == 426)
            QCOMPARE(answer.field("sec-websocket-version"), QByteArray("13"));
        client.close();
    }
    QCOMPARE(server.chat().sessionCount(), 0);
    QTRY_COMPARE(server.door().connectionCount(), 0);
    QCOMPARE(server.metrics().refusals(), 2u);
}

/// What does not ask for a WebSocket is an ordinary request for a path that does not exist.
void TestUpgrade::noUpgrade_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("another protocol") << with("Upgrade: websocket", "Upgrade: h2c");
    QTest::newRow("no Upgrade") << with("Upgrade: websocket\r\n", "");
    QTest::newRow("no Connection") << with("Connection: Upgrade\r\n", "");
    QTest::newRow("part of a word") << with("Upgrade: websocket", "Upgrade: websockets");
}

void TestUpgrade::noUpgrade()
{
    QFETCH(QByteArray, head);
    NetServer server;
    RawClient client(server.port());
    client.send(head);
    QTRY_COMPARE(answerOf(client).status, 404);
    QCOMPARE(server.chat().sessionCount(), 0);
}

void TestUpgrade::origins_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *name, const QByteArray &host, const QByteArray &origin, bool allowed) {
        QTest::newRow(name) << host << origin << allowed;
    };
    row("none", "chat.lan:8000", {}, true);
    row("own", "chat.lan:8000", "Origin: http://chat.lan:8000\r\n", true);
    row("own, other case", "Chat.LAN:8000", "Origin: http://chat.lan:8000\r\n", true);
    row("own, port 80", "chat.lan", "Origin: http://chat.lan\r\n", true);
    row("own, port 80 spelled", "chat.lan:80", "Origin: http://chat.lan\r\n", true);
    row("own behind TLS", "chat.lan", "Origin: https://chat.lan\r\n", true);
    row("own, IPv6", "[fd00::1]:8000", "Origin: http://[fd00::1]:8000\r\n", true);
    row("configured", "chat.lan:8000", "Origin: https://intranet.example\r\n", true);
    row("configured, other case", "chat.lan:8000", "Origin: https://Intranet.example\r\n", true);
    row("foreign", "chat.lan:8000", "Origin: http://evil.example\r\n", false);
    row("other port", "chat.lan:8000", "Origin: http://chat.lan:9000\r\n", false);
    row("no port", "chat.lan:8000", "Origin: http://chat.lan\r\n", false);
    row("begins alike", "chat.lan:8000", "Origin: http://chat.lan:8000.evil.example\r\n", false);
    row("ends alike", "chat.lan:8000", "Origin: http://evil.chat.lan:8000\r\n", false);
    row("null", "chat.lan:8000", "Origin: null\r\n", false);
    row("empty", "chat.lan:8000", "Origin:\r\n", false);
    row("without a scheme", "chat.lan:8000", "Origin: chat.lan:8000\r\n", false);
    row("another scheme", "chat.lan:8000", "Origin: file://chat.lan:8000\r\n", false);
    row("own, then foreign", "chat.lan:8000", "Origin: http://chat.lan:8000\r\nOrigin: http://evil.example\r\n", false);
}

void TestUpgrade::origins()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, origin);
    QFETCH(bool, allowed);
    NetServer server([](NetServer::Settings &settings) { settings.net.origins = {u"https://intranet.example"_s}; });
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna", origin).replace("localhost", host));
    QTRY_COMPARE(answerOf(client).status, allowed ? 101 : 403);
    if (!allowed)
        QCOMPARE(answerOf(client).errorCode(), u"forbidden"_s);
}

void TestUpgrade::subprotocols_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("selected");
    QTest::newRow("alone") << QByteArray(kParlance) << QByteArray("parlance.v1");
    QTest::newRow("with a bearer") << QByteArray("Sec-WebSocket-Protocol: parlance.v1, bearer.c2VjcmV0\r\n")
                                   << QByteArray("parlance.v1");
    QTest::newRow("bearer first") << QByteArray("Sec-WebSocket-Protocol: bearer.c2VjcmV0,parlance.v1\r\n")
                                  << QByteArray("parlance.v1");
    QTest::newRow("two lines") << QByteArray("Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: parlance.v1\r\n")
                               << QByteArray("parlance.v1");
    QTest::newRow("another") << QByteArray("Sec-WebSocket-Protocol: chat\r\n") << QByteArray();
    QTest::newRow("other case") << QByteArray("Sec-WebSocket-Protocol: Parlance.V1\r\n") << QByteArray();
    QTest::newRow("a later version") << QByteArray("Sec-WebSocket-Protocol: parlance.v10\r\n") << QByteArray();
}

void TestUpgrade::subprotocols()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, selected);
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna", fields));
    QTRY_COMPARE(answerOf(client).status, 101);
    QCOMPARE(answerOf(client).field("sec-websocket-protocol"), selected);
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QCOMPARE(server.chat().sessions().constFirst().kind, selected.isEmpty() ? ClientKind::Plain : ClientKind::Parlance);
}

void TestUpgrade::badNames_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("field");
    const QString room = u"room"_s;
    const QString user = u"username"_s;
    QTest::newRow("empty room") << QByteArray("/ws//anna") << room;
    QTest::newRow("blank room") << QByteArray("/ws/%20/anna") << room;
    QTest::newRow("blank name") << QByteArray("/ws/general/%20%20") << user;
    QTest::newRow("long room") << "/ws/" + QByteArray(65, 'x') + "/anna" << room;
    QTest::newRow("long name") << "/ws/general/" + QByteArray(33, 'x') << user;
    QTest::newRow("very long name") << "/ws/general/" + QByteArray(3000, 'x') << user;
    QTest::newRow("bidi override") << QByteArray("/ws/general/a%E2%80%AEb") << user;
    QTest::newRow("zero width") << QByteArray("/ws/general/anna%E2%80%8B") << user;
    QTest::newRow("byte order mark") << QByteArray("/ws/general/%EF%BB%BFanna") << user;
    QTest::newRow("control") << QByteArray("/ws/general/a%07b") << user;
    QTest::newRow("markup") << QByteArray("/ws/general/%3Cimg%3E") << user;
    QTest::newRow("emoji") << QByteArray("/ws/%F0%9F%98%80/anna") << room;
    QTest::newRow("percent twice") << QByteArray("/ws/general/%2541") << user;
    QTest::newRow("both bad") << QByteArray("/ws/%3F/%3F") << room;
}

/// A plain client hears a status; one of parlance.v1, which may be a browser that sees none, is let in and told.
void TestUpgrade::badNames()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, field);
    NetServer server;
    RawClient plain(server.port());
    plain.send(upgradeHead(path));
    QTRY_VERIFY(plain.isEnded());
    QCOMPARE(answerOf(plain).status, 400);
    QCOMPARE(answerOf(plain).errorCode(), u"bad_name"_s);
    QCOMPARE(answerOf(plain).errorField(), field);

    RawClient parlance(server.port());
    parlance.send(upgradeHead(path, kParlance));
    QTRY_COMPARE(framesAfterUpgrade(parlance.received()).closeCode(), 4400);
    const WsFrames frames = framesAfterUpgrade(parlance.received());
    QVERIFY2(frames.fault.isEmpty(), qPrintable(frames.fault));
    QCOMPARE(frames.list.size(), 2); // the error and the close, nothing else
    const QJsonObject error = frames.events().value(0);
    QCOMPARE(error[u"message_type"_s].toString(), u"error"_s);
    QCOMPARE(error[u"code"_s].toString(), u"bad_name"_s);
    QCOMPARE(error[u"field"_s].toString(), field);
    parlance.send(wsClose(4400));
    QTRY_VERIFY(parlance.isEnded());
    parlance.close();
    QTRY_COMPARE(server.sockets().sessionCount(), 0);
    QCOMPARE(server.chat().sessionCount(), 0);
    QVERIFY(server.chat().rooms().isEmpty());
}

void TestUpgrade::namesAreDecoded()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/%D7%A9%D7%9C%D7%95%D7%9D%20a/%D0%90%D0%BD%D0%BD%D0%B0"));
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    const SessionInfo session = server.chat().sessions().constFirst();
    QCOMPARE(session.room.text(), u"שלום a"_s);
    QCOMPARE(session.user.text(), u"Анна"_s);
}

void TestUpgrade::tokenIsNotRepeated()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna?token=hush-hush"));
    QTRY_COMPARE(answerOf(client).status, 400);
    QVERIFY(!client.received().contains("hush"));
}

void TestUpgrade::bytesBehindTheHead()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna") + wsText("{\"type\":\"message\",\"content\":\"early\"}"));
    QTRY_VERIFY(client.isEnded());
    QCOMPARE(answerOf(client).status, 400);
    QCOMPARE(server.chat().sessionCount(), 0);
}

/// The same in a segment of its own, while the chat still thinks about the join.
void TestUpgrade::bytesBeforeTheAnswer()
{
    NetServer server;
    qsizetype scanned = 0;
    const QByteArray text = upgradeHead("/ws/general/anna");
    const HeadOutcome head = readRequestHead(text, scanned, {});
    for (const int turns : {0, 1}) {
        auto stream = std::make_unique<FakeStream>();
        const QPointer<FakeStream> peer = stream.get();
        server.sockets().upgrade(std::get<RequestHead>(head), std::move(stream));
        if (turns > 0)
            QCoreApplication::sendPostedEvents(); // the room is open, Qt is at the handshake
        QVERIFY(peer->written().isEmpty());
        peer->say(wsText("{\"type\":\"message\",\"content\":\"early\"}"));
        QCOMPARE(readAnswers(peer->written()).list.value(0).status, 400);
        QVERIFY(peer->isClosing());
        turnLoop();
        QCOMPARE(server.chat().sessionCount(), 0);
        QCOMPARE(server.sockets().sessionCount(), 0);
        peer->vanish();
        QTRY_VERIFY(peer.isNull());
        QTRY_VERIFY(server.sockets().findChildren<QTcpSocket *>().isEmpty()); // what Qt was given for it is gone
    }
    QVERIFY(server.chat().rooms().isEmpty());
}

void TestUpgrade::vanishesBeforeTheAnswer()
{
    NetServer server;
    qsizetype scanned = 0;
    const QByteArray text = upgradeHead("/ws/general/anna");
    const HeadOutcome head = readRequestHead(text, scanned, {});
    for (const int turns : {0, 1}) {
        auto stream = std::make_unique<FakeStream>();
        const QPointer<FakeStream> peer = stream.get();
        server.sockets().upgrade(std::get<RequestHead>(head), std::move(stream));
        if (turns > 0)
            QCoreApplication::sendPostedEvents();
        peer->vanish();
        QTRY_VERIFY(peer.isNull());
        QTRY_VERIFY(server.sockets().findChildren<QTcpSocket *>().isEmpty());
        QCOMPARE(server.chat().sessionCount(), 0);
        QCOMPARE(server.sockets().sessionCount(), 0);
    }
}

/// A store that takes too long: the join is given up, and the client is told.
void TestUpgrade::chatThatDoesNotAnswer()
{
    NetServer server;
    for (const char *fields : {"", kParlance}) {
        qsizetype scanned = 0;
        const QByteArray text = upgradeHead("/ws/general/anna", fields);
        const HeadOutcome head = readRequestHead(text, scanned, {});
        auto stream = std::make_unique<FakeStream>();
        const QPointer<FakeStream> peer = stream.get();
        server.sockets().upgrade(std::get<RequestHead>(head), std::move(stream));
        server.advance(9'999ms); // no turn of the loop: the store has had no time
        QVERIFY(peer->written().isEmpty());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"a join did not finish in time"_s));
        server.advance(1ms);
        if (QByteArrayView(fields).isEmpty()) {
            QCOMPARE(readAnswers(peer->written()).list.value(0).status, 503);
            QVERIFY(peer->isClosing());
        } else {
            QTRY_COMPARE(framesAfterUpgrade(peer->written()).closeCode(), 4503);
            QCOMPARE(framesAfterUpgrade(peer->written()).events().value(0)[u"code"_s].toString(), u"unavailable"_s);
        }
        turnLoop();
        QCOMPARE(server.chat().sessionCount(), 0);
        peer->vanish();
        QTRY_VERIFY(peer.isNull());
    }
    QVERIFY(server.chat().rooms().isEmpty());
}

void TestUpgrade::shuttingDown()
{
    NetServer server;
    server.chat().beginShutdown();
    RawClient plain(server.port());
    plain.send(upgradeHead("/ws/general/anna"));
    QTRY_COMPARE(answerOf(plain).status, 503);
    QCOMPARE(answerOf(plain).errorCode(), u"shutting_down"_s);
    QCOMPARE(answerOf(plain).field("retry-after"), QByteArray("5"));
    RawClient parlance(server.port());
    parlance.send(upgradeHead("/ws/general/anna", kParlance));
    QTRY_COMPARE(framesAfterUpgrade(parlance.received()).closeCode(), 4503);
}

void TestUpgrade::tooManyJoins()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.joins = {2, 10s}; });
    RawClient first(server.port());
    first.send(upgradeHead("/ws/general/anna"));
    RawClient second(server.port());
    second.send(upgradeHead("/ws/general/ben"));
    QTRY_COMPARE(server.chat().sessionCount(), 2);
    RawClient plain(server.port());
    plain.send(upgradeHead("/ws/general/carl"));
    QTRY_COMPARE(answerOf(plain).status, 429);
    QCOMPARE(answerOf(plain).errorCode(), u"rate_limited"_s);
    QCOMPARE(answerOf(plain).field("retry-after"), QByteArray("5"));
    RawClient parlance(server.port());
    parlance.send(upgradeHead("/ws/general/dora", kParlance));
    QTRY_COMPARE(framesAfterUpgrade(parlance.received()).closeCode(), 4429);
    QCOMPARE(framesAfterUpgrade(parlance.received()).events().value(0)[u"retry_after_ms"_s].toInt(), 5000);
    server.advance(5s);
    RawClient later(server.port());
    later.send(upgradeHead("/ws/general/emil"));
    QTRY_COMPARE(answerOf(later).status, 101);
}

void TestUpgrade::tooManyRooms()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.rooms = 1; });
    RawClient first(server.port());
    first.send(upgradeHead("/ws/general/anna"));
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    RawClient plain(server.port());
    plain.send(upgradeHead("/ws/other/ben"));
    QTRY_COMPARE(answerOf(plain).status, 503);
    QCOMPARE(answerOf(plain).errorCode(), u"too_many_rooms"_s);
}

void TestUpgrade::tooManySessions()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.sessionsPerPerson = 1; });
    const QByteArray path = "/ws/general/anna?resume=" + QByteArray(43, 'A');
    RawClient first(server.port());
    first.send(upgradeHead(path, kParlance));
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    RawClient second(server.port());
    second.send(upgradeHead(path, kParlance));
    QTRY_COMPARE(framesAfterUpgrade(second.received()).closeCode(), 4429);
    QCOMPARE(framesAfterUpgrade(second.received()).events().value(0)[u"code"_s].toString(), u"too_many_sessions"_s);
}

QTEST_GUILESS_MAIN(TestUpgrade)
#include "tst_upgrade.moc"
