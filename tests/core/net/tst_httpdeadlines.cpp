// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpexchange.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/testroutes.h"

#include <QTest>

using namespace Parlance;
using namespace std::chrono_literals;

/// How long a connection may take over a request, over the next one, and over reading its answer.
class TestHttpDeadlines : public QObject
{
    Q_OBJECT

private slots:
    void slowHead();
    void silence();
    void slowBody();
    void idleKeepAlive();
    void slowSecondHead();

    void unreadPipeline();
    void slowReaderThatReads();
    void slowReaderThatStops();
};

void TestHttpDeadlines::slowHead()
{
    NetServer server;
    RawClient client(server.port());
    client.send("GET / HT");
    QTRY_COMPARE(server.door().connectionCount(), 1);
    server.advance(9s);
    client.send("TP/1.1\r\nX"); // bytes do not move the deadline
    turnLoop();
    QVERIFY(client.received().isEmpty());
    server.advance(1s);
    QTRY_VERIFY(client.isEnded());
    QVERIFY(!client.wasReset());
    const HttpAnswers answers = answersOf(client);
    QVERIFY2(answers.isClean(), qPrintable(answers.fault));
    QCOMPARE(answers.list.size(), 1);
    QCOMPARE(answers.list.constFirst().status, 408);
    QCOMPARE(answers.list.constFirst().field("connection"), QByteArray("close"));
}

void TestHttpDeadlines::silence()
{
    NetServer server;
    RawClient client(server.port());
    QTRY_COMPARE(server.door().connectionCount(), 1);
    server.advance(9'999ms);
    turnLoop();
    QVERIFY(!client.isEnded());
    server.advance(1ms);
    QTRY_VERIFY(client.isEnded());
    QVERIFY(client.received().isEmpty());
    client.close();
    QTRY_COMPARE(server.door().connectionCount(), 0);
}

void TestHttpDeadlines::slowBody()
{
    NetServer server(withRoutes());
    RawClient client(server.port());
    client.send(post("/body", QByteArray(10, 'x')).chopped(1));
    QTRY_COMPARE(server.door().connectionCount(), 1);
    turnLoop();
    server.advance(14'999ms);
    turnLoop();
    QVERIFY(client.received().isEmpty());
    server.advance(1ms);
    QTRY_VERIFY(client.isEnded());
    QCOMPARE(answersOf(client).list.constFirst().status, 408);
}

void TestHttpDeadlines::idleKeepAlive()
{
    NetServer server;
    RawClient client(server.port());
    client.send(get("/healthz"));
    QTRY_COMPARE(answersOf(client).list.size(), 1);
    server.advance(14'999ms);
    client.send(get("/healthz"));
    QTRY_COMPARE(answersOf(client).list.size(), 2);
    server.advance(14'999ms);
    turnLoop();
    QVERIFY(!client.isEnded());
    server.advance(1ms);
    QTRY_VERIFY(client.isEnded());
    QCOMPARE(answersOf(client).list.size(), 2);
    QVERIFY(answersOf(client).isClean());
}

void TestHttpDeadlines::slowSecondHead()
{
    NetServer server;
    RawClient client(server.port());
    client.send(get("/healthz"));
    QTRY_COMPARE(answersOf(client).list.size(), 1);
    server.advance(14s);
    client.send("G");
    const quint64 before = server.metrics().count(Metrics::BytesReceived);
    QTRY_VERIFY(server.metrics().count(Metrics::BytesReceived) > before);
    server.advance(9'999ms);
    turnLoop();
    QVERIFY(!client.isEnded());
    server.advance(1ms);
    QTRY_VERIFY(client.isEnded());
    QCOMPARE(answersOf(client).list.constLast().status, 408);
}

/// Many requests and no reading: only so many are answered as the reader takes.
void TestHttpDeadlines::unreadPipeline()
{
    int calls = 0;
    NetServer server(withRoutes(&calls));
    RawClient client(server.port(), {QHostAddress::LocalHost, 8 * 1024});
    client.stopReading();
    client.send(get("/big").repeated(500));
    QTRY_COMPARE(calls, 1);
    turnLoop();
    QCOMPARE(calls, 1);
    server.advance(15s);
    QTRY_COMPARE(server.door().connectionCount(), 0);
    QCOMPARE(calls, 1);
}

/// A slow line is no fault: as long as the answer moves, no deadline cuts it off.
void TestHttpDeadlines::slowReaderThatReads()
{
    NetServer server(withRoutes());
    for (const char *fields : {"", "Connection: close\r\n"}) {
        RawClient client(server.port(), {QHostAddress::LocalHost, 64 * 1024});
        client.send(get("/big", fields));
        while (answersOf(client).list.isEmpty()) {
            const qsizetype before = client.received().size();
            client.resumeReading();
            QTRY_VERIFY_WITH_TIMEOUT(client.received().size() >= before + kBig / 8 || client.received().size() > kBig, 20'000);
            client.stopReading();
            server.advance(10s);
        }
        QCOMPARE(answersOf(client).list.constFirst().body.size(), kBig);
    }
}

void TestHttpDeadlines::slowReaderThatStops()
{
    NetServer server(withRoutes());
    for (const char *fields : {"", "Connection: close\r\n"}) {
        RawClient client(server.port(), {QHostAddress::LocalHost, 8 * 1024});
        client.stopReading();
        const quint64 before = server.metrics().count(Metrics::HttpRequests);
        client.send(get("/big", fields));
        QTRY_COMPARE(server.metrics().count(Metrics::HttpRequests), before + 1);
        server.advance(14s); // what the kernel still takes for itself is progress
        server.advance(15s);
        QTRY_COMPARE(server.door().connectionCount(), 0);
    }
}

QTEST_GUILESS_MAIN(TestHttpDeadlines)
#include "tst_httpdeadlines.moc"
