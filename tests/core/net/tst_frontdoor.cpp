// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpanswer.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/rawclient.h"

#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QTest>

#include <stdexcept>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype kBig = 24 * 1024 * 1024; ///< more than the kernel's buffers of both ends take

QByteArray get(const QByteArray &target, const QByteArray &fields = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

QByteArray post(const QByteArray &target, const QByteArray &body)
{
    return "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
        + body;
}

HttpAnswers answersOf(const RawClient &client, const QByteArrayList &methods = {})
{
    return readAnswers(client.received(), methods);
}

/// Routes for these tests: /echo/{text}, /big, /body (POST), /throw. \a calls counts those to /big.
NetServer::Adjust withRoutes(int *calls = nullptr)
{
    return [calls](NetServer::Settings &settings) {
        settings.addRoutes = [calls](RouteTable &routes) {
            routes.get(u"/echo/{text}"_s, [](const HttpRequest &, const QStringList &arguments) {
                return HttpReply {200, "text/plain", arguments.constFirst().toUtf8()};
            });
            routes.get(u"/big"_s, [calls](const HttpRequest &, const QStringList &) {
                if (calls)
                    ++*calls;
                return HttpReply {200, "text/plain", QByteArray(kBig, 'x')};
            });
            routes.add("POST", u"/body"_s, [](const HttpRequest &request, const QStringList &) {
                return HttpReply {200, "text/plain", request.body};
            });
            routes.get(u"/throw"_s, [](const HttpRequest &, const QStringList &) -> HttpReply {
                throw std::runtime_error("a route's mistake");
            });
            routes.get(u"/throw/odd"_s, [](const HttpRequest &, const QStringList &) -> HttpReply { throw 42; });
        };
    };
}

} // namespace

/// The front door over raw TCP: deadlines, caps, and every answer read by the letter.
class TestFrontDoor : public QObject
{
    Q_OBJECT

private slots:
    void slowHead();
    void silence();
    void slowBody();
    void idleKeepAlive();
    void slowSecondHead();

    void connectionsInAll();
    void connectionsPerAddress();
    void idleGivesWay();
    void busyDoesNotGiveWay();
    void crowdGivesWay();
    void unreadAnswerDoesNotGiveWay();
    void refusedAddressPushesNobodyOut();
    void silentCrowdGivesWay();

    void bodyTooLarge();
    void continues();
    void bodyArrivesWhole();
    void pipelining();
    void unreadPipeline();
    void keepAlive_data();
    void keepAlive();
    void head();
    void options();
    void unknownPath();
    void wrongMethod();
    void refusedBodyIsNoRequest();
    void noHttp_data();
    void noHttp();
    void halfClosed_data();
    void halfClosed();
    void slowReaderThatReads();
    void slowReaderThatStops();
    void vanishes();
    void routeThrows();
    void argumentsDecodedOnce_data();
    void argumentsDecodedOnce();
    void closingFinishesRequests();
    void qtSeesNoSecrets();
};

// --- deadlines -------------------------------------------------------------------------------------

void TestFrontDoor::slowHead()
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

void TestFrontDoor::silence()
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

void TestFrontDoor::slowBody()
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

void TestFrontDoor::idleKeepAlive()
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

void TestFrontDoor::slowSecondHead()
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

// --- caps ------------------------------------------------------------------------------------------

void TestFrontDoor::connectionsInAll()
{
    NetServer server([](NetServer::Settings &settings) { settings.net.connections = 2; });
    RawClient first(server.port());
    RawClient second(server.port());
    QTRY_COMPARE(server.door().connectionCount(), 2);
    RawClient third(server.port());
    QTRY_VERIFY(third.isEnded());
    const HttpAnswers answers = answersOf(third);
    QVERIFY2(answers.isClean(), qPrintable(answers.fault));
    QCOMPARE(answers.list.constFirst().status, 503);
    QCOMPARE(answers.list.constFirst().errorCode(), u"server_full"_s);
    QCOMPARE(answers.list.constFirst().field("retry-after"), QByteArray("5"));
    QCOMPARE(server.metrics().refusals(), 1u);

    first.close();
    QTRY_COMPARE(server.door().connectionCount(), 1);
    RawClient fourth(server.port());
    fourth.send(get("/healthz"));
    QTRY_COMPARE(answersOf(fourth).list.size(), 1);
    QCOMPARE(answersOf(fourth).list.constFirst().status, 200);
}

void TestFrontDoor::connectionsPerAddress()
{
    NetServer server([](NetServer::Settings &settings) { settings.net.connectionsPerAddress = 2; });
    RawClient first(server.port());
    RawClient second(server.port());
    RawClient third(server.port());
    third.send(get("/healthz"));
    QTRY_VERIFY(third.isEnded());
    QCOMPARE(answersOf(third).list.constFirst().status, 503);
    RawClient neighbour(server.port(), {QHostAddress(u"127.0.0.2"_s)});
    neighbour.send(get("/healthz"));
    QTRY_COMPARE(answersOf(neighbour).list.size(), 1);
    QCOMPARE(answersOf(neighbour).list.constFirst().status, 200);

    second.reset();
    QTRY_COMPARE(server.door().connectionCount(), 2);
    RawClient fourth(server.port());
    fourth.send(get("/healthz"));
    QTRY_COMPARE(answersOf(fourth).list.value(0).status, 200);
}

void TestFrontDoor::idleGivesWay()
{
    NetServer server([](NetServer::Settings &settings) { settings.net.unjoined = 2; });
    RawClient first(server.port());
    first.send(get("/healthz"));
    QTRY_COMPARE(answersOf(first).list.size(), 1);
    RawClient second(server.port());
    second.send(get("/healthz"));
    QTRY_COMPARE(answersOf(second).list.size(), 1);

    RawClient third(server.port());
    third.send(get("/healthz"));
    QTRY_COMPARE(answersOf(third).list.value(0).status, 200);
    QTRY_VERIFY(first.isEnded()); // the longest idle
    QVERIFY(!second.isEnded());
    QTRY_COMPARE(server.door().connectionCount(), 2);
}

void TestFrontDoor::busyDoesNotGiveWay()
{
    NetServer server([](NetServer::Settings &settings) { settings.net.unjoined = 2; });
    RawClient first(server.port());
    first.send("GET /heal");
    RawClient second(server.port());
    QTRY_COMPARE(server.door().connectionCount(), 2);
    RawClient third(server.port());
    QTRY_VERIFY(third.isEnded());
    QCOMPARE(answersOf(third).list.value(0).status, 503);
    first.send("thz HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(answersOf(first).list.value(0).status, 200);
}

/// One host's silent crowd cannot keep all others out.
void TestFrontDoor::crowdGivesWay()
{
    NetServer server([](NetServer::Settings &settings) { settings.net.unjoined = 4; });
    std::vector<std::unique_ptr<RawClient>> crowd;
    for (int i = 0; i < 4; ++i)
        crowd.push_back(std::make_unique<RawClient>(server.port()));
    QTRY_COMPARE(server.door().connectionCount(), 4);
    RawClient neighbour(server.port(), {QHostAddress(u"127.0.0.2"_s)});
    neighbour.send("GET /heal");
    QTRY_VERIFY(crowd[0]->isEnded());
    RawClient further(server.port(), {QHostAddress(u"127.0.0.2"_s)});
    further.send("GET /heal");
    QTRY_VERIFY(crowd[1]->isEnded());
    QVERIFY(!neighbour.isEnded() && !further.isEnded()); // who holds little does not pay
    RawClient own(server.port());
    QTRY_VERIFY(own.isEnded()); // and the crowd does not push out the neighbour
    QCOMPARE(answersOf(own).list.value(0).status, 503);
    neighbour.send("thz HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(answersOf(neighbour).list.value(0).status, 200);
}

void TestFrontDoor::unreadAnswerDoesNotGiveWay()
{
    NetServer server([](NetServer::Settings &settings) {
        settings.net.unjoined = 1;
        withRoutes()(settings);
    });
    RawClient first(server.port(), {QHostAddress::LocalHost, 8 * 1024});
    first.stopReading();
    first.send(get("/big"));
    QTRY_COMPARE(server.metrics().count(Metrics::HttpRequests), 1u);
    RawClient second(server.port());
    QTRY_VERIFY(second.isEnded());
    QCOMPARE(answersOf(second).list.value(0).status, 503);
    first.resumeReading();
    QTRY_COMPARE_WITH_TIMEOUT(answersOf(first).list.size(), 1, 20'000);
    QCOMPARE(answersOf(first).list.constFirst().body.size(), kBig);
}

void TestFrontDoor::refusedAddressPushesNobodyOut()
{
    NetServer server([](NetServer::Settings &settings) {
        settings.net.unjoined = 2;
        settings.net.connectionsPerAddress = 1;
    });
    RawClient idle(server.port(), {QHostAddress(u"127.0.0.2"_s)});
    idle.send(get("/healthz"));
    QTRY_COMPARE(answersOf(idle).list.size(), 1);
    RawClient first(server.port());
    QTRY_COMPARE(server.door().connectionCount(), 2);
    RawClient second(server.port());
    QTRY_VERIFY(second.isEnded());
    QCOMPARE(answersOf(second).list.value(0).status, 503);
    idle.send(get("/healthz"));
    QTRY_COMPARE(answersOf(idle).list.size(), 2);
    QVERIFY(!idle.isEnded());
}

/// One host that opens all places and says nothing locks nobody out.
void TestFrontDoor::silentCrowdGivesWay()
{
    NetServer server([](NetServer::Settings &settings) { settings.net.unjoined = 3; });
    const QHostAddress crowd(u"127.0.0.2"_s);
    RawClient first(server.port(), {crowd});
    QTRY_COMPARE(server.door().connectionCount(), 1);
    RawClient second(server.port(), {crowd});
    RawClient third(server.port(), {crowd});
    QTRY_COMPARE(server.door().connectionCount(), 3);

    RawClient guest(server.port());
    guest.send(get("/healthz"));
    QTRY_COMPARE(answersOf(guest).list.value(0).status, 200);
    QTRY_VERIFY(first.isEnded()); // the crowd's oldest
    QVERIFY(!second.isEnded() && !third.isEnded());
}

// --- requests --------------------------------------------------------------------------------------

void TestFrontDoor::bodyTooLarge()
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

void TestFrontDoor::continues()
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

void TestFrontDoor::bodyArrivesWhole()
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

void TestFrontDoor::pipelining()
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

/// Many requests and no reading: only so many are answered as the reader takes.
void TestFrontDoor::unreadPipeline()
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

void TestFrontDoor::keepAlive_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("stays");
    QTest::newRow("1.1") << get("/healthz") << true;
    QTest::newRow("1.1 close") << get("/healthz", "Connection: close\r\n") << false;
    QTest::newRow("1.0") << QByteArray("GET /healthz HTTP/1.0\r\n\r\n") << false;
    QTest::newRow("1.0 keep-alive") << QByteArray("GET /healthz HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n") << true;
}

void TestFrontDoor::keepAlive()
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

void TestFrontDoor::head()
{
    NetServer server(withRoutes());
    RawClient client(server.port());
    client.send("HEAD /echo/hello HTTP/1.1\r\nHost: a\r\n\r\n" + get("/echo/hello")
                + "HEAD /nothing HTTP/1.1\r\nHost: a\r\n\r\nHEAD /body HTTP/1.1\r\nHost: a\r\n\r\n" + get("/healthz"));
    const QByteArrayList methods {"HEAD", "GET", "HEAD", "HEAD", "GET"};
    QTRY_COMPARE(answersOf(client, methods).list.size(), 5);
    const HttpAnswers answers = answersOf(client, methods);
    QVERIFY2(answers.isClean(), qPrintable(answers.fault));
    QCOMPARE(answers.list.at(0).fields, answers.list.at(1).fields);
    QCOMPARE(answers.list.at(0).field("content-length"), QByteArray("5"));
    QCOMPARE(answers.list.at(2).status, 404);
    QCOMPARE(answers.list.at(3).status, 405);
    QCOMPARE(answers.list.at(4).status, 200);
}

void TestFrontDoor::options()
{
    NetServer server(withRoutes());
    RawClient client(server.port());
    client.send("OPTIONS /echo/x HTTP/1.1\r\nHost: a\r\n\r\nOPTIONS /body HTTP/1.1\r\nHost: a\r\n\r\n"
                "OPTIONS /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(answersOf(client).list.size(), 3);
    const QList<HttpAnswer> answers = answersOf(client).list;
    QCOMPARE(answers.at(0).status, 204);
    QCOMPARE(answers.at(0).field("allow"), QByteArray("GET, HEAD, OPTIONS"));
    QCOMPARE(answers.at(1).field("allow"), QByteArray("POST, OPTIONS"));
    QCOMPARE(answers.at(2).status, 404);
}

void TestFrontDoor::unknownPath()
{
    NetServer server;
    RawClient client(server.port());
    const QByteArrayList targets {"/nothing", "/api", "/api/rooms/", "/api/rooms//users", "/API/rooms", "/healthz/x",
                                  "/ws/general/anna"};
    for (const QByteArray &target : targets)
        client.send(get(target));
    QTRY_COMPARE(answersOf(client).list.size(), targets.size());
    for (const HttpAnswer &answer : answersOf(client).list) {
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.errorCode(), u"not_found"_s);
        QCOMPARE(answer.field("content-type"), QByteArray("application/json"));
    }
}

void TestFrontDoor::wrongMethod()
{
    NetServer server(withRoutes());
    RawClient client(server.port());
    client.send("DELETE /healthz HTTP/1.1\r\nHost: a\r\n\r\n" + get("/body"));
    QTRY_COMPARE(answersOf(client).list.size(), 2);
    const QList<HttpAnswer> answers = answersOf(client).list;
    QCOMPARE(answers.at(0).status, 405);
    QCOMPARE(answers.at(0).errorCode(), u"method_not_allowed"_s);
    QCOMPARE(answers.at(0).field("allow"), QByteArray("GET, HEAD, OPTIONS"));
    QCOMPARE(answers.at(1).status, 405);
    QCOMPARE(answers.at(1).field("allow"), QByteArray("POST, OPTIONS"));
}

/// A body that looks like a request stays a body, whatever becomes of the request it belongs to.
void TestFrontDoor::refusedBodyIsNoRequest()
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

void TestFrontDoor::noHttp_data()
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

void TestFrontDoor::noHttp()
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

void TestFrontDoor::halfClosed_data()
{
    QTest::addColumn<QByteArray>("requests");
    QTest::addColumn<qsizetype>("bodySize");
    QTest::newRow("small") << get("/echo/hello") << qsizetype(5);
    QTest::newRow("small, 1.0") << QByteArray("GET /echo/hello HTTP/1.0\r\n\r\n") << qsizetype(5);
    QTest::newRow("big") << get("/big") << kBig;
    QTest::newRow("big, close") << get("/big", "Connection: close\r\n") << kBig;
}

void TestFrontDoor::halfClosed()
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

/// A slow line is no fault: as long as the answer moves, no deadline cuts it off.
void TestFrontDoor::slowReaderThatReads()
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

void TestFrontDoor::slowReaderThatStops()
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

void TestFrontDoor::vanishes()
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

void TestFrontDoor::routeThrows()
{
    NetServer server(withRoutes());
    RawClient client(server.port());
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"incident [0-9a-f]{8} - a route failed: a route's mistake"_s));
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"incident [0-9a-f]{8} - a route failed: something that is no"_s));
    client.send(get("/throw") + get("/throw/odd") + get("/echo/next"));
    QTRY_COMPARE(answersOf(client).list.size(), 3);
    for (const auto &answer : answersOf(client).list.first(2)) {
        QCOMPARE(answer.status, 500);
        QCOMPARE(answer.errorCode(), u"internal"_s);
        QVERIFY(QRegularExpression(u"incident [0-9a-f]{8}\""_s).match(QString::fromUtf8(answer.body)).hasMatch());
        QVERIFY(!answer.body.contains("mistake's"));
    }
    QCOMPARE(answersOf(client).list.at(2).body, QByteArray("next"));
}

void TestFrontDoor::argumentsDecodedOnce_data()
{
    QTest::addColumn<QByteArray>("segment");
    QTest::addColumn<QByteArray>("argument");
    const auto row = [](const QByteArray &segment, const QByteArray &argument) {
        QTest::newRow(segment.constData()) << segment << argument;
    };
    row("plain", "plain");
    row("%41", "A");
    row("%2541", "%41");
    row("%252f", "%2f");
    row("a+b", "a+b");
    row("a%3Fb%23c%26d%3De", "a?b#c&d=e");
    row("a;b,c:d@e!f$g'h(i)*", "a;b,c:d@e!f$g'h(i)*");
    row("%D0%90%D0%BD%D0%BD%D0%B0", "Анна");
    row("%F0%9F%98%80", "😀");
    row("%7B%7D%22%3C%3E%5E%60%7C", "{}\"<>^`|");
    row("%20", " ");
    row("...", "...");
    row("%E2%80%A8", "\u2028");
    row("%EF%BB%BFx", "\uFEFFx");
    row("%01%7F", "\x01\x7F");
}

void TestFrontDoor::argumentsDecodedOnce()
{
    QFETCH(QByteArray, segment);
    QFETCH(QByteArray, argument);
    NetServer server(withRoutes());
    RawClient client(server.port());
    client.send(get("/echo/" + segment));
    QTRY_COMPARE(answersOf(client).list.size(), 1);
    QCOMPARE(answersOf(client).list.constFirst().status, 200);
    QCOMPARE(answersOf(client).list.constFirst().body, argument);
}

void TestFrontDoor::closingFinishesRequests()
{
    NetServer server(withRoutes());
    RawClient idle(server.port());
    idle.send(get("/healthz"));
    QTRY_COMPARE(answersOf(idle).list.size(), 1);
    RawClient busy(server.port());
    busy.send(get("/echo/half").chopped(2));
    QTRY_COMPARE(server.door().connectionCount(), 2);
    turnLoop();

    server.door().stopListening();
    QTRY_VERIFY(idle.isEnded());
    QVERIFY(!RawClient(server.port()).isOpen());
    busy.send("\r\n");
    QTRY_VERIFY(busy.isEnded());
    QCOMPARE(answersOf(busy).list.size(), 1);
    QCOMPARE(answersOf(busy).list.constFirst().body, QByteArray("half"));
    QCOMPARE(answersOf(busy).list.constFirst().field("connection"), QByteArray("close"));
}

/// Qt's debug categories print what it parses. Whoever turns them on reads no token, since Qt never sees one.
void TestFrontDoor::qtSeesNoSecrets()
{
    static QString printed;
    printed.clear();
    QLoggingCategory::setFilterRules(u"qt.httpserver*=true"_s);
    const QtMessageHandler before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &text) { printed += text + u'\n'; });
    {
        NetServer server(withRoutes());
        RawClient client(server.port());
        client.send(get("/echo/plain?token=s3cret-a", "Authorization: Bearer s3cret-b\r\nCookie: s3cret-c\r\n"));
        [&client] { QTRY_COMPARE(answersOf(client).list.size(), 1); }();
    }
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules(QString());
    QVERIFY2(printed.contains(u"/echo/plain"_s), qPrintable(printed)); // they do print
    QVERIFY2(!printed.contains(u"s3cret"_s), qPrintable(printed));
}

QTEST_GUILESS_MAIN(TestFrontDoor)
#include "tst_frontdoor.moc"
