// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/roomconnection.h"
#include "client-gui/support/fakeserver.h"
#include "protocol/eventcodec.h"
#include "support/fakeclock.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Waits of milliseconds instead of seconds; the fake clock decides what is a long time.
ConnectionTiming quick()
{
    ConnectionTiming timing;
    timing.firstRetry = 5ms;
    timing.longestRetry = 20ms;
    timing.ping = 10ms;
    timing.random = [] { return 0.5; };
    return timing;
}

/// Everything of a connection that a test wants to see.
struct Subject
{
    explicit Subject(const FakeServer &server, const ConnectionTiming &timing = quick())
        : Subject(server.address(), timing)
    {
    }
    explicit Subject(const QString &address, const ConnectionTiming &timing = quick())
        : connection(*ServerAddress::parse(address), u"general"_s, u"anna"_s, clock, timing)
    {
        QObject::connect(&connection, &RoomConnection::messagesArrived, &connection,
                         [this](const QList<MessageEvent> &messages, Arrival arrival) {
                             if (arrival == Arrival::Replace) {
                                 ++replaced;
                                 texts.clear();
                             }
                             for (const MessageEvent &message : messages)
                                 texts << message.content;
                         });
        QObject::connect(&connection, &RoomConnection::stateChanged, &connection,
                         [this](const ConnectionState &state) { links << state.link; });
    }
    Link link() const { return connection.state().link; }
    Cause cause() const { return connection.state().cause; }

    FakeClock clock;
    RoomConnection connection;
    QStringList texts;
    QList<Link> links;
    int replaced = 0;
};

/// Another client loses its connection and comes back: as long as any reconnecting takes.
bool loseAndReturn(FakeServer &server)
{
    Subject other(server);
    other.connection.open();
    if (!QTest::qWaitFor([&other] { return other.connection.isOnline(); }))
        return false;
    server.abort();
    if (!QTest::qWaitFor([&other] { return other.link() == Link::Waiting; }))
        return false;
    return QTest::qWaitFor([&other] { return other.connection.isOnline(); });
}

} // namespace

class TestRoomConnection : public QObject
{
    Q_OBJECT

private slots:
    void joins();
    void asksForTheSubprotocol();
    void refusesAnotherProtocol();
    void echoIsReported();
    void sendsOnlyWhileOnline();
    void resumesAfterALoss();
    void longHistoryIsNoResume();
    void duplicatesAreDropped();
    void repeatedMessageIsReported();
    void resyncReplaces();
    void otherEpochReplaces();
    void kickedStaysOut();
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
    void retryNow();
    void hostile_data();
    void hostile();
    void hostileWelcome_data();
    void hostileWelcome();
    void hugeFrame();
    void messagesBeforeTheWelcome();
    void closedIsClosed();
};

void TestRoomConnection::joins()
{
    FakeServer server;
    server.say(u"Ben"_s, u"one"_s);
    server.say(u"Ben"_s, u"two"_s);
    Subject subject(server);
    QSignalSpy welcomed(&subject.connection, &RoomConnection::welcomed);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    QCOMPARE(subject.links, QList<Link>({Link::Connecting, Link::CatchingUp, Link::Online}));
    QCOMPARE(welcomed.size(), 1);
    QCOMPARE(subject.texts, QStringList({u"one"_s, u"two"_s}));
    QCOMPARE(subject.connection.lastSeq(), 2u);
    QCOMPARE(server.request(0).path(), u"/ws/general/anna"_s);
    QVERIFY(!server.query(0).hasQueryItem(u"since"_s));
}

void TestRoomConnection::asksForTheSubprotocol()
{
    FakeServer server;
    Subject subject(server);
    server.grantedName = u"anna-2"_s;
    QCOMPARE(subject.connection.userName(), u"anna"_s);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline()); // the server selects it only when it is offered
    QCOMPARE(subject.connection.userName(), u"anna-2"_s);
    QCOMPARE(subject.connection.resumeToken(), u"token-of-anna"_s);
}

void TestRoomConnection::refusesAnotherProtocol()
{
    FakeServer server({true, true, false});
    Subject subject(server);
    subject.connection.open();
    QTRY_COMPARE(subject.link(), Link::Refused);
    QCOMPARE(subject.cause(), Cause::OtherProtocol);
    QTRY_COMPARE(server.clients(), 0);
}

void TestRoomConnection::echoIsReported()
{
    FakeServer server;
    Subject subject(server);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    QSignalSpy arrived(&subject.connection, &RoomConnection::messagesArrived);
    QVERIFY(subject.connection.send(PostCommand {u"hello"_s, u"cid-1"_s}));
    QTRY_COMPARE(arrived.size(), 1);
    const auto messages = arrived.at(0).at(0).value<QList<MessageEvent>>();
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages.at(0).cid, u"cid-1"_s);
    QCOMPARE(messages.at(0).username, u"anna"_s);
}

void TestRoomConnection::sendsOnlyWhileOnline()
{
    FakeServer server;
    Subject subject(server);
    QVERIFY(!subject.connection.send(PostCommand {u"too early"_s, u"c"_s}));
    subject.connection.open();
    QVERIFY(!subject.connection.send(PostCommand {u"too early"_s, u"c"_s}));
    QTRY_VERIFY(subject.connection.isOnline());
    QVERIFY(subject.connection.send(TypingCommand {true}));
    QTRY_COMPARE(server.received(u"typing"_s).size(), 1);
    QCOMPARE(server.received(u"message"_s).size(), 0);
}

void TestRoomConnection::resumesAfterALoss()
{
    FakeServer server;
    server.say(u"Ben"_s, u"one"_s);
    Subject subject(server);
    QSignalSpy caughtUp(&subject.connection, &RoomConnection::caughtUp);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    QCOMPARE(caughtUp.at(0).at(1).toBool(), false);
    server.stop();
    QTRY_COMPARE(subject.link(), Link::Waiting);
    server.say(u"Ben"_s, u"two"_s);
    server.listen();
    QTRY_VERIFY(subject.connection.isOnline());
    QCOMPARE(server.query(1).queryItemValue(u"since"_s), u"1"_s);
    QCOMPARE(server.query(1).queryItemValue(u"epoch"_s), u"e1"_s);
    QCOMPARE(server.query(1).queryItemValue(u"resume"_s), u"token-of-anna"_s);
    QTRY_COMPARE(subject.texts, QStringList({u"one"_s, u"two"_s}));
    QCOMPARE(subject.replaced, 1); // the first join alone
    QCOMPARE(caughtUp.at(1).at(1).toBool(), true);
}

void TestRoomConnection::longHistoryIsNoResume()
{
    FakeServer server;
    for (int i = 0; i < 300; ++i) // more than is handed on at once
        server.say(u"Ben"_s, QString::number(i));
    Subject subject(server);
    QSignalSpy caughtUp(&subject.connection, &RoomConnection::caughtUp);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    QCOMPARE(subject.texts.size(), 300);
    QCOMPARE(subject.replaced, 1);
    QCOMPARE(caughtUp.at(0).at(1).toBool(), false);
    server.stop();
    QTRY_COMPARE(subject.link(), Link::Waiting);
    server.epoch = u"e2"_s; // the resync comes behind the welcome
    server.listen();
    QTRY_VERIFY(subject.connection.isOnline());
    QCOMPARE(subject.replaced, 2);
    QCOMPARE(caughtUp.at(1).at(1).toBool(), false);
}

void TestRoomConnection::duplicatesAreDropped()
{
    FakeServer server;
    Subject subject(server);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    const MessageEvent first = server.say(u"Ben"_s, u"one"_s);
    server.send(first);
    const MessageEvent second = server.say(u"Ben"_s, u"two"_s);
    server.send(first);
    server.send(second);
    server.say(u"Ben"_s, u"three"_s);
    QTRY_COMPARE(subject.texts.size(), 3);
    QCOMPARE(subject.texts, QStringList({u"one"_s, u"two"_s, u"three"_s}));
}

void TestRoomConnection::repeatedMessageIsReported()
{
    FakeServer server;
    Subject subject(server);
    QSignalSpy repeated(&subject.connection, &RoomConnection::messageRepeated);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    const MessageEvent mine = server.say(u"anna"_s, u"one"_s, u"cid-9"_s);
    server.send(mine);
    QTRY_COMPARE(repeated.size(), 1);
    QCOMPARE(repeated.at(0).at(0).value<MessageEvent>().cid, u"cid-9"_s);
}

void TestRoomConnection::resyncReplaces()
{
    FakeServer server;
    server.say(u"Ben"_s, u"old"_s);
    Subject subject(server);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    server.stop();
    QTRY_COMPARE(subject.link(), Link::Waiting);
    server.manners.welcome = false;
    server.listen();
    QTRY_COMPARE(server.connections(), 2);
    WelcomeEvent welcome;
    welcome.session = u"2"_s;
    welcome.username = u"anna"_s;
    welcome.room = u"general"_s;
    welcome.epoch = u"e1"_s;
    server.send(welcome);
    server.send(ResyncEvent {u"retention"_s});
    server.send(MessageEvent {u"m900"_s, u"Ben"_s, u"new"_s, 0, u"general"_s, 900, {}});
    server.send(HistoryEndEvent {900, 900, false});
    QTRY_VERIFY(subject.connection.isOnline());
    QCOMPARE(subject.texts, QStringList({u"new"_s}));
    QCOMPARE(subject.connection.lastSeq(), 900u);
    QCOMPARE(subject.replaced, 2);
}

void TestRoomConnection::otherEpochReplaces()
{
    FakeServer server;
    server.say(u"Ben"_s, u"one"_s);
    server.say(u"Ben"_s, u"two"_s);
    Subject subject(server);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    server.stop();
    QTRY_COMPARE(subject.link(), Link::Waiting);
    server.epoch = u"e2"_s;
    server.history.clear();
    server.setHead(0);
    server.listen();
    QTRY_VERIFY(subject.connection.isOnline());
    QCOMPARE(subject.texts, QStringList());
    server.say(u"Ben"_s, u"first of the new epoch"_s); // seq 1 again
    QTRY_COMPARE(subject.texts, QStringList({u"first of the new epoch"_s}));
}

void TestRoomConnection::kickedStaysOut()
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

void TestRoomConnection::bannedStaysOut()
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

void TestRoomConnection::serverClosingIsWaitedFor()
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

void TestRoomConnection::refusalBeforeTheWelcome_data()
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

void TestRoomConnection::refusalBeforeTheWelcome()
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

void TestRoomConnection::silenceEndsIt()
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

void TestRoomConnection::noWelcomeEndsIt()
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

void TestRoomConnection::nobodyThere()
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

void TestRoomConnection::somebodyElseThere_data()
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

void TestRoomConnection::somebodyElseThere()
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

void TestRoomConnection::backsOff()
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

void TestRoomConnection::retryNow()
{
    FakeServer server;
    ConnectionTiming timing = quick();
    timing.firstRetry = timing.longestRetry = 30s;
    Subject subject(server, timing);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    server.abort();
    QTRY_COMPARE(subject.link(), Link::Waiting);
    QCOMPARE(subject.cause(), Cause::ConnectionLost);
    QVERIFY(subject.connection.timeToRetry() > 20s);
    subject.connection.retryNow();
    QTRY_VERIFY(subject.connection.isOnline());
}

void TestRoomConnection::hostile_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fault");
    QTest::newRow("nothing") << QString() << true;
    QTest::newRow("no JSON") << u"hello"_s << true;
    QTest::newRow("an array") << u"[1,2,3]"_s << true;
    QTest::newRow("cut off") << u"{\"message_type\":\"mess"_s << true;
    QTest::newRow("message without everything") << u"{\"message_type\":\"message\"}"_s << true;
    QTest::newRow("message of wrong types")
        << u"{\"message_type\":\"message\",\"id\":1,\"username\":[],\"content\":{},\"timestamp\":0,\"seq\":\"x\"}"_s << true;
    QTest::newRow("negative seq")
        << u"{\"message_type\":\"message\",\"id\":\"a\",\"username\":\"b\",\"content\":\"c\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"seq\":-1}"_s
        << true;
    QTest::newRow("second welcome")
        << u"{\"message_type\":\"welcome\",\"session\":\"s\",\"username\":\"x\",\"room\":\"r\",\"epoch\":\"z\",\"head\":0}"_s << true;
    QTest::newRow("deep") << QString(100'000, u'[') << true;
    QTest::newRow("unknown type") << u"{\"message_type\":\"from_the_future\"}"_s << false;
    QTest::newRow("no type") << u"{}"_s << false;
    QTest::newRow("NUL") << QString(QChar(u'\0')) << true;
    QTest::newRow("user_joined without a name") << u"{\"message_type\":\"user_joined\"}"_s << true;
}

void TestRoomConnection::hostile()
{
    QFETCH(QString, text);
    QFETCH(bool, fault);
    FakeServer server;
    Subject subject(server);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    server.sendText(text);
    server.say(u"Ben"_s, u"still there?"_s);
    QTRY_COMPARE(subject.texts, QStringList({u"still there?"_s}));
    QVERIFY(subject.connection.isOnline());
    QCOMPARE(subject.connection.userName(), u"anna"_s);
    QCOMPARE(subject.connection.faults(), fault ? 1 : 0);
}

void TestRoomConnection::hostileWelcome_data()
{
    QTest::addColumn<QString>("room");
    QTest::newRow("slash") << u"a/b"_s;
    QTest::newRow("nothing") << QString();
    QTest::newRow("path segment") << u".."_s;
    QTest::newRow("control character") << u"general\u0007"_s;
    QTest::newRow("endless") << QString(100'000, u'r');
}

void TestRoomConnection::hostileWelcome()
{
    QFETCH(QString, room);
    FakeServer server;
    server.manners.welcome = false;
    ConnectionTiming timing = quick();
    timing.firstRetry = timing.longestRetry = 10s; // one attempt is enough
    Subject subject(server, timing);
    QSignalSpy welcomed(&subject.connection, &RoomConnection::welcomed);
    subject.connection.open();
    QTRY_COMPARE(server.clients(), 1);
    WelcomeEvent welcome;
    welcome.session = u"1"_s;
    welcome.username = u"anna"_s;
    welcome.room = room;
    welcome.epoch = u"e1"_s;
    server.send(welcome);
    QTRY_COMPARE(subject.link(), Link::Waiting);
    QCOMPARE(subject.cause(), Cause::NotAServer);
    QCOMPARE(subject.connection.faults(), 1);
    QCOMPARE(welcomed.size(), 0);
}

void TestRoomConnection::hugeFrame()
{
    FakeServer server;
    ConnectionTiming timing = quick();
    timing.firstRetry = timing.longestRetry = 10s;
    Subject subject(server, timing);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    server.sendText(QString(int(RoomConnection::kMaxIncomingBytes) + 1, u'x'));
    QTRY_COMPARE(subject.link(), Link::Waiting);
    QVERIFY(subject.texts.isEmpty());
}

void TestRoomConnection::messagesBeforeTheWelcome()
{
    FakeServer server;
    server.manners.welcome = false;
    Subject subject(server);
    subject.connection.open();
    QTRY_COMPARE(server.clients(), 1);
    server.say(u"Mallory"_s, u"before the welcome"_s);
    QTRY_COMPARE(subject.connection.faults(), 1);
    QVERIFY(subject.texts.isEmpty());
    QCOMPARE(subject.connection.lastSeq(), 0u);
}

void TestRoomConnection::closedIsClosed()
{
    FakeServer server;
    Subject subject(server);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    subject.connection.close();
    QCOMPARE(subject.link(), Link::Offline);
    QTRY_COMPARE(server.clients(), 0);
    QVERIFY(loseAndReturn(server));
    QCOMPARE(server.connections(), 3); // two of them were the other's
}

QTEST_GUILESS_MAIN(TestRoomConnection)
#include "tst_roomconnection.moc"
