// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/support/connectionsubject.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Every way in which a connection ends, and what comes of it.
class TestConnectionEndings : public QObject
{
    Q_OBJECT

private slots:
    void kickedStaysOut();
    void kickedIsToldWhyAgain();
    void bannedStaysOut();
    void serverClosingIsWaitedFor();
    void refusalBeforeTheWelcome_data();
    void refusalBeforeTheWelcome();
    void silenceEndsIt();
    void noWelcomeEndsIt();
    void nobodyThere();
    void somebodyElseThere_data();
    void somebodyElseThere();
    void backsOff();
};

void TestConnectionEndings::kickedStaysOut()
{
    FakeServer server;
    Subject subject(server);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    server.send(KickedEvent {u"mind your words"_s, 60'000, 0});
    server.close(4430, u"kicked"_s);
    QTRY_COMPARE(subject.link(), Link::Kicked);
    QCOMPARE(subject.cause(), Cause::Kicked);
    QCOMPARE(subject.connection.state().detail, u"mind your words"_s);
    QCOMPARE(subject.connection.timeToRetry(), 60'000ms);
    QVERIFY(!subject.connection.canRetry());
    subject.connection.retryNow(); // too early: nothing
    QCOMPARE(subject.link(), Link::Kicked);
    subject.clock.advance(60s);
    QVERIFY(subject.connection.canRetry());
    QCOMPARE(subject.link(), Link::Kicked); // never by itself
    QCOMPARE(server.connections(), 1);
    subject.connection.retryNow();
    QTRY_VERIFY(subject.connection.isOnline());
}

/// Who tries again too early is told the operator's reason once more, apart from the server's own sentence.
void TestConnectionEndings::kickedIsToldWhyAgain()
{
    FakeServer server;
    server.manners.welcome = false;
    Subject subject(server);
    subject.connection.open();
    QTRY_COMPARE(server.clients(), 1);
    server.send(ErrorEvent {{ErrorCode::Kicked, u"you were removed from this room: mind your words"_s, {}, 5s, Limit::None,
                             u"mind your words"_s}, {}});
    server.close(4430, u"kicked"_s);
    QTRY_COMPARE(subject.link(), Link::Kicked);
    QCOMPARE(subject.connection.state().detail, u"mind your words"_s);
}

void TestConnectionEndings::bannedStaysOut()
{
    FakeServer server;
    Subject subject(server);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    server.close(4403, u"not here"_s);
    QTRY_COMPARE(subject.link(), Link::Refused);
    QCOMPARE(subject.cause(), Cause::NotAllowed);
    QCOMPARE(subject.connection.state().detail, u"not here"_s);
    QVERIFY(loseAndReturn(server));
    QCOMPARE(server.connections(), 3); // two of them were the other's
}

void TestConnectionEndings::serverClosingIsWaitedFor()
{
    FakeServer server;
    Subject subject(server);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    server.send(ServerClosingEvent {200, 0});
    server.close(4503, u"restart"_s);
    QTRY_COMPARE(subject.link(), Link::Waiting);
    QCOMPARE(subject.cause(), Cause::ServerClosing);
    QVERIFY(subject.connection.timeToRetry() >= 200ms);
    QVERIFY(subject.connection.timeToRetry() <= 240ms);
    QTRY_VERIFY(subject.connection.isOnline());
}

void TestConnectionEndings::refusalBeforeTheWelcome_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<int>("closeCode");
    QTest::addColumn<Link>("link");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("bad name") << ErrorCode::BadName << 4400 << Link::Refused << Cause::BadName;
    QTest::newRow("login") << ErrorCode::Unauthorized << 4401 << Link::Refused << Cause::NotLoggedIn;
    QTest::newRow("banned") << ErrorCode::Forbidden << 4403 << Link::Refused << Cause::NotAllowed;
    QTest::newRow("no room") << ErrorCode::NotFound << 4404 << Link::Refused << Cause::NoSuchRoom;
    QTest::newRow("kicked") << ErrorCode::Kicked << 4430 << Link::Kicked << Cause::Kicked;
    QTest::newRow("full") << ErrorCode::ServerFull << 4503 << Link::Waiting << Cause::ServerFull;
    QTest::newRow("many windows") << ErrorCode::TooManySessions << 4429 << Link::Waiting << Cause::TooManySessions;
    QTest::newRow("no store") << ErrorCode::Unavailable << 4503 << Link::Waiting << Cause::ServerTrouble;
    QTest::newRow("unknown") << ErrorCode::Internal << 4999 << Link::Waiting << Cause::Other;
    QTest::newRow("too many joins") << ErrorCode::RateLimited << 4429 << Link::Waiting << Cause::Flooding;
    QTest::newRow("something new") << ErrorCode::Internal << 4423 << Link::Refused << Cause::RoomLocked;
}

void TestConnectionEndings::refusalBeforeTheWelcome()
{
    QFETCH(ErrorCode, code);
    QFETCH(int, closeCode);
    QFETCH(Link, link);
    QFETCH(Cause, cause);
    FakeServer server;
    server.manners.welcome = false;
    Subject subject(server);
    subject.connection.open();
    QTRY_COMPARE(server.clients(), 1);
    server.send(ErrorEvent {{code, u"because"_s, {}, 5s}, {}});
    server.close(closeCode, u"closed"_s);
    QTRY_COMPARE(subject.link(), link);
    QCOMPARE(subject.cause(), cause);
    if (cause != Cause::RoomLocked) {
        if (cause != Cause::Kicked) // there the detail is the operator's reason
            QCOMPARE(subject.connection.state().detail, u"because"_s);
        QVERIFY(subject.connection.timeToRetry() >= 5s);
    }
}

void TestConnectionEndings::silenceEndsIt()
{
    FakeServer server;
    Subject subject(server);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    QSignalSpy pongs(subject.connection.findChild<QWebSocket *>(), &QWebSocket::pong);
    for (int minute = 0; minute < 3; ++minute) {
        subject.clock.advance(59s);
        const qsizetype before = pongs.size();
        QTRY_VERIFY(pongs.size() > before); // each is a sign of life
    }
    QVERIFY(subject.connection.isOnline());
    QCOMPARE(server.connections(), 1);
    subject.clock.advance(61s);
    QTRY_VERIFY(subject.links.contains(Link::Waiting));
    QTRY_VERIFY(subject.connection.isOnline());
    QCOMPARE(server.connections(), 2);
}

void TestConnectionEndings::noWelcomeEndsIt()
{
    FakeServer server;
    server.manners.welcome = false;
    ConnectionTiming timing = quick();
    timing.handshake = 50ms;
    Subject subject(server, timing);
    subject.connection.open();
    QTRY_COMPARE(subject.link(), Link::Waiting);
    QCOMPARE(subject.cause(), Cause::TimedOut);
    QTRY_VERIFY(server.connections() >= 2);
}

void TestConnectionEndings::nobodyThere()
{
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QString address = u"127.0.0.1:%1"_s.arg(closed.serverPort());
    closed.close();
    Subject subject(address);
    subject.connection.open();
    QTRY_COMPARE(subject.link(), Link::Waiting);
    QCOMPARE(subject.cause(), Cause::ConnectionRefused);
}

void TestConnectionEndings::somebodyElseThere_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Link>("link");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("hangs up") << QByteArray() << Link::Waiting << Cause::NotAServer;
    QTest::newRow("a web server") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n") << Link::Waiting
                                  << Cause::NotAServer;
    QTest::newRow("overloaded") << QByteArray("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
                                << Link::Waiting << Cause::ServerFull;
    QTest::newRow("forbidden") << QByteArray("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") << Link::Refused
                               << Cause::NotAllowed;
}

void TestConnectionEndings::somebodyElseThere()
{
    QFETCH(QByteArray, answer);
    QFETCH(Link, link);
    QFETCH(Cause, cause);
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    int open = 0;
    connect(&other, &QTcpServer::newConnection, this, [&other, &open, answer] {
        QTcpSocket *socket = other.nextPendingConnection();
        ++open;
        QObject::connect(socket, &QTcpSocket::disconnected, socket, [&open] { --open; });
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
            socket->readAll();
            if (answer.isEmpty())
                socket->close();
            else
                socket->write(answer);
        });
    });
    ConnectionTiming timing = quick();
    timing.firstRetry = 10s; // one attempt is enough
    timing.longestRetry = 10s;
    Subject subject(u"127.0.0.1:%1"_s.arg(other.serverPort()), timing);
    subject.connection.open();
    QTRY_COMPARE(subject.link(), link);
    QCOMPARE(subject.cause(), cause);
    QTRY_COMPARE(open, 0); // Qt before 6.6 would stay connected
}

void TestConnectionEndings::backsOff()
{
    double next = 0;
    Backoff backoff(1s, 30s, [&next] { return next; });
    QCOMPARE(backoff.next(), 500ms);
    QCOMPARE(backoff.next(), 1000ms);
    next = 0.999999;
    QVERIFY(backoff.next() > 3900ms);
    QVERIFY(backoff.next() <= 8000ms);
    for (int i = 0; i < 100; ++i)
        QVERIFY(backoff.next() <= 30s);
    next = 0;
    QCOMPARE(backoff.next(), 15s);
    QCOMPARE(backoff.spread(10s), 10s);
    next = 0.5;
    QCOMPARE(backoff.spread(10s), 11s);
    backoff.reset();
    QCOMPARE(backoff.next(), 750ms);
}

QTEST_GUILESS_MAIN(TestConnectionEndings)
#include "tst_connectionendings.moc"
