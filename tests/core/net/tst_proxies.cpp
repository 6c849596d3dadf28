// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/forwarded.h"
#include "support/httpanswer.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/wsframes.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QHostAddress kStranger(u"127.0.0.9"_s); ///< no proxy: one end of the loopback network

/// 127.0.0.1 is a reverse proxy; two connections for each address.
NetServer::Adjust behindProxy()
{
    return [](NetServer::Settings &settings) {
        settings.net.proxies = {{QHostAddress(QHostAddress::LocalHost), 32}};
        settings.net.connectionsPerAddress = 2;
        settings.model.joins = {3, 60s};
    };
}

QByteArray forwardedFor(const QByteArray &client)
{
    return "X-Forwarded-For: " + client + "\r\n";
}

QByteArray healthFor(const QByteArray &client)
{
    return "GET /healthz HTTP/1.1\r\nHost: a\r\n" + forwardedFor(client) + "\r\n";
}

int statusOf(const RawClient &client)
{
    return readAnswers(client.received()).list.value(0).status;
}

} // namespace

/// Whom a proxy asks for counts as the client, and only where the proxy is ours.
class TestProxies : public QObject
{
    Q_OBJECT

private slots:
    void client_data();
    void client();
    void sessionsCountForTheirClients();
    void placeComesBack();
    void requestsHoldNoPlace();
    void unfinishedRequestsHoldOne();
    void strangerIsNotBelieved();
    void joinRateIsTheClients();
    void addressIsTheClients();
    void metricsAreNotOpened();
};

void TestProxies::client_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *peer, const QByteArray &fields, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(peer) << fields << QString::fromLatin1(expected);
    };
    const auto xff = [](const QByteArray &value) { return "X-Forwarded-For: " + value + "\r\n"; };
    const auto fwd = [](const QByteArray &value) { return "Forwarded: " + value + "\r\n"; };
    row("no field", "10.0.0.1", "", "10.0.0.1");
    row("one", "10.0.0.1", xff("192.0.2.7"), "192.0.2.7");
    row("IPv6", "10.0.0.1", xff("2001:db8::7"), "2001:db8::7");
    row("IPv6 in brackets", "10.0.0.1", xff("[2001:db8::7]:4711"), "2001:db8::7");
    row("with a port", "10.0.0.1", xff("192.0.2.7:4711"), "192.0.2.7");
    row("mapped", "10.0.0.1", xff("::ffff:192.0.2.7"), "192.0.2.7");
    row("spoofed in front", "10.0.0.1", xff("198.51.100.1, 192.0.2.7"), "192.0.2.7");
    row("spoofed with a field of its own", "10.0.0.1", xff("198.51.100.1") + xff("192.0.2.7"), "192.0.2.7");
    row("spoofed proxy in front", "10.0.0.1", xff("10.0.0.2, 192.0.2.7"), "192.0.2.7");
    row("two proxies", "10.0.0.1", xff("192.0.2.7, 10.0.0.2"), "192.0.2.7");
    row("two proxies, spoofed", "10.0.0.1", xff("198.51.100.1, 192.0.2.7, 10.0.0.2"), "192.0.2.7");
    row("proxies only", "10.0.0.1", xff("10.0.0.3, 10.0.0.2"), "10.0.0.3");
    row("proxy of the other family", "fd00::1", xff("192.0.2.7"), "192.0.2.7");
    row("rubbish last", "10.0.0.1", xff("192.0.2.7, unknown"), "10.0.0.1");
    row("rubbish behind a proxy", "10.0.0.1", xff("192.0.2.7, unknown, 10.0.0.2"), "10.0.0.2");
    row("rubbish in front", "10.0.0.1", xff("unknown, 192.0.2.7"), "192.0.2.7");
    row("short form of an address", "10.0.0.1", xff("127.1"), "10.0.0.1");
    row("empty", "10.0.0.1", xff(""), "10.0.0.1");
    row("stranger", "192.0.2.66", xff("198.51.100.1"), "192.0.2.66");
    row("stranger says Forwarded", "192.0.2.66", fwd("for=198.51.100.1"), "192.0.2.66");
    row("neighbour of the subnet", "10.1.0.1", xff("198.51.100.1"), "10.1.0.1");
    row("Forwarded", "10.0.0.1", fwd("for=192.0.2.7"), "192.0.2.7");
    row("Forwarded in full", "10.0.0.1", fwd("proto=https;For=\"[2001:db8::7]:4711\";by=10.0.0.1"), "2001:db8::7");
    row("Forwarded, spoofed", "10.0.0.1", fwd("for=198.51.100.1, for=192.0.2.7"), "192.0.2.7");
    row("Forwarded, hidden", "10.0.0.1", fwd("for=_secret"), "10.0.0.1");
    row("Forwarded without for", "10.0.0.1", fwd("for=198.51.100.1, proto=http"), "10.0.0.1");
    row("both, agreed", "10.0.0.1", xff("192.0.2.7") + fwd("for=192.0.2.7"), "192.0.2.7");
    row("both, the client's Forwarded", "10.0.0.1", xff("192.0.2.7") + fwd("for=198.51.100.1"), "10.0.0.1");
}

void TestProxies::client()
{
    QFETCH(QString, peer);
    QFETCH(QByteArray, fields);
    QFETCH(QString, expected);
    const Subnets proxies {{QHostAddress(u"10.0.0.0"_s), 24}, {QHostAddress(u"fd00::1"_s), 128}};
    const QByteArray text = "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
    qsizetype scanned = 0;
    const HeadOutcome head = readRequestHead(text, scanned, {});
    QVERIFY(std::holds_alternative<RequestHead>(head));
    QCOMPARE(clientAddress(std::get<RequestHead>(head), QHostAddress(peer), proxies), QHostAddress(expected));
}

void TestProxies::sessionsCountForTheirClients()
{
    NetServer server(behindProxy());
    std::vector<std::unique_ptr<RawClient>> lines;
    const auto join = [&](const QByteArray &name, const QByteArray &client) -> RawClient & {
        lines.push_back(std::make_unique<RawClient>(server.port()));
        lines.back()->send(upgradeHead("/ws/general/" + name, forwardedFor(client)));
        return *lines.back();
    };
    // More than two lines from one proxy, since they are for different clients.
    for (const char *client : {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.1", "192.0.2.2"})
        join("p" + QByteArray::number(lines.size()), client);
    QTRY_COMPARE(server.chat().sessionCount(), 5);
    RawClient &third = join("third", "192.0.2.1");
    QTRY_COMPARE(statusOf(third), 503);
    RawClient &spoofed = join("spoofed", "198.51.100.9, 192.0.2.1"); // what it puts in front is no help
    QTRY_COMPARE(statusOf(spoofed), 503);
    QCOMPARE(server.metrics().hits(Limit::ConnectionsPerAddress), 2u);
    join("other", "192.0.2.4");
    QTRY_COMPARE(server.chat().sessionCount(), 6);
}

void TestProxies::placeComesBack()
{
    NetServer server(behindProxy());
    RawClient first(server.port());
    first.send(upgradeHead("/ws/general/anna", forwardedFor("192.0.2.1")));
    RawClient second(server.port());
    second.send(upgradeHead("/ws/general/ben", forwardedFor("192.0.2.1")));
    QTRY_COMPARE(server.chat().sessionCount(), 2);
    first.reset();
    QTRY_COMPARE(server.door().connectionCount(), 1);
    RawClient third(server.port());
    third.send(upgradeHead("/ws/general/carl", forwardedFor("192.0.2.1")));
    QTRY_COMPARE(server.chat().sessionCount(), 2);
    QCOMPARE(server.metrics().hits(Limit::ConnectionsPerAddress), 0u);
}

/// A proxy keeps lines open and asks on each for whoever comes: between requests they are nobody's.
void TestProxies::requestsHoldNoPlace()
{
    NetServer server(behindProxy());
    std::vector<std::unique_ptr<RawClient>> pool;
    for (int i = 0; i < 5; ++i) {
        pool.push_back(std::make_unique<RawClient>(server.port()));
        pool.back()->send(healthFor("192.0.2.1"));
        QTRY_COMPARE(statusOf(*pool.back()), 200);
    }
    pool.front()->take();
    pool.front()->send(healthFor("192.0.2.2"));
    QTRY_COMPARE(statusOf(*pool.front()), 200);
}

void TestProxies::unfinishedRequestsHoldOne()
{
    NetServer server(behindProxy());
    const QByteArray half = "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n" + forwardedFor("192.0.2.1") + "\r\n";
    RawClient first(server.port());
    first.send(half);
    RawClient second(server.port());
    second.send(half);
    QTRY_COMPARE(server.door().connectionCount(), 2);
    turnLoop();
    RawClient third(server.port());
    third.send(half);
    QTRY_COMPARE(statusOf(third), 503);
    first.send("12345");
    QTRY_COMPARE(statusOf(first), 405);
    RawClient fourth(server.port());
    fourth.send(healthFor("192.0.2.1"));
    QTRY_COMPARE(statusOf(fourth), 200);
}

void TestProxies::strangerIsNotBelieved()
{
    NetServer server(behindProxy());
    std::vector<std::unique_ptr<RawClient>> lines;
    for (const char *client : {"192.0.2.1", "192.0.2.2", "192.0.2.3"}) {
        lines.push_back(std::make_unique<RawClient>(server.port(), RawClient::Options {kStranger}));
        lines.back()->send(upgradeHead("/ws/general/p" + QByteArray::number(lines.size()), forwardedFor(client)));
        turnLoop();
    }
    QTRY_COMPARE(statusOf(*lines.back()), 503); // a new name for each line does not help
    QTRY_COMPARE(server.chat().sessionCount(), 2);
    for (const SessionInfo &session : server.chat().sessions())
        QCOMPARE(session.address, kStranger.toString());
}

void TestProxies::joinRateIsTheClients()
{
    NetServer server(behindProxy());
    const auto join = [&server](const QByteArray &client) {
        RawClient line(server.port());
        line.send(upgradeHead("/ws/general/anna", forwardedFor(client)));
        [&line] { QTRY_VERIFY(statusOf(line) != 0); }();
        const int status = statusOf(line);
        line.reset();
        [&server] { QTRY_COMPARE(server.door().connectionCount(), 0); }();
        return status;
    };
    for (int i = 0; i < 3; ++i)
        QCOMPARE(join("192.0.2.1"), 101);
    QCOMPARE(join("192.0.2.1"), 429);
    QCOMPARE(join("192.0.2.2"), 101);
}

/// The console and the kick list see who it is.
void TestProxies::addressIsTheClients()
{
    NetServer server(behindProxy());
    RawClient line(server.port());
    line.send(upgradeHead("/ws/general/anna", forwardedFor("192.0.2.1")));
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QCOMPARE(server.chat().sessions().constFirst().address, u"192.0.2.1"_s);
}

void TestProxies::metricsAreNotOpened()
{
    NetServer server(behindProxy());
    RawClient remote(server.port());
    remote.send("GET /metrics HTTP/1.1\r\nHost: a\r\n" + forwardedFor("192.0.2.1") + "\r\n");
    QTRY_COMPARE(statusOf(remote), 401);
    RawClient liar(server.port());
    liar.send("GET /metrics HTTP/1.1\r\nHost: a\r\n" + forwardedFor("127.0.0.1") + "\r\n");
    QTRY_COMPARE(statusOf(liar), 401);
    RawClient here(server.port());
    here.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(statusOf(here), 200);
}

QTEST_GUILESS_MAIN(TestProxies)
#include "tst_proxies.moc"
