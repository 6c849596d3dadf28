// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/deadlinequeue.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/wsframes.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A plain client that says only what the test says.
class Quiet
{
public:
    explicit Quiet(NetServer &server) : client(server.port())
    {
        client.send(upgradeHead("/ws/general/quiet"));
    }
    int pings() const
    {
        int count = 0;
        for (const WsFrame &frame : framesAfterUpgrade(client.received()).list)
            count += frame.opcode == 9;
        return count;
    }
    int closeCode() const { return framesAfterUpgrade(client.received()).closeCode(); }

    RawClient client;
};

} // namespace

/// Who says nothing whole is dead, however it keeps the line busy; who answers lives.
class TestSignsOfLife : public QObject
{
    Q_OBJECT

private slots:
    void pingedThenDead();
    void pongKeepsAlive();
    void drippingFrameIsDead();
    void emptyFragmentsAreDead();
    void wholeMessagesKeepAlive();
    void nobodyIsForgotten();
    void queue();
};

void TestSignsOfLife::pingedThenDead()
{
    NetServer server;
    Quiet quiet(server);
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    server.advance(24s);
    QCOMPARE(quiet.pings(), 0);
    server.advance(1s);
    QTRY_COMPARE(quiet.pings(), 1);
    server.advance(25s);
    QTRY_COMPARE(quiet.pings(), 2);
    QCOMPARE(quiet.closeCode(), 0);
    server.advance(10s);
    QTRY_COMPARE(quiet.closeCode(), 4408);
    QCOMPARE(server.metrics().count(Metrics::HeartbeatsMissed), 1u);
}

void TestSignsOfLife::pongKeepsAlive()
{
    NetServer server;
    Quiet quiet(server);
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    for (int i = 1; i <= 10; ++i) {
        server.advance(25s);
        QTRY_COMPARE(quiet.pings(), i);
        const quint64 received = server.metrics().count(Metrics::BytesReceived);
        quiet.client.send(toBytes({10, {}}));
        QTRY_VERIFY(server.metrics().count(Metrics::BytesReceived) > received);
    }
    QCOMPARE(quiet.closeCode(), 0);
}

void TestSignsOfLife::drippingFrameIsDead()
{
    NetServer server;
    Quiet quiet(server);
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    const QByteArray frame = wsText(QByteArray(1000, 'x'));
    for (int i = 0; i < 60; ++i) {
        QCOMPARE(quiet.closeCode(), 0);
        const quint64 received = server.metrics().count(Metrics::BytesReceived);
        quiet.client.send(frame.mid(i, 1));
        QTRY_VERIFY(server.metrics().count(Metrics::BytesReceived) > received);
        server.advance(1s);
    }
    QTRY_COMPARE(quiet.closeCode(), 4408);
}

void TestSignsOfLife::emptyFragmentsAreDead()
{
    NetServer server;
    Quiet quiet(server);
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    quiet.client.send(toBytes({1, "x", false}));
    for (int i = 0; i < 60; ++i) {
        QCOMPARE(quiet.closeCode(), 0);
        const quint64 received = server.metrics().count(Metrics::BytesReceived);
        quiet.client.send(toBytes({0, {}, false}));
        QTRY_VERIFY(server.metrics().count(Metrics::BytesReceived) > received);
        server.advance(1s);
    }
    QTRY_COMPARE(quiet.closeCode(), 4408);
}

void TestSignsOfLife::wholeMessagesKeepAlive()
{
    NetServer server;
    Quiet quiet(server);
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    for (quint64 i = 1; i <= 5; ++i) {
        server.advance(50s);
        quiet.client.send(wsText(R"({"type":"message","content":""})"));
        QTRY_COMPARE(server.metrics().count(Metrics::CommandsReceived), i);
    }
    QCOMPARE(quiet.closeCode(), 0);
}

/// However many there are, each is asked for a sign of life.
void TestSignsOfLife::nobodyIsForgotten()
{
    NetServer server;
    std::vector<std::unique_ptr<Quiet>> crowd;
    for (int i = 0; i < 40; ++i) {
        crowd.push_back(std::make_unique<Quiet>(server));
        QTRY_COMPARE(server.chat().sessionCount(), i + 1);
        server.advance(100ms);
    }
    server.advance(25s);
    for (const auto &quiet : crowd)
        QTRY_COMPARE(quiet->pings(), 1);
    server.advance(35s);
    for (const auto &quiet : crowd)
        QTRY_COMPARE(quiet->closeCode(), 4408);
    server.advance(kCloseGrace);
    QTRY_COMPARE(server.sockets().sessionCount(), 0);
    turnLoop(); // sessions, and in the next pass
    turnLoop(); // what they owned, are deleted by the loop
}

void TestSignsOfLife::queue()
{
    DeadlineQueue queue;
    alignas(WebSocketChannel) char anchors[3][alignof(WebSocketChannel)]; // the queue never looks at what it names
    const auto channel = [&anchors](int i) -> WebSocketChannel & { return *reinterpret_cast<WebSocketChannel *>(&anchors[i]); };
    DeadlineQueue::Place first(queue, channel(0));
    DeadlineQueue::Place second(queue, channel(1));
    QVERIFY(!queue.due(1000ms));
    first.set(20ms);
    second.set(10ms);
    QVERIFY(!queue.due(9ms));
    QCOMPARE(queue.due(10ms), &channel(1));
    second.set(30ms);
    QVERIFY(!queue.due(10ms));
    QCOMPARE(queue.due(100ms), &channel(0));
    second.hasten(40ms); // later than it is
    first.leave();
    QCOMPARE(queue.due(30ms), &channel(1));
    second.hasten(5ms);
    QCOMPARE(queue.due(5ms), &channel(1));
    {
        DeadlineQueue::Place third(queue, channel(2));
        third.hasten(1ms);
        QCOMPARE(queue.due(5ms), &channel(2));
    }
    QCOMPARE(queue.due(5ms), &channel(1));
}

QTEST_GUILESS_MAIN(TestSignsOfLife)
#include "tst_signsoflife.moc"
