// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpexchange.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/testroutes.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// Who gets a place at the door, who gives way for it, and how it closes.
class TestFrontDoor : public QObject
{
    Q_OBJECT

private slots:
    void connectionsInAll();
    void connectionsPerAddress();
    void idleGivesWay();
    void busyDoesNotGiveWay();
    void crowdGivesWay();
    void unreadAnswerDoesNotGiveWay();
    void refusedAddressPushesNobodyOut();
    void silentCrowdGivesWay();

    void closingFinishesRequests();
};

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

QTEST_GUILESS_MAIN(TestFrontDoor)
#include "tst_frontdoor.moc"
