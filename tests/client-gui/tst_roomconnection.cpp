// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/support/connectionsubject.h"

#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Joining a room, talking in it, and resuming it after a loss.
class TestRoomConnection : public QObject
{
    Q_OBJECT

private slots:
    void joins();
    void asksForTheSubprotocol();
    void echoIsReported();
    void sendsOnlyWhileOnline();
    void resumesAfterALoss();
    void resumesAnEmptyRoom();
    void unseenHistoryIsNotResumed();
    void longHistoryIsNoResume();
    void duplicatesAreDropped();
    void repeatedMessageIsReported();
    void resyncReplaces();
    void otherEpochReplaces();
    void retryNow();
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

void TestRoomConnection::resumesAnEmptyRoom()
{
    FakeServer server;
    Subject subject(server);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    server.stop();
    QTRY_COMPARE(subject.link(), Link::Waiting);
    server.listen();
    QTRY_VERIFY(subject.connection.isOnline());
    QCOMPARE(server.query(1).queryItemValue(u"since"_s), u"0"_s);
    QCOMPARE(server.query(1).queryItemValue(u"epoch"_s), u"e1"_s);
}

/// Lost between the welcome and the history: all of it, from the first message on, is not wanted.
void TestRoomConnection::unseenHistoryIsNotResumed()
{
    FakeServer server;
    server.manners.welcome = false;
    Subject subject(server);
    subject.connection.open();
    QTRY_COMPARE(server.clients(), 1);
    WelcomeEvent welcome;
    welcome.session = u"1"_s;
    welcome.username = u"anna"_s;
    welcome.room = u"general"_s;
    welcome.epoch = server.epoch;
    welcome.head = 5000;
    server.send(welcome);
    QTRY_COMPARE(subject.link(), Link::CatchingUp);
    server.abort();
    QTRY_COMPARE(server.connections(), 2);
    QVERIFY(!server.query(1).hasQueryItem(u"since"_s));
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
