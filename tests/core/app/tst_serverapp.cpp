// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin/adminfeed.h"
#include "admin/localadmin.h"
#include "app/addresses.h"
#include "support/fakeclock.h"
#include "support/httpanswer.h"
#include "support/rawclient.h"
#include "support/testserver.h"
#include "support/wsclient.h"
#include "support/wsframes.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// The whole server: starting, being reachable, closing, starting again.
class TestServerApp : public QObject
{
    Q_OBJECT

private slots:
    void anyFreePort();
    void severalAddresses();
    void portInUse();
    void notThisHostsAddress();
    void allAddressesOrNone();
    void drainTellsEverybody();
    void drainWithNobody();
    void drainTakesNobodyIn();
    void drainDoesNotWaitForTheDeaf();
    void restartOnTheSamePort();
    void goneWithClients();
    void timesComeFromTheClock();
    void metricsOnAPortOfTheirOwn();
    void metricsPortInUse();
    void kickTakesTheSetting();

private:
    Config local() const;
};

Config TestServerApp::local() const
{
    Config config;
    config.listen = {u"127.0.0.1"_s};
    config.port = 0;
    config.storage = u"memory"_s;
    return config;
}

void TestServerApp::anyFreePort()
{
    const SystemClock clock;
    const auto first = ServerApp::start(local(), clock);
    const auto second = ServerApp::start(local(), clock);
    QVERIFY(first && second);
    QVERIFY(first.value()->port() != 0);
    QVERIFY(first.value()->port() != second.value()->port());
    QCOMPARE(first.value()->urls(), QStringList {u"http://127.0.0.1:%1"_s.arg(first.value()->port())});
}

void TestServerApp::severalAddresses()
{
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHostIPv6))
        QSKIP("this machine has no IPv6");
    const SystemClock clock;
    Config config = local();
    config.listen.append(u"::1"_s);
    const auto server = ServerApp::start(config, clock);
    QVERIFY(server);
    const quint16 port = server.value()->port();
    QCOMPARE(server.value()->urls(), (QStringList {u"http://127.0.0.1:%1"_s.arg(port), u"http://[::1]:%1"_s.arg(port)}));
    WsClient four(QUrl(u"ws://127.0.0.1:%1/ws/general/anna"_s.arg(port)));
    WsClient six(QUrl(u"ws://[::1]:%1/ws/general/ben"_s.arg(port)));
    QTRY_VERIFY(four.isConnected() && six.isConnected());
    six.say(u"hello"_s);
    QTRY_COMPARE(four.contents(), QStringList {u"hello"_s});
}

void TestServerApp::portInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const SystemClock clock;
    Config config = local();
    config.port = other.serverPort();
    const auto server = ServerApp::start(config, clock);
    QVERIFY(!server);
    QCOMPARE(server.error().code, ErrorCode::AddressInUse);
    QVERIFY2(server.error().detail.contains(QString::number(config.port)), qPrintable(server.error().detail));
    other.close();
    QVERIFY(ServerApp::start(config, clock)); // as soon as the other is gone
}

void TestServerApp::notThisHostsAddress()
{
    const SystemClock clock;
    Config config = local();
    config.listen = {u"192.0.2.1"_s}; // for documentation, nobody's
    const auto server = ServerApp::start(config, clock);
    QVERIFY(!server);
    QCOMPARE(server.error().code, ErrorCode::BadParameter);
    QVERIFY2(server.error().detail.contains(u"192.0.2.1"), qPrintable(server.error().detail));
}

void TestServerApp::allAddressesOrNone()
{
    QTcpServer finder;
    QVERIFY(finder.listen(QHostAddress::LocalHost));
    const quint16 port = finder.serverPort();
    finder.close();
    const SystemClock clock;
    Config config = local();
    config.port = port;
    config.listen = {u"127.0.0.1"_s, u"192.0.2.1"_s};
    QVERIFY(!ServerApp::start(config, clock));
    QVERIFY(finder.listen(QHostAddress::LocalHost, port)); // the good one was given back
}

void TestServerApp::drainTellsEverybody()
{
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    WsClient ben(server.ws(u"general"_s, u"ben"_s), WsClient::Speaks::Parlance);
    WsClient mia(server.ws(u"tea"_s, u"mia"_s), WsClient::Speaks::Parlance);
    QTRY_COMPARE(mia.events(u"history_end"_s).size(), 1);
    QTRY_COMPARE(ben.events(u"history_end"_s).size(), 1);
    QTRY_VERIFY(anna.isConnected());
    QSignalSpy drained(&server.app(), &ServerApp::drained);
    server.app().drain();
    server.app().drain(); // once
    QVERIFY(drained.isEmpty());
    QTRY_VERIFY(anna.isClosed() && ben.isClosed() && mia.isClosed());
    QTRY_COMPARE(drained.size(), 1);
    for (WsClient *client : {&anna, &ben, &mia})
        QCOMPARE(client->closeCode(), 4503);
    QVERIFY(anna.events(u"server_closing"_s).isEmpty()); // part A has no such event
    QCOMPARE(ben.events(u"server_closing"_s).size(), 1);
    QVERIFY(ben.events(u"server_closing"_s).constFirst().value(u"retry_after_ms"_s).toInteger() > 0);
    QVERIFY(ben.events(u"user_left"_s).isEmpty()); // nobody is told of the others' going
}

void TestServerApp::drainWithNobody()
{
    TestServer server;
    QSignalSpy drained(&server.app(), &ServerApp::drained);
    server.app().drain();
    QVERIFY(drained.isEmpty()); // never from inside the call
    QTRY_COMPARE(drained.size(), 1);
}

void TestServerApp::drainTakesNobodyIn()
{
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    server.app().drain();
    WsClient late(server.ws(u"general"_s, u"late"_s));
    QTRY_VERIFY(late.isClosed());
    QVERIFY(late.events().isEmpty());
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost, server.port())); // nobody listens there any more
}

/// A client that neither reads nor answers is cut off in time.
void TestServerApp::drainDoesNotWaitForTheDeaf()
{
    TestServer server;
    QTcpSocket deaf;
    deaf.setProxy(QNetworkProxy::NoProxy);
    deaf.connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());
    deaf.write("GET /ws/general/deaf HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    WsClient watcher(server.ws(u"general"_s, u"watcher"_s), WsClient::Speaks::Parlance);
    QTRY_VERIFY(deaf.bytesAvailable() > 0);
    QTRY_COMPARE(watcher.events(u"history_end"_s).size(), 1);
    deaf.setReadBufferSize(1);
    QSignalSpy drained(&server.app(), &ServerApp::drained);
    server.app().drain();
    QTRY_COMPARE_WITH_TIMEOUT(drained.size(), 1, 5000);
    QCOMPARE(watcher.closeCode(), 4503);
}

void TestServerApp::restartOnTheSamePort()
{
    TestServer server;
    const quint16 port = server.port();
    QStringList epochs;
    for (int run = 0; run < 3; ++run) {
        WsClient anna(server.ws(u"general"_s, u"anna"_s), WsClient::Speaks::Parlance);
        QTRY_COMPARE(anna.events(u"welcome"_s).size(), 1);
        const QString epoch = anna.events(u"welcome"_s).constFirst().value(u"epoch"_s).toString();
        QVERIFY(!epochs.contains(epoch)); // memory forgot everything, and says so
        epochs.append(epoch);
        anna.say(u"hello"_s);
        QTRY_COMPARE(anna.contents(), QStringList {u"hello"_s});
        server.restart(); // with a client connected
        QCOMPARE(server.port(), port);
        QTRY_VERIFY(anna.isClosed());
    }
}

void TestServerApp::goneWithClients()
{
    TestServer server;
    std::vector<std::unique_ptr<WsClient>> clients;
    for (int i = 0; i < 10; ++i)
        clients.push_back(std::make_unique<WsClient>(server.ws(u"room%1"_s.arg(i % 3), u"user%1"_s.arg(i)),
                                                     i % 2 ? WsClient::Speaks::Parlance : WsClient::Speaks::Plain));
    WsClient half(server.ws(u"general"_s, u"half"_s)); // still on its way in
    for (const auto &client : clients)
        QTRY_VERIFY(client->isConnected());
    for (const auto &client : clients)
        client->say(u"last words"_s);
    server.stop();
    for (const auto &client : clients)
        QTRY_VERIFY(client->isClosed());
}

void TestServerApp::timesComeFromTheClock()
{
    FakeClock clock;
    TestServer server({}, &clock);
    clock.advance(std::chrono::milliseconds(123));
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    anna.say(u"hello"_s);
    QTRY_COMPARE(anna.contents().size(), 1);
    QCOMPARE(anna.events(u"message"_s).constFirst().value(u"timestamp"_s).toString(), u"2027-01-15T08:00:00.123Z"_s);
}

/// Who watches over the server is answered there even when the chat's own door is full.
void TestServerApp::metricsOnAPortOfTheirOwn()
{
    QTcpServer finder;
    QVERIFY(finder.listen(QHostAddress::LocalHost));
    const quint16 port = finder.serverPort();
    finder.close();
    TestServer server([port](Config &config) {
        config.metrics.listen = u"127.0.0.1:%1"_s.arg(port);
        config.limits.connections = 1;
    });
    RawClient crowd(server.port());
    const auto ask = [](quint16 where, const QByteArray &request) {
        RawClient client(where);
        client.send(request);
        [&client] { QTRY_VERIFY(client.isEnded()); }();
        return readAnswers(client.received()).list.value(0);
    };
    const auto get = [](const QByteArray &path) { return "GET " + path + " HTTP/1.0\r\n\r\n"; };
    QTRY_COMPARE(ask(server.port(), get("/healthz")).status, 503); // full
    QCOMPARE(ask(port, get("/healthz")).status, 200);
    QCOMPARE(ask(port, get("/readyz")).status, 200);
    const HttpAnswer figures = ask(port, get("/metrics"));
    QCOMPARE(figures.status, 200);
    QVERIFY(figures.body.contains("\nparlance_limit_hits_total{limit=\"connections\"} "));
    for (const char *path : {"/", "/api/info", "/api/rooms", "/app.js"})
        QCOMPARE(ask(port, get(path)).status, 404);
    RawClient chat(port);
    chat.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(chat.isEnded());
    QCOMPARE(readAnswers(chat.received()).list.value(0).status, 404);

    crowd.close();
    HttpAnswer elsewhere;
    QTRY_VERIFY((elsewhere = ask(server.port(), get("/metrics"))).status != 503);
    QCOMPARE(elsewhere.status, 404); // the figures are where they were said to be, and only there
}

void TestServerApp::metricsPortInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const SystemClock clock;
    Config config = local();
    config.metrics.listen = u"127.0.0.1:%1"_s.arg(other.serverPort());
    const auto server = ServerApp::start(config, clock);
    QVERIFY(!server);
    QCOMPARE(server.error().code, ErrorCode::AddressInUse);
    QVERIFY2(server.error().detail.contains(QString::number(other.serverPort())), qPrintable(server.error().detail));
}

/// A kick that says nothing else keeps people out for kick.rejoin_after.
void TestServerApp::kickTakesTheSetting()
{
    TestServer server([](Config &config) { config.kick.rejoinAfter = std::chrono::minutes(7); });
    WsClient anna(server.ws(u"general"_s, u"anna"_s), WsClient::Speaks::Parlance);
    QTRY_VERIFY(!anna.events(u"welcome"_s).isEmpty());
    LocalAdmin local;
    AdminService &admin = local;
    std::chrono::milliseconds told {0};
    connect(&admin, &AdminService::snapshot, &local, [&told](const AdminSnapshot &snapshot) { told = snapshot.rejoinAfter; });
    local.bind(&server.app().adminFeed());
    QTRY_COMPARE(told, std::chrono::minutes(7)); // for the console to offer
    admin.kick(parseRoomName(u"general").take(), parseUserName(u"anna").take(), u"spam"_s);
    QTRY_COMPARE(anna.events(u"kicked"_s).size(), 1);
    QCOMPARE(anna.events(u"kicked"_s).constFirst()[u"rejoin_after_ms"_s].toInt(), 420'000);
}

QTEST_GUILESS_MAIN(TestServerApp)
#include "tst_serverapp.moc"
