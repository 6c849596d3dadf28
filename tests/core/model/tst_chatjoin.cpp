// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Coming into a room: both halves, every refusal.
class TestChatJoin : public QObject
{
    Q_OBJECT

private slots:
    void twoHalves();
    void whatTheNewcomerLearns();
    void openRoomIsReadyAtOnce();
    void severalWaitForOneRoom();
    void completeNeedsReadyTicket();
    void cancelWhileOpening();
    void cancelAfterReady();
    void storeFails();
    void storeFailsForThatRoomAlone();
    void tooManyRooms();
    void tooManySessions();
    void strangersAreNotOnePerson();
    void joinRate();
    void shuttingDown();
    void shutdownBetweenTheHalves();
    void kickedBetweenTheHalves();
    void sessionsFillUpBetweenTheHalves();
};

namespace {

const QString kGeneral = u"general"_s;

ErrorCode refusal(const Chat &chat, TicketId ticket)
{
    return chat.refusals.value(ticket, Error {ErrorCode::None, {}}).code;
}

} // namespace

void TestChatJoin::twoHalves()
{
    Chat chat([](ModelLimits &limits) { limits.ring = 77; });
    const TicketId ticket = chat.request({});
    QCOMPARE(chat.store.opening, QList<RoomName> {roomName(kGeneral)});
    QCOMPARE(chat.store.askedNewest, 77);
    QVERIFY(chat.news().isEmpty());

    chat.store.answerOpen();
    QCOMPARE(chat.news(), QStringList {u"joinReady 1"_s});
    QCOMPARE(chat.manager.roomCount(), 0); // nobody is in yet
    QCOMPARE(chat.manager.sessionCount(), 0);

    const Result<Joined> joined = chat.manager.completeJoin(ticket);
    QVERIFY(joined);
    QCOMPARE(chat.news(), (QStringList {u"roomOpened general"_s, u"sessionJoined #1 general anna"_s,
                                        u"userJoined general anna #1 told"_s}));
    QCOMPARE(chat.manager.roomCount(), 1);
    QCOMPARE(chat.manager.sessionCount(), 1);
    QCOMPARE(chat.manager.userCount(), 1);
    const SessionInfo *info = chat.manager.session(joined.value().session);
    QVERIFY(info);
    QCOMPARE(info->user.text(), u"anna"_s);
    QCOMPARE(info->room.text(), kGeneral);
    QCOMPARE(info->address, u"10.0.0.1"_s);
    QCOMPARE(info->agent, u"test"_s);
    QCOMPARE(info->since, chat.clock.wallClock().count());
}

void TestChatJoin::whatTheNewcomerLearns()
{
    Chat chat;
    chat.request({});
    Message earlier;
    earlier.seq = 41;
    Message newest;
    newest.seq = 42;
    chat.store.answerOpen(u"e7"_s, {earlier, newest});
    QVERIFY(chat.manager.completeJoin(TicketId {1}));
    const Result<Joined> ben = chat.tryJoin({u"ben"_s, {}, u"10.0.0.2"_s, u"GENERAL"_s});
    QVERIFY(ben);
    QCOMPARE(quint64(ben.value().session), 2u);
    QCOMPARE(ben.value().room.text(), kGeneral); // as the first wrote it
    QCOMPARE(ben.value().name.text(), u"ben"_s);
    QCOMPARE(ben.value().epoch, u"e7"_s);
    QCOMPARE(ben.value().head, 42u);
    QCOMPARE(ben.value().users, (QStringList {u"anna"_s, u"ben"_s}));
}

void TestChatJoin::openRoomIsReadyAtOnce()
{
    Chat chat;
    chat.join(u"anna"_s);
    chat.news();
    chat.request({u"ben"_s});
    QCOMPARE(chat.news(), QStringList {u"joinReady 2"_s});
    QVERIFY(chat.store.opening.isEmpty());
    QVERIFY(chat.manager.completeJoin(TicketId {2}));
    QCOMPARE(chat.news(), (QStringList {u"sessionJoined #2 general ben"_s, u"userJoined general ben #2 told"_s}));
}

void TestChatJoin::severalWaitForOneRoom()
{
    Chat chat;
    for (const char16_t *name : {u"a", u"b", u"c"})
        chat.request({QString::fromUtf16(name)});
    chat.request({u"d"_s, {}, {}, u"elsewhere"_s});
    QCOMPARE(chat.store.opening.size(), 2); // each room once
    chat.store.answerOpen();
    QCOMPARE(chat.news(), (QStringList {u"joinReady 1"_s, u"joinReady 2"_s, u"joinReady 3"_s}));
    QVERIFY(!chat.manager.completeJoin(TicketId {4}));
}

void TestChatJoin::completeNeedsReadyTicket()
{
    Chat chat;
    const TicketId ticket = chat.request({});
    const Result<Joined> early = chat.manager.completeJoin(ticket);
    QVERIFY(!early);
    QCOMPARE(early.error().code, ErrorCode::NotFound);
    chat.store.answerOpen();
    QVERIFY(chat.manager.completeJoin(ticket)); // asking too early cost nothing
    QVERIFY(!chat.manager.completeJoin(ticket));
    QVERIFY(!chat.manager.completeJoin(TicketId {99}));
    QCOMPARE(chat.manager.sessionCount(), 1);
}

void TestChatJoin::cancelWhileOpening()
{
    Chat chat;
    const TicketId ticket = chat.request({});
    chat.manager.cancelJoin(ticket);
    chat.manager.cancelJoin(ticket);
    chat.manager.cancelJoin(TicketId {99});
    QVERIFY(chat.store.closed.isEmpty()); // not before it has answered
    chat.store.answerOpen();
    QCOMPARE(chat.store.closed, QList<RoomName> {roomName(kGeneral)});
    QVERIFY(chat.news().isEmpty()); // a room that nobody entered neither opened nor closed
    chat.request({});
    QCOMPARE(chat.store.opening.size(), 1); // and it opens again
}

void TestChatJoin::cancelAfterReady()
{
    Chat chat;
    const TicketId ticket = chat.request({});
    chat.store.answerOpen();
    chat.news();
    chat.manager.cancelJoin(ticket);
    QCOMPARE(chat.store.closed.size(), 1);
    QVERIFY(chat.news().isEmpty());
    QVERIFY(!chat.manager.completeJoin(ticket));
}

void TestChatJoin::storeFails()
{
    Chat chat;
    const TicketId first = chat.request({u"anna"_s});
    const TicketId second = chat.request({u"ben"_s});
    const TicketId gone = chat.request({u"mia"_s});
    chat.manager.cancelJoin(gone);
    chat.store.failOpen({ErrorCode::Unavailable, u"no disk"_s, {}, 3s});
    QCOMPARE(chat.news(), (QStringList {u"joinRefused 1 unavailable"_s, u"joinRefused 2 unavailable"_s}));
    QCOMPARE(chat.refusals.value(second).retryAfter, 3000ms);
    QVERIFY(!chat.manager.completeJoin(first));
    QVERIFY(chat.store.closed.isEmpty()); // it was never open
    QVERIFY(chat.tryJoin({})); // the next one tries again
}

void TestChatJoin::storeFailsForThatRoomAlone()
{
    Chat chat;
    chat.join(Visitor {u"anna"_s, {}, {}, u"tea"_s});
    const TicketId ticket = chat.request({u"ben"_s});
    chat.store.failOpen({ErrorCode::Unavailable, u"no disk"_s});
    QCOMPARE(refusal(chat, ticket), ErrorCode::Unavailable);
    QCOMPARE(chat.manager.rooms().size(), 1);
    chat.say(SessionId {1}, u"still here"_s);
}

void TestChatJoin::tooManyRooms()
{
    Chat chat([](ModelLimits &limits) { limits.rooms = 2; });
    const SessionId inA = chat.join({u"anna"_s, {}, {}, u"a"_s});
    chat.request({u"anna"_s, {}, {}, u"b"_s}); // one that is still opening counts
    const Result<Joined> third = chat.tryJoin({u"anna"_s, {}, {}, u"c"_s});
    QVERIFY(!third);
    QCOMPARE(third.error().code, ErrorCode::TooManyRooms);
    QVERIFY(chat.tryJoin({u"ben"_s, {}, {}, u"A"_s})); // those that exist take people in
    chat.manager.leave(inA);
    QVERIFY(!chat.tryJoin({u"mia"_s, {}, {}, u"c"_s})); // ben is still in a
    chat.manager.leave(SessionId {2});
    QVERIFY(chat.tryJoin({u"mia"_s, {}, {}, u"c"_s}));
}

void TestChatJoin::tooManySessions()
{
    Chat chat([](ModelLimits &limits) { limits.sessionsPerPerson = 2; });
    const SessionId first = chat.join({u"anna"_s, u"p-anna"_s});
    chat.join({u"anna"_s, u"p-anna"_s, u"10.0.0.9"_s});
    const Result<Joined> third = chat.tryJoin({u"anna"_s, u"p-anna"_s});
    QVERIFY(!third);
    QCOMPARE(third.error().code, ErrorCode::TooManySessions);
    QVERIFY(chat.tryJoin({u"ben"_s, u"p-ben"_s}));
    chat.manager.leave(first);
    QVERIFY(chat.tryJoin({u"anna"_s, u"p-anna"_s}));
}

void TestChatJoin::strangersAreNotOnePerson()
{
    Chat chat([](ModelLimits &limits) { limits.sessionsPerPerson = 1; });
    for (int i = 0; i < 5; ++i)
        QVERIFY(chat.tryJoin({}));
    QCOMPARE(chat.manager.userCount(), 5);
}

void TestChatJoin::joinRate()
{
    Chat chat([](ModelLimits &limits) { limits.joins = {2, 10s}; });
    QVERIFY(chat.tryJoin({u"a"_s}));
    QVERIFY(chat.tryJoin({u"b"_s}));
    const Result<Joined> third = chat.tryJoin({u"c"_s});
    QVERIFY(!third);
    QCOMPARE(third.error().code, ErrorCode::RateLimited);
    QCOMPARE(third.error().retryAfter, 5000ms);
    QVERIFY(chat.tryJoin({u"d"_s, {}, u"10.0.0.2"_s})); // another address
    chat.clock.advance(4999ms);
    QVERIFY(!chat.tryJoin({u"c"_s}));
    chat.clock.advance(1ms);
    QVERIFY(chat.tryJoin({u"c"_s}));
}

void TestChatJoin::shuttingDown()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    chat.manager.beginShutdown();
    const TicketId ticket = chat.request({u"ben"_s});
    QCOMPARE(refusal(chat, ticket), ErrorCode::ShuttingDown);
    QVERIFY(chat.refusals.value(ticket).retryAfter > 0ms);
    QCOMPARE(chat.manager.post(anna, u"hello"_s, {}).error().code, ErrorCode::ShuttingDown);
    chat.manager.leave(anna); // who is in may go
    QCOMPARE(chat.manager.sessionCount(), 0);
}

void TestChatJoin::shutdownBetweenTheHalves()
{
    Chat chat;
    const TicketId ready = chat.request({});
    const TicketId opening = chat.request({u"ben"_s, {}, {}, u"tea"_s});
    chat.store.answerOpen();
    chat.manager.beginShutdown();
    QCOMPARE(chat.manager.completeJoin(ready).error().code, ErrorCode::ShuttingDown);
    QCOMPARE(chat.store.closed.size(), 1); // the place it kept is free
    chat.store.answerOpen();
    QCOMPARE(chat.manager.completeJoin(opening).error().code, ErrorCode::ShuttingDown);
    QCOMPARE(chat.store.closed.size(), 2);
    QCOMPARE(chat.manager.roomCount(), 0);
}

void TestChatJoin::kickedBetweenTheHalves()
{
    Chat chat;
    chat.join({u"anna"_s, u"p-anna"_s});
    const TicketId second = chat.request({u"anna"_s, u"p-anna"_s});
    QVERIFY(chat.manager.kick(roomName(kGeneral), userName(u"anna"_s), u"spam"_s, 60s));
    const Result<Joined> joined = chat.manager.completeJoin(second);
    QVERIFY(!joined);
    QCOMPARE(joined.error().code, ErrorCode::Kicked);
    QCOMPARE(joined.error().retryAfter, 60000ms);
    QVERIFY(joined.error().detail.contains(u"spam"));
    QCOMPARE(chat.manager.sessionCount(), 0);
    QCOMPARE(chat.store.closed.size(), 1);
}

void TestChatJoin::sessionsFillUpBetweenTheHalves()
{
    Chat chat([](ModelLimits &limits) { limits.sessionsPerPerson = 1; });
    const TicketId a = chat.request({u"anna"_s, u"p-anna"_s});
    const TicketId b = chat.request({u"anna"_s, u"p-anna"_s});
    chat.store.answerOpen();
    QVERIFY(chat.manager.completeJoin(a));
    QCOMPARE(chat.manager.completeJoin(b).error().code, ErrorCode::TooManySessions);
}

QTEST_GUILESS_MAIN(TestChatJoin)
#include "tst_chatjoin.moc"
