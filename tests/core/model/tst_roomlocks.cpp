// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A locked room: who was in it when it was locked comes back, whatever happened to their connection.
class TestRoomLocks : public QObject
{
    Q_OBJECT

private slots:
    void whoWasInComesBack();
    void alsoIntoAnEmptyRoom();
    void strangersStayOut();
    void whoWaitsForTheRoom();
    void kickedAreOut();
    void closedIsClosed();
    void unlockedAndLockedAgain();
    void lockedWhileNobodyIsIn();
};

namespace {

void lock(Chat &chat, bool isLocked = true, const QString &room = u"general"_s)
{
    RoomPatch patch;
    patch.isLocked = isLocked;
    chat.manager.configureRoom(roomName(room), patch, [](const Result<RoomSettings> &) {});
}

ErrorCode comes(Chat &chat, const QString &name, const QString &person)
{
    const Result<Joined> joined = chat.tryJoin({name, person});
    return joined ? ErrorCode::None : joined.error().code;
}

} // namespace

void TestRoomLocks::whoWasInComesBack()
{
    Chat chat;
    const SessionId anna = chat.join({u"anna"_s, u"p-anna"_s});
    chat.join({u"ben"_s, u"p-ben"_s});
    lock(chat);
    QCOMPARE(comes(chat, u"cleo"_s, u"p-cleo"_s), ErrorCode::Locked);
    chat.manager.leave(anna);
    QCOMPARE(comes(chat, u"anna"_s, u"p-anna"_s), ErrorCode::None);
    QCOMPARE(comes(chat, u"cleo"_s, u"p-cleo"_s), ErrorCode::Locked);
}

void TestRoomLocks::alsoIntoAnEmptyRoom()
{
    Chat chat;
    const SessionId anna = chat.join({u"anna"_s, u"p-anna"_s});
    lock(chat);
    chat.manager.leave(anna);
    QVERIFY(!chat.manager.room(roomName(u"general"_s)));
    QCOMPARE(comes(chat, u"cleo"_s, u"p-cleo"_s), ErrorCode::Locked);
    QVERIFY(!chat.manager.room(roomName(u"general"_s)));
    QCOMPARE(comes(chat, u"anna"_s, u"p-anna"_s), ErrorCode::None);
}

void TestRoomLocks::strangersStayOut()
{
    Chat chat;
    chat.manager.leave(chat.join({u"anna"_s}));
    chat.join({u"ben"_s});
    lock(chat);
    QCOMPARE(comes(chat, u"ben"_s, {}), ErrorCode::Locked); // nobody knows that it is the same
}

void TestRoomLocks::whoWaitsForTheRoom()
{
    Chat chat;
    const SessionId anna = chat.join({u"anna"_s, u"p-anna"_s});
    lock(chat);
    chat.manager.leave(anna);
    chat.news();
    const TicketId first = chat.request({u"cleo"_s, u"p-cleo"_s});
    const TicketId second = chat.request({u"anna"_s, u"p-anna"_s});
    const TicketId third = chat.request({u"dora"_s, {}});
    chat.store.answerOpen();
    QCOMPARE(chat.refusals.keys().size(), 2);
    QCOMPARE(chat.refusals.value(first).code, ErrorCode::Locked);
    QCOMPARE(chat.refusals.value(third).code, ErrorCode::Locked);
    const Result<Joined> joined = chat.manager.completeJoin(second);
    QVERIFY(joined);
    chat.manager.leave(joined.value().session);
    QVERIFY(!chat.manager.room(roomName(u"general"_s))); // no place of a refused one holds it
}

void TestRoomLocks::kickedAreOut()
{
    Chat chat;
    chat.join({u"anna"_s, u"p-anna"_s});
    chat.join({u"ben"_s, u"p-ben"_s, u"10.0.0.2"_s});
    lock(chat);
    QVERIFY(chat.manager.kick(roomName(u"general"_s), userName(u"ben"_s), {}, 1s));
    chat.clock.advance(2s);
    QCOMPARE(comes(chat, u"ben"_s, u"p-ben"_s), ErrorCode::Locked);
}

void TestRoomLocks::closedIsClosed()
{
    Chat chat;
    chat.join({u"anna"_s, u"p-anna"_s});
    lock(chat);
    QVERIFY(chat.manager.closeRoom(roomName(u"general"_s), {}));
    QCOMPARE(comes(chat, u"anna"_s, u"p-anna"_s), ErrorCode::Locked);
    lock(chat, false);
    QCOMPARE(comes(chat, u"anna"_s, u"p-anna"_s), ErrorCode::None);
}

void TestRoomLocks::unlockedAndLockedAgain()
{
    Chat chat;
    const SessionId anna = chat.join({u"anna"_s, u"p-anna"_s});
    chat.join({u"ben"_s, u"p-ben"_s});
    lock(chat);
    chat.manager.leave(anna);
    lock(chat); // once more changes nothing
    QCOMPARE(comes(chat, u"anna"_s, u"p-anna"_s), ErrorCode::None);
    chat.manager.leave(SessionId {3});
    lock(chat, false);
    lock(chat); // now anna is not in it
    QCOMPARE(comes(chat, u"anna"_s, u"p-anna"_s), ErrorCode::Locked);
    QCOMPARE(comes(chat, u"ben"_s, u"p-ben"_s), ErrorCode::None);
}

void TestRoomLocks::lockedWhileNobodyIsIn()
{
    Chat chat;
    lock(chat);
    QCOMPARE(comes(chat, u"anna"_s, u"p-anna"_s), ErrorCode::Locked);
    lock(chat, true, u"kitchen"_s);
    QCOMPARE(chat.join({u"anna"_s, u"p-anna"_s, u"10.0.0.1"_s, u"hall"_s}), SessionId {1}); // one room's lock is not another's
}

QTEST_GUILESS_MAIN(TestRoomLocks)
#include "tst_roomlocks.moc"
