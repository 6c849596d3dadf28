// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpexchange.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/testroutes.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// Bytes become requests and answers, one after the other and to the last byte, however they come.
class TestHttpConnection : public QObject
{
    Q_OBJECT

private slots:
    void bodyTooLarge();
    void continues();
    void bodyArrivesWhole();
    void pipelining();
    void keepAlive_data();
    void keepAlive();

    void refusedBodyIsNoRequest();
    void noHttp_data();
    void noHttp();
    void halfClosed_data();
    void halfClosed();
    void vanishes();
};

void TestHttpConnection::bodyTooLarge()
{
    NetServer server(withRoutes());
    RawClient client(server.port());
    client.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n"); // and nothing more
    QTRY_VERIFY(client.isEnded());
    const HttpAnswers answers = answersOf(client);
    QVERIFY2(answers.isClean(), qPrintable(answers.fault));
    QCOMPARE(answers.list.constFirst().status, 413);
    QCOMPARE(answers.list.constFirst().errorCode(), u"too_large"_s);

    // Somebody who sends all of it nevertheless still reads the answer: no reset overtakes it.
    RawClient stubborn(server.port());
    stubborn.send(post("/body", QByteArray(2 * 1024 * 1024, 'x')));
    QTRY_COMPARE(answersOf(stubborn).list.size(), 1);
    QCOMPARE(answersOf(stubborn).list.constFirst().status, 413);
    QTRY_VERIFY(stubborn.isEnded());
    QVERIFY(!stubborn.wasReset());

    RawClient headOnly(server.port());
    headOnly.send("HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n");
    QTRY_VERIFY(headOnly.isEnded());
    QVERIFY(answersOf(headOnly, {"HEAD"}).isClean());
    QCOMPARE(answersOf(headOnly, {"HEAD"}).list.constFirst().status, 413);
}

void TestHttpConnection::continues()
{
    NetServer server(withRoutes());
    RawClient client(server.port());
    client.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    QTRY_COMPARE(client.received(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    client.send("abc");
    QTRY_COMPARE(answersOf(client).list.size(), 2);
    QCOMPARE(answersOf(client).list.constLast().body, QByteArray("abc"));

    RawClient large(server.port());
    large.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\nExpect: 100-continue\r\n\r\n");
    QTRY_VERIFY(large.isEnded());
    QCOMPARE(answersOf(large).list.size(), 1);
    QCOMPARE(answersOf(large).list.constFirst().status, 413);
}

void TestHttpConnection::bodyArrivesWhole()
{
    NetServer server(withRoutes());
    QByteArray body(65536, '\0');
    QRandomGenerator random(7);
    std::generate(body.begin(), body.end(), [&random] { return char(random.bounded(256)); });
    RawClient client(server.port());
    const QByteArray request = post("/body", body) + post("/body", "next");
    for (qsizetype at = 0; at < request.size(); at += 5000) {
        client.send(request.mid(at, 5000));
        turnLoop();
    }
    QTRY_COMPARE(answersOf(client).list.size(), 2);
    QCOMPARE(answersOf(client).list.at(0).body, body);
    QCOMPARE(answersOf(client).list.at(1).body, QByteArray("next"));
}

void TestHttpConnection::pipelining()
{
    NetServer server(withRoutes());
    QByteArray requests;
    for (int i = 0; i < 200; ++i)
        requests += i % 3 == 2 ? post("/body", QByteArray::number(i)) : get("/echo/" + QByteArray::number(i));
    const auto proves = [](const RawClient &client) {
        const HttpAnswers answers = answersOf(client);
        if (!answers.isClean() || answers.list.size() != 200)
            return false;
        for (int i = 0; i < 200; ++i) {
            if (answers.list.at(i).body != QByteArray::number(i))
                return false;
        }
        return true;
    };
    RawClient atOnce(server.port());
    atOnce.send(requests);
    QTRY_VERIFY(proves(atOnce));

    RawClient inPieces(server.port());
    QRandomGenerator random(11);
    for (qsizetype at = 0; at < requests.size();) {
        const qsizetype size = random.bounded(1, 400);
        inPieces.send(requests.mid(at, size));
        at += size;
        turnLoop();
    }
    QTRY_VERIFY(proves(inPieces));
}

void TestHttpConnection::keepAlive_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("stays");
    QTest::newRow("1.1") << get("/healthz") << true;
    QTest::newRow("1.1 close") << get("/healthz", "Connection: close\r\n") << false;
    QTest::newRow("1.0") << QByteArray("GET /healthz HTTP/1.0\r\n\r\n") << false;
    QTest::newRow("1.0 keep-alive") << QByteArray("GET /healthz HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n") << true;
}

void TestHttpConnection::keepAlive()
{
    QFETCH(QByteArray, request);
    QFETCH(bool, stays);
    NetServer server;
    RawClient client(server.port());
    client.send(request + request); // behind a last request nothing is answered
    QTRY_COMPARE(answersOf(client).list.size(), stays ? 2 : 1);
    const HttpAnswer answer = answersOf(client).list.constFirst();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("connection"), QByteArray(stays ? "keep-alive" : "close"));
    if (!stays) {
        QTRY_VERIFY(client.isEnded());
        QVERIFY(answersOf(client).isClean());
        QCOMPARE(answersOf(client).list.size(), 1);
    }
}

/// A body that looks like a request stays a body, whatever becomes of the request it belongs to.
void TestHttpConnection::refusedBodyIsNoRequest()
{
    NetServer server(withRoutes());
    RawClient client(server.port());
    const QByteArray smuggled = get("/echo/smuggled");
    client.send(post("/healthz", smuggled) + post("/nothing", smuggled) + post("/body", smuggled) + get("/echo/last"));
    QTRY_COMPARE(answersOf(client).list.size(), 4);
    const QList<HttpAnswer> answers = answersOf(client).list;
    QCOMPARE(answers.at(0).status, 405);
    QCOMPARE(answers.at(1).status, 404);
    QCOMPARE(answers.at(2).body, smuggled);
    QCOMPARE(answers.at(3).body, QByteArray("last"));
}

void TestHttpConnection::noHttp_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("TLS hello") << QByteArray::fromHex("16030100f8010000f40303aabbccdd") << 400;
    QTest::newRow("zeros") << QByteArray(100, '\0') << 400;
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << 400;
    QTest::newRow("HTTP/2") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 505;
    QTest::newRow("SMTP") << QByteArray("EHLO example\n") << 400;
    QTest::newRow("chunked") << get("/", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n" << 501;
    QTest::newRow("endless line") << QByteArray(100'000, 'A') << 414;
    QTest::newRow("endless head") << get("/", "X: " + QByteArray(100'000, 'A')) << 431;
}

void TestHttpConnection::noHttp()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    NetServer server;
    RawClient client(server.port());
    client.send(bytes);
    QTRY_VERIFY(client.isEnded());
    QVERIFY(!client.wasReset());
    const HttpAnswers answers = answersOf(client);
    QVERIFY2(answers.isClean(), qPrintable(answers.fault));
    QCOMPARE(answers.list.size(), 1);
    QCOMPARE(answers.list.constFirst().status, status);
    QVERIFY(!answers.list.constFirst().errorCode().isEmpty());
    QCOMPARE(answers.list.constFirst().field("connection"), QByteArray("close"));
}

void TestHttpConnection::halfClosed_data()
{
    QTest::addColumn<QByteArray>("requests");
    QTest::addColumn<qsizetype>("bodySize");
    QTest::newRow("small") << get("/echo/hello") << qsizetype(5);
    QTest::newRow("small, 1.0") << QByteArray("GET /echo/hello HTTP/1.0\r\n\r\n") << qsizetype(5);
    QTest::newRow("big") << get("/big") << kBig;
    QTest::newRow("big, close") << get("/big", "Connection: close\r\n") << kBig;
}

void TestHttpConnection::halfClosed()
{
    QFETCH(QByteArray, requests);
    QFETCH(qsizetype, bodySize);
    NetServer server(withRoutes());
    RawClient client(server.port());
    client.send(requests);
    client.halfClose();
    QTRY_VERIFY_WITH_TIMEOUT(client.isEnded(), 20'000);
    const HttpAnswers answers = answersOf(client);
    QVERIFY2(answers.isClean(), qPrintable(u"%1 %2"_s.arg(answers.fault).arg(answers.rest.size())));
    QCOMPARE(answers.list.size(), 1);
    QCOMPARE(answers.list.constFirst().body.size(), bodySize);
    QTRY_COMPARE(server.door().connectionCount(), 0);
}

void TestHttpConnection::vanishes()
{
    NetServer server(withRoutes());
    RawClient during(server.port());
    during.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
    RawClient before(server.port(), {QHostAddress::LocalHost, 8 * 1024});
    before.stopReading();
    before.send(get("/big"));
    QTRY_COMPARE(server.door().connectionCount(), 2);
    QTRY_COMPARE(server.metrics().count(Metrics::HttpRequests), 1u);
    during.reset();
    before.reset();
    QTRY_COMPARE(server.door().connectionCount(), 0);
    RawClient after(server.port());
    after.send(get("/healthz"));
    QTRY_COMPARE(answersOf(after).list.value(0).status, 200);
}

QTEST_GUILESS_MAIN(TestHttpConnection)
#include "tst_httpconnection.moc"
