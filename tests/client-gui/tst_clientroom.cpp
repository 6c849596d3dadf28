// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/room.h"
#include "client-gui/support/fakeserver.h"
#include "support/fakeclock.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ConnectionTiming quick()
{
    ConnectionTiming timing;
    timing.firstRetry = 5ms;
    timing.longestRetry = 20ms;
    return timing;
}

struct Subject
{
    explicit Subject(const FakeServer &server)
        : room(*ServerAddress::parse(server.address()), u"general"_s, u"anna"_s, clock, quick())
        , contract(&room.messages(), QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
    }
    bool join()
    {
        room.connection().open();
        return QTest::qWaitFor([this] { return room.connection().isOnline(); });
    }
    int delivery(int row)
    {
        return room.messages().index(row).data(MessageModel::DeliveryRole).toInt();
    }
    QString text(int row) { return room.messages().index(row).data().toString(); }
    QString cid(int row) { return room.messages().index(row).data(MessageModel::CidRole).toString(); }

    FakeClock clock;
    Room room;
    QAbstractItemModelTester contract;
};

constexpr int kSent = int(MessageModel::Delivery::Sent);
constexpr int kPending = int(MessageModel::Delivery::Pending);
constexpr int kFailed = int(MessageModel::Delivery::Failed);

} // namespace

class TestClientRoom : public QObject
{
    Q_OBJECT

private slots:
    void echoAcknowledges();
    void errorFailsAndRetryDelivers();
    void discardForgets();
    void passingTroubleGoesByItself_data();
    void passingTroubleGoesByItself();
    void keepsToTheServersRate();
    void writtenOfflineIsSentLater();
    void lostEchoIsNotSaidTwice();
    void overdueEchoIsAskedForAgain();
    void repeatedEchoAcknowledges();
    void restoredIsSent();
    void unread();
    void unreadAfterAnAbsence();
    void unreadAfterARestart();
    void historyIsNotUnread();
    void people();
    void typing();
    void tellsTyping();
    void notices();
    void serverSpelling();
};

void TestClientRoom::echoAcknowledges()
{
    FakeServer server;
    Subject s(server);
    QVERIFY(s.join());
    QVERIFY(!s.room.say(u"  \n "_s));
    QVERIFY(s.room.say(u"  hello  "_s));
    QCOMPARE(s.text(0), u"hello"_s);
    QCOMPARE(s.delivery(0), kPending);
    QTRY_COMPARE(s.delivery(0), kSent);
    QCOMPARE(s.room.messages().rowCount(), 1);
    QCOMPARE(s.room.outbox().entries().size(), 0);
    QCOMPARE(server.received(u"message"_s).size(), 1);
    QCOMPARE(server.received(u"message"_s).at(0).value("cid"_L1).toString().size(), 36);
}

void TestClientRoom::errorFailsAndRetryDelivers()
{
    FakeServer server;
    server.manners.echo = false;
    Subject s(server);
    QVERIFY(s.join());
    s.room.say(u"hello"_s);
    QTRY_COMPARE(server.received(u"message"_s).size(), 1);
    server.send(ErrorEvent {{ErrorCode::NotJoined, u"not in a room"_s}, s.cid(0)});
    QTRY_COMPARE(s.delivery(0), kFailed);
    QCOMPARE(s.room.messages().index(0).data(MessageModel::ErrorRole).value<Error>().code, ErrorCode::NotJoined);
    server.manners.echo = true;
    s.room.retry(s.cid(0));
    QTRY_COMPARE(s.delivery(0), kSent);
    QCOMPARE(server.received(u"message"_s).size(), 2);
    QCOMPARE(server.received(u"message"_s).at(0).value("cid"_L1), server.received(u"message"_s).at(1).value("cid"_L1));
}

void TestClientRoom::discardForgets()
{
    FakeServer server;
    server.manners.echo = false;
    Subject s(server);
    QVERIFY(s.join());
    s.room.say(u"hello"_s);
    QTRY_COMPARE(server.received(u"message"_s).size(), 1);
    server.send(ErrorEvent {{ErrorCode::Forbidden, {}}, s.cid(0)});
    QTRY_COMPARE(s.delivery(0), kFailed);
    s.room.discard(s.cid(0));
    QCOMPARE(s.room.messages().rowCount(), 0);
    QCOMPARE(s.room.outbox().entries().size(), 0);
}

void TestClientRoom::passingTroubleGoesByItself_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("too fast") << ErrorCode::RateLimited;
    QTest::newRow("no store") << ErrorCode::Unavailable;
}

void TestClientRoom::passingTroubleGoesByItself()
{
    QFETCH(ErrorCode, code);
    FakeServer server;
    server.manners.echo = false;
    Subject s(server);
    QVERIFY(s.join());
    s.room.say(u"hello"_s);
    QTRY_COMPARE(server.received(u"message"_s).size(), 1);
    server.manners.echo = true;
    QSignalSpy changed(&s.room, &Room::outboxChanged);
    server.send(ErrorEvent {{code, u"not now"_s, {}, 300ms}, s.cid(0)});
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(s.delivery(0), kPending); // not failed
    QCOMPARE(server.received(u"message"_s).size(), 1);
    s.clock.advance(300ms);
    QTRY_COMPARE(s.delivery(0), kSent);
    QCOMPARE(server.received(u"message"_s).size(), 2);
}

void TestClientRoom::keepsToTheServersRate()
{
    FakeServer server;
    server.limits.messagesBurst = 2;
    server.limits.messagesPeriodMs = 200;
    Subject s(server);
    QVERIFY(s.join());
    for (int i = 0; i < 3; ++i)
        s.room.say(QString::number(i));
    QTRY_COMPARE(s.delivery(1), kSent);
    QCOMPARE(s.delivery(2), kPending);
    s.clock.advance(100ms);
    QTRY_COMPARE(s.delivery(2), kSent);
}

void TestClientRoom::writtenOfflineIsSentLater()
{
    FakeServer server;
    Subject s(server);
    QVERIFY(s.join());
    server.stop();
    QTRY_COMPARE(s.room.connection().state().link, Link::Waiting);
    s.room.say(u"one"_s);
    s.room.say(u"two"_s);
    QCOMPARE(s.room.outbox().pendingCount(), 2);
    server.listen();
    QTRY_COMPARE(s.room.outbox().pendingCount(), 0);
    QCOMPARE(s.text(0), u"one"_s);
    QCOMPARE(s.text(1), u"two"_s);
    QCOMPARE(s.delivery(1), kSent);
}

void TestClientRoom::lostEchoIsNotSaidTwice()
{
    FakeServer server;
    server.manners.echo = false;
    Subject s(server);
    QVERIFY(s.join());
    s.room.say(u"hello"_s);
    QTRY_COMPARE(server.received(u"message"_s).size(), 1);
    const QString cid = s.cid(0);
    // The server commits, and the connection breaks before the echo is out.
    server.stop();
    QTRY_COMPARE(s.room.connection().state().link, Link::Waiting);
    server.say(u"anna"_s, u"hello"_s, cid);
    server.listen();
    QTRY_VERIFY(s.room.connection().isOnline());
    QCOMPARE(s.delivery(0), kSent); // the replay acknowledged it
    QCOMPARE(s.room.messages().rowCount(), 1);
    QCOMPARE(s.room.outbox().entries().size(), 0);
    s.room.say(u"next"_s);
    QTRY_COMPARE(server.received(u"message"_s).size(), 2);
    QCOMPARE(server.received(u"message"_s).at(1).value("content"_L1).toString(), u"next"_s);
}

/// The connection is up, and still nobody says what became of the message.
void TestClientRoom::overdueEchoIsAskedForAgain()
{
    FakeServer server;
    server.manners.echo = false;
    Subject s(server);
    QVERIFY(s.join());
    s.room.say(u"one"_s);
    QTRY_COMPARE(server.received(u"message"_s).size(), 1);
    s.clock.advance(11s);
    s.room.say(u"two"_s);
    QTRY_COMPARE(server.received(u"message"_s).size(), 2);
    s.clock.advance(1s);
    server.manners.echo = true;
    s.room.say(u"three"_s); // has the room look what may go now, as its timer does
    QTRY_COMPARE(server.received(u"message"_s).size(), 4);
    const auto cid = [&server](int i) { return server.received(u"message"_s).at(i).value("cid"_L1).toString(); };
    QCOMPARE(cid(2), cid(0));
    QVERIFY(cid(3) != cid(1));
    QTRY_COMPARE(s.room.outbox().entries().size(), 1);
    QCOMPARE(server.connections(), 1);
}

void TestClientRoom::repeatedEchoAcknowledges()
{
    FakeServer server;
    server.manners.echo = false;
    server.say(u"Ben"_s, u"one"_s);
    server.say(u"Ben"_s, u"two"_s);
    server.say(u"Ben"_s, u"three"_s);
    Subject s(server);
    QVERIFY(s.join());
    s.room.say(u"hello"_s);
    QTRY_COMPARE(server.received(u"message"_s).size(), 1);
    MessageEvent echo = server.history.at(1); // what was said in an earlier run
    echo.username = u"anna"_s;
    echo.cid = s.cid(3);
    server.send(echo);
    QTRY_COMPARE(s.room.outbox().entries().size(), 0);
    QCOMPARE(s.room.messages().rowCount(), 3);
}

void TestClientRoom::restoredIsSent()
{
    FakeServer server;
    Subject s(server);
    s.room.restoreOutbox({{Cid(u"from-the-last-run"_s), u"unsent"_s, 1000, Outbox::State::Queued, {}}});
    QCOMPARE(s.delivery(0), kPending);
    QVERIFY(s.join());
    QTRY_COMPARE(s.delivery(0), kSent);
    QCOMPARE(server.received(u"message"_s).at(0).value("cid"_L1).toString(), u"from-the-last-run"_s);
}

void TestClientRoom::unread()
{
    FakeServer server;
    server.say(u"Ben"_s, u"old"_s);
    Subject s(server);
    QVERIFY(s.join());
    QSignalSpy missed(&s.room, &Room::messageMissed);
    s.room.setActive(true);
    server.say(u"Ben"_s, u"seen"_s);
    QTRY_COMPARE(s.room.messages().rowCount(), 2);
    QCOMPARE(s.room.unread(), 0);
    s.room.setActive(false);
    server.say(u"anna"_s, u"my own, from another device"_s);
    server.say(u"Ben"_s, u"missed"_s);
    server.say(u"Ben"_s, u"missed too"_s);
    QTRY_COMPARE(s.room.unread(), 2);
    QCOMPARE(missed.size(), 2);
    QCOMPARE(missed.at(0).at(1).toString(), u"missed"_s);
    const auto flags = [&s](int row) {
        return MessageModel::Flags(s.room.messages().index(row).data(MessageModel::FlagsRole).toUInt());
    };
    QVERIFY(flags(3).testFlag(MessageModel::FirstUnread));
    s.room.setActive(true);
    QCOMPARE(s.room.unread(), 0);
    QVERIFY(flags(3).testFlag(MessageModel::FirstUnread)); // stays while it is being read
    s.room.setActive(false);
    QVERIFY(!flags(3).testFlag(MessageModel::FirstUnread));
}

void TestClientRoom::unreadAfterAnAbsence()
{
    FakeServer server;
    server.say(u"Ben"_s, u"old"_s);
    Subject s(server);
    QVERIFY(s.join());
    s.room.setActive(true);
    s.room.setActive(false);
    server.stop();
    QTRY_COMPARE(s.room.connection().state().link, Link::Waiting);
    server.say(u"Ben"_s, u"while away"_s);
    server.listen();
    QTRY_COMPARE(s.room.unread(), 1);
}

void TestClientRoom::unreadAfterARestart()
{
    FakeServer server;
    for (int i = 0; i < 9; ++i)
        server.say(u"Ben"_s, u"old"_s);
    Subject s(server);
    QVERIFY(s.join());
    s.room.setActive(true);
    s.room.setActive(false);
    server.say(u"Ben"_s, u"missed, and gone with the restart"_s);
    QTRY_COMPARE(s.room.unread(), 1);
    QSignalSpy missed(&s.room, &Room::messageMissed);
    server.stop();
    QTRY_COMPARE(s.room.connection().state().link, Link::Waiting);
    server.epoch = u"e2"_s; // a server that keeps nothing begins its rooms anew
    server.history.clear();
    server.setHead(0);
    server.say(u"Ben"_s, u"while away"_s);
    server.listen();
    QTRY_VERIFY(s.room.connection().isOnline());
    QCOMPARE(s.room.unread(), 1);
    server.say(u"Ben"_s, u"live"_s);
    QTRY_COMPARE(s.room.unread(), 2);
    QCOMPARE(missed.size(), 2);
    QCOMPARE(missed.at(0).at(1).toString(), u"while away"_s);
    s.room.setActive(true);
    s.room.setActive(false);
    server.say(u"Ben"_s, u"below the line"_s);
    QTRY_COMPARE(s.room.messages().rowCount(), 3);
    const quint32 flags = s.room.messages().index(2).data(MessageModel::FlagsRole).toUInt();
    QVERIFY(MessageModel::Flags(flags).testFlag(MessageModel::FirstUnread));
}

void TestClientRoom::historyIsNotUnread()
{
    FakeServer server;
    for (int i = 0; i < 50; ++i)
        server.say(u"Ben"_s, QString::number(i));
    Subject s(server);
    QVERIFY(s.join());
    QCOMPARE(s.room.messages().rowCount(), 50);
    QCOMPARE(s.room.unread(), 0);
}

void TestClientRoom::people()
{
    FakeServer server;
    server.people = {u"Ben"_s, u"Cleo"_s};
    Subject s(server);
    QVERIFY(s.join());
    QCOMPARE(s.room.people().names(), QStringList({u"anna"_s, u"Ben"_s, u"Cleo"_s}));
    server.send(UserJoinedEvent {u"Dora"_s, 1});
    server.send(UserLeftEvent {u"Ben"_s, 2});
    QTRY_COMPARE(s.room.people().names(), QStringList({u"anna"_s, u"Cleo"_s, u"Dora"_s}));
    QCOMPARE(s.room.messages().rowCount(), 1); // one line for both
    server.send(PresenceEvent {{u"Emil"_s}, {u"Dora"_s}, 900, 3});
    QTRY_COMPARE(s.room.people().count(), 900);
    QCOMPARE(s.room.people().names(), QStringList({u"anna"_s, u"Cleo"_s, u"Emil"_s}));
    QCOMPARE(s.room.messages().rowCount(), 1); // a big room says nothing of joins
}

void TestClientRoom::typing()
{
    FakeServer server;
    Subject s(server);
    QVERIFY(s.join());
    QSignalSpy changed(&s.room, &Room::typingChanged);
    server.send(TypingEvent {u"anna"_s, true, 1}); // that is me, elsewhere
    server.send(TypingEvent {u"Ben"_s, true, 1});
    QTRY_COMPARE(s.room.typing(), QStringList({u"Ben"_s}));
    QCOMPARE(changed.size(), 1);
    server.say(u"Ben"_s, u"done"_s);
    QTRY_COMPARE(s.room.typing(), QStringList());
    server.send(TypingEvent {u"Ben"_s, true, 1});
    QTRY_COMPARE(s.room.typing().size(), 1);
    server.abort();
    QTRY_COMPARE(s.room.typing(), QStringList());
}

void TestClientRoom::tellsTyping()
{
    FakeServer server;
    Subject s(server);
    QVERIFY(s.join());
    s.room.noteTyping(false); // nothing to tell
    for (int i = 0; i < 20; ++i)
        s.room.noteTyping(true);
    s.clock.advance(3s);
    s.room.noteTyping(true);
    s.room.noteTyping(false);
    s.room.noteTyping(false);
    QTRY_COMPARE(server.received(u"typing"_s).size(), 3);
    QCOMPARE(server.received(u"typing"_s).at(1).value("on"_L1).toBool(), true);
    QCOMPARE(server.received(u"typing"_s).at(2).value("on"_L1).toBool(), false);
    s.room.noteTyping(true);
    s.room.say(u"the message itself says that it is over"_s);
    s.room.noteTyping(false);
    QTRY_COMPARE(server.received(u"message"_s).size(), 1);
    QCOMPARE(server.received(u"typing"_s).size(), 4);
}

void TestClientRoom::notices()
{
    FakeServer server;
    Subject s(server);
    QVERIFY(s.join());
    QSignalSpy notices(&s.room, &Room::noticeReceived);
    server.send(NoticeEvent {u"Lunch!"_s, u"info"_s, false, 0, 5});
    QTRY_COMPARE(notices.size(), 1);
    QCOMPARE(notices.at(0).at(0).value<NoticeEvent>().content, u"Lunch!"_s);
}

void TestClientRoom::serverSpelling()
{
    FakeServer server;
    server.grantedName = u"anna-2"_s;
    Subject s(server);
    QVERIFY(s.join());
    s.room.say(u"hello"_s);
    QTRY_COMPARE(s.delivery(0), kSent);
    QCOMPARE(s.room.messages().index(0).data(MessageModel::AuthorRole).toString(), u"anna-2"_s);
    QVERIFY(s.room.messages().index(0).data(MessageModel::OwnRole).toBool());
    QCOMPARE(s.room.people().names().contains(u"anna-2"_s), true);
    server.abort();
    QTRY_COMPARE(server.connections(), 2);
    QCOMPARE(server.request(1).path(), u"/ws/general/anna"_s); // asks for the own name again
}

QTEST_GUILESS_MAIN(TestClientRoom)
#include "tst_clientroom.moc"
