// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpexchange.h"
#include "support/netserver.h"
#include "support/wsframes.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

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

} // namespace

/// From a proven request head to a 101: RFC 6455 section 4.2.1 and the contract's own rules.
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
    void tokenIsNotRepeated();
    void bytesBehindTheHead();
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

QTEST_GUILESS_MAIN(TestUpgrade)
#include "tst_upgrade.moc"
