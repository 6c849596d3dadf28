// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Who is who in a room, when rooms begin and end, and what can be asked about them.
class TestChatPeople : public QObject
{
    Q_OBJECT

private slots:
    void takenNameGetsNumber();
    void lookAlikesAreTaken();
    void ownGhostGivesTheNameBack();
    void secondWindowIsTheSamePerson();
    void samePersonInTwoRooms();
    void roomsThatLookAlikeAreOne();
    void leavingTheUnknown();
    void roomClosesWithTheLast();
    void roomStaysForReservation();
    void roomStaysForDraft();
    void roomRefilledBeforeItClosed();
    void closedRoomOpensAnew();
    void asking();
    void askingAboutTheUnknown();
};

void TestChatPeople::takenNameGetsNumber()
{
    Chat chat;
    chat.join(u"anna"_s);
    const Result<Joined> second = chat.tryJoin({u"anna"_s});
    QCOMPARE(second.value().name.text(), u"anna-2"_s);
    QCOMPARE(chat.tryJoin({u"anna"_s}).value().name.text(), u"anna-3"_s);
    chat.manager.leave(second.value().session);
    QCOMPARE(chat.tryJoin({u"anna"_s}).value().name.text(), u"anna-2"_s);
    QCOMPARE(chat.manager.userNames(roomName(u"general"_s)), (QStringList {u"anna"_s, u"anna-3"_s, u"anna-2"_s}));
}

void TestChatPeople::lookAlikesAreTaken()
{
    Chat chat;
    chat.join(u"Admin"_s);
    QCOMPARE(chat.tryJoin({u"аdmin"_s}).value().name.text(), u"аdmin-2"_s); // with a Cyrillic а
    QCOMPARE(chat.tryJoin({u"ADMIN"_s}).value().name.text(), u"ADMIN-3"_s);
}

/// A client whose connection broke comes back before the server has noticed.
void TestChatPeople::ownGhostGivesTheNameBack()
{
    Chat chat;
    const SessionId ghost = chat.join({u"anna"_s, u"p-anna"_s});
    chat.news();
    const Result<Joined> back = chat.tryJoin({u"anna"_s, u"p-anna"_s});
    QCOMPARE(back.value().name.text(), u"anna"_s);
    QCOMPARE(back.value().users, QStringList {u"anna"_s});
    chat.manager.leave(ghost);
    QVERIFY(chat.news(u"user"_s).isEmpty()); // nobody else hears of it
    QVERIFY(chat.manager.session(back.value().session));
}

void TestChatPeople::secondWindowIsTheSamePerson()
{
    Chat chat;
    chat.join(u"ben"_s);
    chat.news();
    const SessionId first = chat.join({u"anna"_s, u"p-anna"_s});
    const SessionId second = chat.join({u"Anna K"_s, u"p-anna"_s, u"10.9.9.9"_s}); // asks for another name, keeps hers
    QCOMPARE(chat.news(), (QStringList {u"joinReady 2"_s, u"sessionJoined #2 general anna"_s,
                                        u"userJoined general anna #2 told"_s, u"joinReady 3"_s,
                                        u"sessionJoined #3 general anna"_s}));
    QCOMPARE(chat.manager.userCount(), 2);
    QCOMPARE(chat.manager.sessionCount(), 3);
    QCOMPARE(chat.manager.rooms().constFirst().users, 2);
    QCOMPARE(chat.manager.rooms().constFirst().sessions, 3);

    chat.manager.leave(first);
    QCOMPARE(chat.news(), QStringList {u"sessionLeft #2 general anna"_s});
    chat.manager.leave(second);
    QCOMPARE(chat.news(), (QStringList {u"sessionLeft #3 general anna"_s, u"userLeft general anna \"\" told"_s}));
}

void TestChatPeople::samePersonInTwoRooms()
{
    Chat chat;
    chat.join({u"anna"_s, u"p-anna"_s, {}, u"a"_s});
    const Result<Joined> other = chat.tryJoin({u"annika"_s, u"p-anna"_s, {}, u"b"_s});
    QCOMPARE(other.value().name.text(), u"annika"_s); // a name is a matter of the room
    QCOMPARE(chat.manager.userCount(), 2);
    QCOMPARE(chat.news(u"userJoined"_s).size(), 2);
}

void TestChatPeople::roomsThatLookAlikeAreOne()
{
    Chat chat;
    chat.join({u"anna"_s, {}, {}, u"Café"_s});
    chat.join({u"ben"_s, {}, {}, u"CAFE\u0301"_s});
    QCOMPARE(chat.manager.rooms().size(), 1);
    QCOMPARE(chat.manager.session(SessionId {2})->room.text(), u"Café"_s);
    QCOMPARE(chat.manager.userNames(roomName(u"café"_s)).size(), 2);
}

void TestChatPeople::leavingTheUnknown()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    chat.join(u"ben"_s);
    chat.manager.leave(anna);
    chat.news();
    chat.manager.leave(anna);
    chat.manager.leave(SessionId {});
    chat.manager.leave(SessionId {77});
    QVERIFY(chat.news().isEmpty());
    QCOMPARE(chat.manager.sessionCount(), 1);
}

void TestChatPeople::roomClosesWithTheLast()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    const SessionId ben = chat.join(u"ben"_s);
    chat.manager.leave(anna);
    QVERIFY(chat.store.closed.isEmpty());
    chat.news();
    chat.manager.leave(ben);
    QCOMPARE(chat.news(), (QStringList {u"sessionLeft #2 general ben"_s, u"userLeft general ben \"\" told"_s,
                                        u"roomClosed general"_s}));
    QCOMPARE(chat.store.closed, QList<RoomName> {roomName(u"general"_s)});
    QVERIFY(chat.manager.rooms().isEmpty());
}

void TestChatPeople::roomStaysForReservation()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    const TicketId ticket = chat.request({u"ben"_s});
    chat.news();
    chat.manager.leave(anna);
    QVERIFY(chat.news(u"room"_s).isEmpty());
    QVERIFY(chat.store.closed.isEmpty());
    QVERIFY(chat.manager.rooms().isEmpty()); // but nobody is in it
    chat.manager.cancelJoin(ticket);
    QCOMPARE(chat.news(), QStringList {u"roomClosed general"_s});
    QCOMPARE(chat.store.closed.size(), 1);
}

void TestChatPeople::roomStaysForDraft()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    QVERIFY(chat.manager.post(anna, u"last words"_s, {}));
    QVERIFY(chat.manager.post(anna, u"and more"_s, {}));
    chat.manager.leave(anna);
    QVERIFY(chat.store.closed.isEmpty());
    chat.store.commit(1);
    QVERIFY(chat.store.closed.isEmpty());
    chat.news();
    chat.store.failAppend({ErrorCode::Unavailable, u"no disk"_s});
    QCOMPARE(chat.news(), (QStringList {u"postFailed #1  unavailable"_s, u"roomClosed general"_s}));
    QCOMPARE(chat.store.closed.size(), 1);
}

/// roomOpened and roomClosed come in turns, whatever happens in between.
void TestChatPeople::roomRefilledBeforeItClosed()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    const QString epoch = chat.manager.room(roomName(u"general"_s))->epoch;
    QVERIFY(chat.manager.post(anna, u"hello"_s, {}));
    chat.manager.leave(anna);
    const Result<Joined> ben = chat.tryJoin({u"ben"_s});
    QCOMPARE(ben.value().epoch, epoch);
    chat.store.commit();
    chat.manager.leave(ben.value().session);
    QCOMPARE(chat.news(u"room"_s), (QStringList {u"roomOpened general"_s, u"roomClosed general"_s}));
}

void TestChatPeople::closedRoomOpensAnew()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    chat.say(anna, u"hello"_s);
    chat.manager.leave(anna);
    chat.request({});
    chat.store.answerOpen(u"e2"_s);
    const Result<Joined> joined = chat.manager.completeJoin(TicketId {2});
    QCOMPARE(joined.value().epoch, u"e2"_s);
    QCOMPARE(joined.value().head, 0u);
    QVERIFY(chat.manager.newest(roomName(u"general"_s), 10).isEmpty());
}

void TestChatPeople::asking()
{
    Chat chat;
    chat.join({u"anna"_s, {}, {}, u"tea"_s});
    chat.join({u"ben"_s, {}, {}, u"cake"_s});
    chat.join({u"mia"_s, {}, {}, u"cake"_s});
    chat.clock.advance(5s);
    chat.say(SessionId {2}, u"one"_s);
    chat.say(SessionId {3}, u"two"_s);
    const QList<RoomInfo> rooms = chat.manager.rooms();
    QCOMPARE(rooms.size(), 2);
    QCOMPARE(rooms.at(0).name.text(), u"cake"_s); // sorted
    QCOMPARE(rooms.at(0).users, 2);
    QCOMPARE(rooms.at(0).messages, 2u);
    QCOMPARE(rooms.at(0).lastActivity, chat.clock.wallClock().count());
    QCOMPARE(rooms.at(1).lastActivity, chat.clock.wallClock().count() - 5000);
    QCOMPARE(chat.manager.sessions().size(), 3);
    QCOMPARE(chat.manager.session(SessionId {2})->messages, 1u);
    QCOMPARE(chat.manager.newest(roomName(u"cake"_s), 1).constFirst().content, u"two"_s);
    QCOMPARE(chat.manager.durability(), u"durable"_s);
}

void TestChatPeople::askingAboutTheUnknown()
{
    Chat chat;
    const RoomName room = roomName(u"nowhere"_s);
    QVERIFY(!chat.manager.room(room));
    QVERIFY(chat.manager.userNames(room).isEmpty());
    QVERIFY(chat.manager.newest(room, 50).isEmpty());
    QVERIFY(!chat.manager.session(SessionId {1}));
    QVERIFY(!chat.manager.room(RoomName()));
    QCOMPARE(chat.manager.replay(room, 5, u"e1"_s, 50).gap, Replay::Gap::Fresh);
}

QTEST_GUILESS_MAIN(TestChatPeople)
#include "tst_chatpeople.moc"
