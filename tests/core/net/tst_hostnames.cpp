// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/hostnames.h"
#include "support/httpanswer.h"
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/wsframes.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// A page whose DNS name was turned to this server reads nothing, and who runs the server learns why.
class TestHostNames : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void requests_data();
    void requests();
    void personIsTold();
    void webSocket();

private:
    static HttpAnswer ask(NetServer &server, const QByteArray &request);
};

HttpAnswer TestHostNames::ask(NetServer &server, const QByteArray &request)
{
    RawClient client(server.port());
    client.send(request);
    [&client] { QTRY_VERIFY(!readAnswers(client.received()).list.isEmpty()); }();
    return readAnswers(client.received()).list.value(0);
}

void TestHostNames::names_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("own");
    const auto row = [](const QByteArray &host, bool own) { QTest::newRow(host.constData()) << host << own; };
    row("192.168.1.5", true);
    row("192.168.1.5:8000", true);
    row("[::1]:8000", true);
    row("[fe80::1%25eth0]", true);
    row("[2001:db8::7]", true);
    row("localhost:8000", true);
    row("LOCALHOST", true);
    row("chat.localhost", true);
    row("kitchen", true);
    row("kitchen:8000", true);
    row("kitchen.local", true);
    row("kitchen.local.", true);
    row("kitchen.home.arpa", true);
    row("kitchen.lan", true);
    row("chat.corp.internal", true);
    row("chat.example.org", true); // as configured below
    row("Chat.Example.ORG:8443", true);
    row("chat.example.org.", true);
    row("", true);
    row("evil.example", false);
    row("evil.example:8000", false);
    row("other.example.org", false);
    row("chat.example.org.evil.example", false);
    row("xchat.example.org", false);
    row("192.168.1.5.evil.example", false);
    row("local.evil.example", false);
    row("evil.examplelan", false);
    row("evil.notlocal", false);
    row("example.org", false);
}

void TestHostNames::names()
{
    QFETCH(QByteArray, host);
    QFETCH(bool, own);
    QCOMPARE(isOwnHost(hostName(host), {u"chat.example.org"_s, u"kitchen"_s}), own);
}

void TestHostNames::requests_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    const QByteArray browser = "User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: */*\r\nAccept-Language: de\r\n";
    const QByteArray evil = "evil.example:8000";
    QTest::newRow("browser, own address") << QByteArray("192.168.1.5:8000") << browser << 200;
    QTest::newRow("browser, configured name") << QByteArray("chat.example.org") << browser << 200;
    // On plain HTTP this is all that a rebound page's fetch() carries: no Origin, no Sec-Fetch-Site.
    QTest::newRow("browser, unknown name") << evil << browser << 421;
    QTest::newRow("Origin") << evil << QByteArray("Origin: http://evil.example:8000\r\n") << 421;
    QTest::newRow("Sec-Fetch-Site") << evil << QByteArray("Sec-Fetch-Site: same-origin\r\n") << 421;
    QTest::newRow("Sec-Fetch-Mode") << evil << QByteArray("sec-fetch-mode: cors\r\n") << 421;
    QTest::newRow("language alone") << evil << QByteArray("Accept-Language: \r\n") << 421;
    QTest::newRow("name of the browser alone") << evil << QByteArray("User-Agent: Mozilla/5.0\r\n") << 421;
    QTest::newRow("referrer alone") << evil << QByteArray("Referer: http://evil.example/\r\n") << 421;
    QTest::newRow("curl") << evil << QByteArray("User-Agent: curl/7.88.1\r\nAccept: */*\r\n") << 200;
    QTest::newRow("bare") << evil << QByteArray() << 200;
}

void TestHostNames::requests()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    NetServer server([](NetServer::Settings &settings) { settings.net.hosts = QStringList {u"chat.example.org"_s}; });
    const HttpAnswer answer = ask(server, "GET /api/rooms HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n");
    QCOMPARE(answer.status, status);
    if (status == 200)
        return;
    QCOMPARE(answer.errorCode(), u"forbidden"_s);
    QCOMPARE(answer.errorField(), u"access.hosts"_s);
    QVERIFY(answer.json()[u"error"_s][u"detail"_s].toString().contains(u"evil.example"_s));
    QCOMPARE(answer.field("connection"), QByteArray("close"));
    QCOMPARE(server.metrics().refusals(), 1u);
}

/// Whoever gave the server a name of the DNS opens the page and reads what to do.
void TestHostNames::personIsTold()
{
    NetServer server;
    const HttpAnswer answer = ask(server,
                                  "GET / HTTP/1.1\r\nHost: chat.example.org\r\nAccept-Language: de\r\n"
                                  "Accept: text/html,application/xhtml+xml\r\n\r\n");
    QCOMPARE(answer.status, 421);
    QCOMPARE(answer.field("content-type"), QByteArray("text/plain; charset=utf-8"));
    QVERIFY(answer.body.contains("access.hosts = chat.example.org"));
}

void TestHostNames::webSocket()
{
    NetServer server;
    RawClient page(server.port());
    page.send(upgradeHead("/ws/general/anna", "Origin: http://evil.example\r\n").replace("Host: localhost", "Host: evil.example"));
    QTRY_COMPARE(readAnswers(page.received()).list.value(0).status, 421);
    RawClient program(server.port());
    program.send(upgradeHead("/ws/general/anna").replace("Host: localhost", "Host: chat.example.org"));
    QTRY_COMPARE(server.chat().sessionCount(), 1);
}

QTEST_GUILESS_MAIN(TestHostNames)
#include "tst_hostnames.moc"
