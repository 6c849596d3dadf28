// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <QRegularExpression>
#include <QTest>

#include <functional>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Fronts that act from inside the slots of the chat's signals.
class TestChatReentrancy : public QObject
{
    Q_OBJECT

private slots:
    void kickedWhileJoining_data();
    void kickedWhileJoining();
    void otherKickedWhileJoining();
    void roomClosedWhileItOpens();
    void leaveInsideMessagePosted();
    void kickInsideMessagePosted();
    void postInsideMessagePosted();
    void postInsidePostFailed();
    void kickInsidePresence();
    void joinInsidePresence();
    void leaveInsideSessionRemoved();
    void kickOthersInsideSessionLeft();
    void requestInsideRoomClosed();
    void cancelOthersInsideJoinReady();
    void completeOthersInsideJoinReady();
    void requestInsideJoinRefused();
};

namespace {

const QString kGeneral = u"general"_s;

Status kick(Chat &chat, const QString &name)
{
    return chat.manager.kick(roomName(kGeneral), userName(name), u"out"_s, 60s);
}

/// For outcomes that do not matter.
void ignored(const Status &) {}

/// Runs \a action in the first emission of \a signal only.
template <typename Signal>
void once(Chat &chat, Signal signal, const std::function<void()> &action)
{
    QObject::connect(&chat.manager, signal, &chat.manager, action, Qt::SingleShotConnection);
}

} // namespace

void TestChatReentrancy::kickedWhileJoining_data()
{
    QTest::addColumn<int>("when");
    QTest::addColumn<bool>("leaves");
    for (const bool leaves : {false, true}) {
        const char *how = leaves ? "leaves" : "kicked";
        QTest::addRow("%s in roomOpened", how) << 0 << leaves;
        QTest::addRow("%s in sessionJoined", how) << 1 << leaves;
        QTest::addRow("%s in userJoined", how) << 2 << leaves;
    }
}

/// A slot ends the very session that is just coming in: there is no session, and the caller is told so.
void TestChatReentrancy::kickedWhileJoining()
{
    QFETCH(int, when);
    QFETCH(bool, leaves);
    Chat chat;
    const std::function<void()> action = [&chat, leaves] {
        if (leaves)
            chat.manager.leave(SessionId {1});
        else
            QVERIFY(kick(chat, u"anna"_s));
    };
    if (when == 0)
        once(chat, &ChatManager::roomOpened, action);
    else if (when == 1)
        once(chat, &ChatManager::sessionJoined, action);
    else
        once(chat, &ChatManager::userJoined, action);

    const Result<Joined> joined = chat.tryJoin({});
    QVERIFY(!joined);
    QCOMPARE(joined.error().code, ErrorCode::NotFound);
    QCOMPARE(chat.manager.sessionCount(), 0);
    QVERIFY(chat.manager.rooms().isEmpty());
    QCOMPARE(chat.store.closed.size(), 1);
    const QStringList lines = chat.news();
    QVERIFY(lines.indexOf(u"roomOpened general"_s) < lines.indexOf(u"roomClosed general"_s));
    // Nobody is told of a newcomer who is gone already.
    if (lines.contains(u"userJoined general anna #1 told"_s))
        QVERIFY(lines.indexOf(u"userJoined general anna #1 told"_s) < lines.indexOf(QRegularExpression(u"userLeft.*"_s)));
    QVERIFY(chat.tryJoin({u"ben"_s}));
}

void TestChatReentrancy::otherKickedWhileJoining()
{
    Chat chat;
    chat.join(u"anna"_s);
    once(chat, &ChatManager::userJoined, [&chat] { QVERIFY(kick(chat, u"anna"_s)); });
    const Result<Joined> ben = chat.tryJoin({u"ben"_s});
    QVERIFY(ben);
    QCOMPARE(chat.manager.userNames(roomName(kGeneral)), QStringList {u"ben"_s});
}

void TestChatReentrancy::roomClosedWhileItOpens()
{
    Chat chat;
    once(chat, &ChatManager::sessionJoined, [&chat] { QVERIFY(chat.manager.closeRoom(roomName(kGeneral), {})); });
    QVERIFY(!chat.tryJoin({}));
    QCOMPARE(chat.store.closed.size(), 1);
}

void TestChatReentrancy::leaveInsideMessagePosted()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    QVERIFY(chat.manager.post(anna, u"one"_s, {}));
    QVERIFY(chat.manager.post(anna, u"two"_s, {}));
    once(chat, &ChatManager::messagePosted, [&chat, anna] { chat.manager.leave(anna); });
    chat.news();
    chat.store.commit();
    QCOMPARE(chat.news(), (QStringList {u"messagePosted general 1 anna one"_s, u"sessionLeft #1 general anna"_s,
                                        u"userLeft general anna \"\" told"_s, u"messagePosted general 2 anna two"_s,
                                        u"roomClosed general"_s}));
}

void TestChatReentrancy::kickInsideMessagePosted()
{
    Chat chat;
    chat.join(u"ben"_s);
    const SessionId anna = chat.join(u"anna"_s);
    once(chat, &ChatManager::messagePosted, [&chat] { QVERIFY(kick(chat, u"anna"_s)); });
    chat.say(anna, u"bad word"_s);
    QCOMPARE(chat.manager.userNames(roomName(kGeneral)), QStringList {u"ben"_s});
}

/// A bot answers at once.
void TestChatReentrancy::postInsideMessagePosted()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    const SessionId bot = chat.join(u"bot"_s);
    once(chat, &ChatManager::messagePosted, [&chat, bot] { QVERIFY(chat.manager.post(bot, u"hello anna"_s, {})); });
    QVERIFY(chat.manager.post(anna, u"hello"_s, {}));
    QVERIFY(chat.manager.post(anna, u"all"_s, {}));
    chat.news();
    chat.store.commit();
    chat.store.commit();
    QCOMPARE(chat.news(u"messagePosted"_s),
             (QStringList {u"messagePosted general 1 anna hello"_s, u"messagePosted general 2 anna all"_s,
                           u"messagePosted general 3 bot hello anna"_s}));
}

void TestChatReentrancy::postInsidePostFailed()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    once(chat, &ChatManager::postFailed, [&chat, anna] {
        QVERIFY(chat.manager.post(anna, u"again"_s, {}));
        chat.manager.leave(anna);
    });
    QVERIFY(chat.manager.post(anna, u"one"_s, {}));
    chat.store.failAppend({ErrorCode::Unavailable, u"why"_s});
    QVERIFY(chat.store.closed.isEmpty()); // the second try is still under way
    chat.store.commit();
    QCOMPARE(chat.store.closed.size(), 1);
}

void TestChatReentrancy::kickInsidePresence()
{
    Chat chat([](ModelLimits &limits) { limits.quietRoom = 0; });
    for (int room = 0; room < 50; ++room)
        chat.join({u"anna"_s, {}, {}, u"room%1"_s.arg(room)});
    QObject::connect(&chat.manager, &ChatManager::presenceChanged, &chat.manager, [&chat](const RoomName &room) {
        QVERIFY(chat.manager.closeRoom(room, {}));
        for (int other = 0; other < 50; other += 7) // and some of those whose turn is yet to come
            ignored(chat.manager.closeRoom(roomName(u"room%1"_s.arg(other)), {}));
    });
    chat.manager.tick();
    QCOMPARE(chat.manager.sessionCount(), 0);
}

void TestChatReentrancy::joinInsidePresence()
{
    Chat chat([](ModelLimits &limits) { limits.quietRoom = 0; });
    for (int room = 0; room < 20; ++room)
        chat.join({u"anna"_s, {}, {}, u"room%1"_s.arg(room)});
    int made = 0;
    QObject::connect(&chat.manager, &ChatManager::presenceChanged, &chat.manager, [&chat, &made] {
        for (int i = 0; i < 20; ++i) // enough for the table of rooms to grow
            chat.request({u"ben"_s, {}, {}, u"new%1"_s.arg(made++)});
    });
    chat.news();
    chat.manager.tick();
    QCOMPARE(chat.news(u"presence"_s).size(), 20);
}

void TestChatReentrancy::leaveInsideSessionRemoved()
{
    Chat chat;
    chat.join(u"anna"_s);
    chat.join(u"ben"_s);
    QObject::connect(&chat.manager, &ChatManager::sessionRemoved, &chat.manager,
                     [&chat](SessionId session) { chat.manager.leave(session); });
    QVERIFY(chat.manager.closeRoom(roomName(kGeneral), {}));
    QCOMPARE(chat.news(u"sessionLeft"_s).size(), 2);
    QCOMPARE(chat.manager.sessionCount(), 0);
    QCOMPARE(chat.store.closed.size(), 1);
}

void TestChatReentrancy::kickOthersInsideSessionLeft()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    chat.join(u"ben"_s);
    once(chat, &ChatManager::sessionLeft, [&chat] { QVERIFY(kick(chat, u"ben"_s)); });
    chat.news();
    chat.manager.leave(anna);
    const QStringList lines = chat.news();
    QCOMPARE(lines.filter(u"userLeft"_s).size(), 2);
    QCOMPARE(lines.filter(u"roomClosed"_s).size(), 1);
    QCOMPARE(chat.store.closed.size(), 1);
}

void TestChatReentrancy::requestInsideRoomClosed()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    once(chat, &ChatManager::roomClosed, [&chat] { chat.request({u"ben"_s}); });
    chat.manager.leave(anna);
    QCOMPARE(chat.store.closed.size(), 1);
    QCOMPARE(chat.store.opening.size(), 1); // closed first, opened again afterwards
    chat.store.answerOpen(u"e2"_s);
    QVERIFY(chat.manager.completeJoin(TicketId {2}));
}

void TestChatReentrancy::cancelOthersInsideJoinReady()
{
    Chat chat;
    chat.request({u"a"_s});
    chat.request({u"b"_s});
    chat.request({u"c"_s});
    once(chat, &ChatManager::joinReady, [&chat] {
        chat.manager.cancelJoin(TicketId {1});
        chat.manager.cancelJoin(TicketId {2});
    });
    chat.store.answerOpen();
    QCOMPARE(chat.news(), (QStringList {u"joinReady 1"_s, u"joinReady 3"_s}));
    chat.manager.cancelJoin(TicketId {3});
    QCOMPARE(chat.store.closed.size(), 1);
}

void TestChatReentrancy::completeOthersInsideJoinReady()
{
    Chat chat;
    chat.request({u"a"_s});
    chat.request({u"b"_s});
    once(chat, &ChatManager::joinReady, [&chat] {
        QVERIFY(chat.manager.completeJoin(TicketId {2}));
        QVERIFY(chat.manager.completeJoin(TicketId {1}));
    });
    chat.store.answerOpen();
    QCOMPARE(chat.manager.userNames(roomName(kGeneral)), (QStringList {u"b"_s, u"a"_s}));
    QCOMPARE(chat.news(u"joinReady"_s), QStringList {u"joinReady 1"_s});
}

void TestChatReentrancy::requestInsideJoinRefused()
{
    Chat chat;
    chat.request({u"a"_s});
    chat.request({u"b"_s});
    once(chat, &ChatManager::joinRefused, [&chat] {
        chat.request({u"a"_s});
        chat.manager.cancelJoin(TicketId {2});
    });
    chat.store.failOpen({ErrorCode::Unavailable, u"no disk"_s});
    QCOMPARE(chat.store.opening.size(), 1);
    chat.store.answerOpen();
    QVERIFY(chat.store.closed.isEmpty()); // the third still waits to come in
    QVERIFY(chat.manager.completeJoin(TicketId {3}));
}

QTEST_GUILESS_MAIN(TestChatReentrancy)
#include "tst_chatreentrancy.moc"
