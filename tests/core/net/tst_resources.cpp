// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpanswer.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/wsframes.h"

#include <QTest>

#include <malloc.h>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Bytes that the program has allocated and not freed. 0 under a sanitizer, which finds leaks by itself.
size_t allocatedBytes()
{
    return ::mallinfo2().uordblks;
}

} // namespace

/// Nothing is left behind by a request or a session.
class TestResources : public QObject
{
    Q_OBJECT

private slots:
    void requestsLeaveNothing();
    void connectionsLeaveNothing();
    void sessionsLeaveNothing();
    void brokenHandshakesLeaveNothing();
    void endsInTheMiddle();

private:
    void growsBelow(size_t bytes, int rounds, const std::function<void()> &round);
};

/// Runs \a round some times to warm up, then \a rounds times, during which less than \a bytes may stay.
void TestResources::growsBelow(size_t bytes, int rounds, const std::function<void()> &round)
{
    for (int i = 0; i < rounds / 5; ++i)
        round();
    turnLoop();
    const size_t before = allocatedBytes();
    for (int i = 0; i < rounds; ++i)
        round();
    turnLoop();
    const size_t after = allocatedBytes();
    QVERIFY2(after < before + bytes, qPrintable(u"%1 bytes more after %2 rounds"_s.arg(after - before).arg(rounds)));
}

void TestResources::requestsLeaveNothing()
{
    NetServer server;
    RawClient client(server.port());
    growsBelow(64 * 1024, 1000, [&server, &client] {
        client.send("GET /api/rooms/a/messages?limit=5 HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE(readAnswers(client.received()).list.size(), 1);
        client.take();
    });
    QCOMPARE(server.metrics().count(Metrics::HttpRequests), 1200u);
}

void TestResources::connectionsLeaveNothing()
{
    NetServer server;
    growsBelow(64 * 1024, 300, [&server] {
        RawClient client(server.port());
        client.send("GET /healthz HTTP/1.0\r\n\r\n");
        QTRY_VERIFY(client.isEnded());
    });
    QTRY_COMPARE(server.door().connectionCount(), 0);
}

void TestResources::sessionsLeaveNothing()
{
    NetServer server;
    growsBelow(96 * 1024, 300, [&server] {
        RawClient client(server.port());
        client.send(upgradeHead("/ws/room/anna", "Sec-WebSocket-Protocol: parlance.v1\r\n"));
        QTRY_COMPARE(server.sockets().sessionCount(), 1);
        client.send(wsText("{\"type\":\"typing\"}"));
        client.send(wsClose(1000));
        QTRY_VERIFY(client.isEnded());
        client.close();
        QTRY_COMPARE(server.sockets().sessionCount(), 0);
        QTRY_COMPARE(server.door().connectionCount(), 0);
    });
    QCOMPARE(server.chat().sessionCount(), 0);
}

void TestResources::brokenHandshakesLeaveNothing()
{
    NetServer server;
    growsBelow(64 * 1024, 300, [&server] {
        RawClient vanishing(server.port());
        vanishing.send(upgradeHead("/ws/room/anna"));
        vanishing.reset();
        RawClient refused(server.port());
        refused.send(upgradeHead("/ws/room/%3F"));
        QTRY_VERIFY(refused.isEnded());
        refused.close();
        QTRY_COMPARE(server.door().connectionCount(), 0);
    });
    QTRY_COMPARE(server.sockets().sessionCount(), 0);
    QCOMPARE(server.chat().sessionCount(), 0);
}

/// A server that goes while everything is under way: a sanitizer tells what it forgot or touched too late.
void TestResources::endsInTheMiddle()
{
    auto server = std::make_unique<NetServer>();
    const QByteArrayList beginnings {
        "",
        "GET /heal",
        "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /healthz HTTP/1.0\r\n\r\n",
        "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf",
        upgradeHead("/ws/room/anna"),
        upgradeHead("/ws/room/ben", "Sec-WebSocket-Protocol: parlance.v1\r\n"),
        upgradeHead("/ws/room/%3F"),
        upgradeHead("/ws/room/%3F", "Sec-WebSocket-Protocol: parlance.v1\r\n"),
    };
    std::vector<std::unique_ptr<RawClient>> clients;
    const auto begin = [&clients, &beginnings, &server] {
        for (const QByteArray &beginning : beginnings) {
            clients.push_back(std::make_unique<RawClient>(server->port()));
            clients.back()->send(beginning);
        }
    };
    begin();
    QTRY_COMPARE(server->sockets().sessionCount(), 3);
    for (const auto &client : clients)
        client->send(wsText("{\"type\":\"message\",\"content\":\"a\"}"));
    begin();
    QTRY_VERIFY(server->door().connectionCount() > 10);
    for (int turn = 0; turn < 3; ++turn)
        QCoreApplication::sendPostedEvents(); // a few steps, but not to the end
    server.reset();
    turnLoop();
    for (const auto &client : clients)
        QTRY_VERIFY(client->isEnded() || !client->isOpen());
}

QTEST_GUILESS_MAIN(TestResources)
#include "tst_resources.moc"
