// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin/adminfeed.h"
#include "core/model/chatfixture.h"

#include <QTest>

#include <functional>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What an operator's console is told, and when.
class TestAdminFeed : public QObject
{
    Q_OBJECT

private slots:
    void snapshot();
    void snapshotsMessagesAreBounded();
    void nothingIsCollectedWhenDetached();
    void detachForgets();
    void changesComeInBatches();
    void changesAreMerged();
    void sessionWithinOneBatch();
    void roomWithinOneBatch();
    void knownRoomClosesAndOpens();
    void knownSessionCloses();
    void messagesAreBounded();
    void editsAndDeletions();
    void storageFault();
    void comingsAreBounded();
    void refusals();
    void attachFlushesFirst();
    void statistics();
    void actions();
};

namespace {

/// A chat and its feed, and everything that the feed said.
struct Desk
{
    explicit Desk(const std::function<void(ModelLimits &)> &adjust = {})
        : chat(adjust)
        , feed(chat.manager, chat.clock,
               {u"Test"_s, u"0.1"_s, {u"http://10.0.0.1:8000"_s}, [](Statistics &now) { now.connections = 42; }})
    {
        QObject::connect(&feed, &AdminFeed::snapshot, &feed, [this](const AdminSnapshot &s) { snapshots.append(s); });
        QObject::connect(&feed, &AdminFeed::changed, &feed, [this](const AdminBatch &b) { batches.append(b); });
        QObject::connect(&feed, &AdminFeed::statistics, &feed, [this](const Statistics &s) { statistics.append(s); });
    }

    /// The next batch, as soon as the feed's timer sends it.
    AdminBatch nextBatch()
    {
        const bool came = QTest::qWaitFor([this] { return !batches.isEmpty(); }, 5000);
        return came ? batches.takeFirst() : AdminBatch();
    }

    Chat chat;
    AdminFeed feed;
    QList<AdminSnapshot> snapshots;
    QList<AdminBatch> batches;
    QList<Statistics> statistics;
};

QStringList namesOf(const QList<RoomInfo> &rooms)
{
    QStringList names;
    for (const RoomInfo &room : rooms)
        names.append(room.name.text());
    names.sort();
    return names;
}

} // namespace

void TestAdminFeed::snapshot()
{
    Desk desk;
    const SessionId anna = desk.chat.join({u"anna"_s, {}, u"10.0.0.7"_s, u"tea"_s});
    const SessionId ben = desk.chat.join({u"ben"_s, {}, {}, u"cake"_s});
    desk.chat.say(anna, u"one"_s);
    desk.chat.clock.advance(1s);
    desk.chat.say(ben, u"two"_s);
    desk.chat.clock.advance(1s);
    desk.chat.say(anna, u"three"_s);
    QVERIFY(desk.snapshots.isEmpty());
    desk.feed.attach();
    QCOMPARE(desk.snapshots.size(), 1);
    const AdminSnapshot &shot = desk.snapshots.constFirst();
    QCOMPARE(shot.serverName, u"Test"_s);
    QCOMPARE(shot.version, u"0.1"_s);
    QCOMPARE(shot.durability, u"durable"_s);
    QCOMPARE(shot.urls, QStringList {u"http://10.0.0.1:8000"_s});
    QCOMPARE(namesOf(shot.rooms), (QStringList {u"cake"_s, u"tea"_s}));
    QCOMPARE(shot.sessions.size(), 2);
    QStringList contents; // of all rooms, in the order in which they were said
    for (const Message &message : shot.messages)
        contents.append(message.content);
    QCOMPARE(contents, (QStringList {u"one"_s, u"two"_s, u"three"_s}));
    QCOMPARE(shot.statistics.sessions, 2);
    QCOMPARE(shot.statistics.messages, 3u);
    QCOMPARE(shot.statistics.connections, 42);
}

void TestAdminFeed::snapshotsMessagesAreBounded()
{
    Desk desk;
    for (const QString &room : {u"a"_s, u"b"_s}) {
        const SessionId anna = desk.chat.join({u"anna"_s, {}, {}, room});
        for (int i = 0; i < 700; ++i) {
            desk.chat.clock.advance(1ms);
            desk.chat.say(anna, room + QString::number(i));
        }
    }
    desk.feed.attach();
    const MessageList &messages = desk.snapshots.constFirst().messages;
    QCOMPARE(messages.size(), 1000);
    QCOMPARE(messages.constFirst().content, u"a400"_s);
    QCOMPARE(messages.constLast().content, u"b699"_s);
}

void TestAdminFeed::nothingIsCollectedWhenDetached()
{
    Desk desk;
    const SessionId anna = desk.chat.join(u"anna"_s);
    desk.chat.say(anna, u"hello"_s);
    desk.feed.noteRefusal({u"rate_limited"_s, u"x"_s, {}, 0});
    desk.chat.manager.leave(anna);
    desk.chat.join(u"ben"_s);
    desk.feed.attach(); // what had been collected would come now, before the snapshot
    QVERIFY(desk.batches.isEmpty());
    QCOMPARE(desk.snapshots.constFirst().sessions.size(), 1);
}

void TestAdminFeed::detachForgets()
{
    Desk desk;
    desk.feed.attach();
    const SessionId anna = desk.chat.join(u"anna"_s);
    desk.chat.say(anna, u"hello"_s);
    desk.feed.detach();
    desk.chat.say(anna, u"unheard"_s);
    desk.feed.detach(); // once too often
    desk.feed.attach();
    QVERIFY(desk.batches.isEmpty());
    QCOMPARE(desk.snapshots.size(), 2);
    QCOMPARE(desk.snapshots.constLast().messages.size(), 2);
}

void TestAdminFeed::changesComeInBatches()
{
    Desk desk;
    desk.feed.attach();
    const SessionId anna = desk.chat.join(u"anna"_s);
    desk.chat.say(anna, u"one"_s);
    desk.chat.say(anna, u"two"_s);
    QVERIFY(desk.batches.isEmpty()); // never from inside the chat's own work
    const AdminBatch batch = desk.nextBatch();
    QCOMPARE(namesOf(batch.roomsChanged), QStringList {u"general"_s});
    QCOMPARE(batch.roomsChanged.constFirst().messages, 2u);
    QCOMPARE(batch.sessionsChanged.size(), 1);
    QCOMPARE(batch.sessionsChanged.constFirst().messages, 2u);
    QCOMPARE(batch.messages.size(), 2);
    QCOMPARE(batch.messages.constFirst().content, u"one"_s);
    QCOMPARE(batch.messagesSkipped, 0u);
    QCOMPARE(batch.comings.size(), 1);
    QVERIFY(batch.comings.constFirst().joined);
    QCOMPARE(batch.comings.constFirst().timestamp, desk.chat.clock.wallClock().count());
    QVERIFY(batch.roomsClosed.isEmpty() && batch.sessionsClosed.isEmpty() && batch.refusals.isEmpty());

    desk.chat.say(anna, u"three"_s); // and the next batch has what followed, no more
    const AdminBatch next = desk.nextBatch();
    QCOMPARE(next.messages.size(), 1);
    QVERIFY(next.comings.isEmpty());
    QVERIFY(desk.batches.isEmpty()); // without news no batch
}

void TestAdminFeed::changesAreMerged()
{
    Desk desk;
    desk.feed.attach();
    QList<SessionId> sessions;
    for (int i = 0; i < 5; ++i)
        sessions.append(desk.chat.join(u"user%1"_s.arg(i)));
    for (int i = 0; i < 50; ++i)
        desk.chat.say(sessions.at(i % 5), QString::number(i));
    desk.chat.manager.leave(sessions.takeLast());
    const AdminBatch batch = desk.nextBatch();
    QCOMPARE(batch.roomsChanged.size(), 1);
    QCOMPARE(batch.roomsChanged.constFirst().users, 4);
    QCOMPARE(batch.roomsChanged.constFirst().messages, 50u);
    QCOMPARE(batch.sessionsChanged.size(), 4);
    for (const SessionInfo &session : batch.sessionsChanged)
        QCOMPARE(session.messages, 10u);
    QCOMPARE(batch.messages.size(), 50);
}

void TestAdminFeed::sessionWithinOneBatch()
{
    Desk desk;
    desk.chat.join(u"host"_s);
    desk.feed.attach();
    const SessionId anna = desk.chat.join(u"anna"_s);
    desk.chat.say(anna, u"hi"_s);
    QVERIFY(desk.chat.manager.kick(roomName(u"general"_s), userName(u"anna"_s), u"spam"_s, 0s));
    const AdminBatch batch = desk.nextBatch();
    QVERIFY(batch.sessionsChanged.isEmpty());
    QVERIFY(batch.sessionsClosed.isEmpty());
    QCOMPARE(batch.comings.size(), 2);
    QVERIFY(batch.comings.at(0).joined);
    QVERIFY(!batch.comings.at(1).joined);
    QCOMPARE(batch.comings.at(1).reason, u"spam"_s);
    QCOMPARE(batch.comings.at(1).user.text(), u"anna"_s);
    QCOMPARE(batch.messages.size(), 1);
}

void TestAdminFeed::roomWithinOneBatch()
{
    Desk desk;
    desk.feed.attach();
    desk.chat.manager.leave(desk.chat.join(u"anna"_s));
    desk.chat.manager.leave(desk.chat.join(u"anna"_s)); // twice
    const AdminBatch batch = desk.nextBatch();
    QVERIFY(batch.roomsChanged.isEmpty());
    QVERIFY(batch.roomsClosed.isEmpty());
    QVERIFY(batch.sessionsClosed.isEmpty());
    QCOMPARE(batch.comings.size(), 4);
}

void TestAdminFeed::knownRoomClosesAndOpens()
{
    Desk desk;
    SessionId anna = desk.chat.join(u"anna"_s);
    desk.feed.attach();
    desk.chat.manager.leave(anna);
    anna = desk.chat.join(u"anna"_s);
    AdminBatch batch = desk.nextBatch();
    QCOMPARE(namesOf(batch.roomsChanged), QStringList {u"general"_s});
    QVERIFY(batch.roomsClosed.isEmpty());

    desk.chat.manager.leave(anna);
    desk.chat.manager.leave(desk.chat.join(u"anna"_s)); // closes, opens, closes
    batch = desk.nextBatch();
    QVERIFY(batch.roomsChanged.isEmpty());
    QCOMPARE(batch.roomsClosed, QList<RoomName> {roomName(u"general"_s)});

    desk.chat.join(u"anna"_s);
    batch = desk.nextBatch();
    QCOMPARE(namesOf(batch.roomsChanged), QStringList {u"general"_s});
}

void TestAdminFeed::knownSessionCloses()
{
    Desk desk;
    desk.chat.join(u"host"_s);
    const SessionId anna = desk.chat.join(u"anna"_s);
    desk.feed.attach();
    desk.chat.say(anna, u"bye"_s);
    desk.chat.manager.leave(anna);
    const AdminBatch batch = desk.nextBatch();
    QCOMPARE(batch.sessionsClosed, QList<SessionId> {anna});
    QVERIFY(batch.sessionsChanged.isEmpty());
    QCOMPARE(batch.roomsChanged.constFirst().users, 1);
}

void TestAdminFeed::messagesAreBounded()
{
    Desk desk;
    const SessionId anna = desk.chat.join(u"anna"_s);
    desk.feed.attach();
    for (int i = 1; i <= 1500; ++i)
        QVERIFY(desk.chat.manager.post(anna, QString::number(i), {}));
    desk.chat.store.commit();
    const AdminBatch batch = desk.nextBatch();
    QCOMPARE(batch.messages.size(), 1000);
    QCOMPARE(batch.messagesSkipped, 500u);
    QCOMPARE(batch.messages.constFirst().content, u"501"_s);
    QCOMPARE(batch.messages.constLast().content, u"1500"_s);
    desk.chat.say(anna, u"next"_s);
    QCOMPARE(desk.nextBatch().messagesSkipped, 0u);
}

void TestAdminFeed::editsAndDeletions()
{
    Desk desk;
    desk.chat.join(u"anna"_s);
    desk.feed.attach();
    desk.nextBatch();
    for (const ChangeKind kind : {ChangeKind::Edit, ChangeKind::Reaction, ChangeKind::Deletion}) {
        Message change;
        change.room = roomName(u"elsewhere"_s); // another node's
        change.change = std::make_shared<const Change>(Change {kind, MessageId(u"m-1"_s)});
        emit desk.chat.bus.delivered(change);
    }
    const AdminBatch batch = desk.nextBatch();
    QVERIFY(batch.messages.isEmpty());
    QCOMPARE(batch.changes.size(), 2); // a reaction is no line of the log
    QCOMPARE(batch.changes.at(0).change->kind, ChangeKind::Edit);
    QCOMPARE(batch.changes.at(1).change->kind, ChangeKind::Deletion);
}

void TestAdminFeed::storageFault()
{
    Desk desk;
    desk.chat.store.failing = ErrorCode::StorageFull;
    desk.feed.attach();
    QCOMPARE(desk.snapshots.constFirst().statistics.storageFault, ErrorCode::StorageFull);
}

void TestAdminFeed::comingsAreBounded()
{
    Desk desk;
    desk.chat.join(u"host"_s);
    desk.feed.attach();
    for (int i = 0; i < 600; ++i)
        desk.chat.manager.leave(desk.chat.join(u"user%1"_s.arg(i)));
    const AdminBatch batch = desk.nextBatch();
    QCOMPARE(batch.comings.size(), 1000);
    QCOMPARE(batch.comings.constLast().user.text(), u"user599"_s);
}

void TestAdminFeed::refusals()
{
    Desk desk;
    desk.feed.attach();
    for (int i = 0; i < 150; ++i)
        desk.feed.noteRefusal({u"rate_limited"_s, QString::number(i), u"10.0.0.1"_s, 7});
    const AdminBatch batch = desk.nextBatch();
    QCOMPARE(batch.refusals.size(), 100);
    QCOMPARE(batch.refusals.constFirst().code, u"rate_limited"_s);
    QCOMPARE(batch.refusals.constFirst().timestamp, 7);
}

/// A second console: what is under way belongs to the first one's past.
void TestAdminFeed::attachFlushesFirst()
{
    Desk desk;
    desk.feed.attach();
    desk.chat.join(u"anna"_s);
    desk.feed.attach();
    QCOMPARE(desk.batches.size(), 1);
    QCOMPARE(desk.snapshots.size(), 2);
    desk.feed.detach(); // one of two: the other goes on
    desk.chat.join(u"ben"_s);
    QCOMPARE(desk.nextBatch().comings.size(), 1);
    QCOMPARE(desk.nextBatch().comings.size(), 1);
}

void TestAdminFeed::statistics()
{
    Desk desk;
    const SessionId anna = desk.chat.join(u"anna"_s);
    const SessionId ben = desk.chat.join(u"ben"_s);
    desk.chat.manager.leave(ben);
    desk.chat.say(anna, u"before"_s); // both count although nobody watches
    desk.feed.attach();
    desk.chat.clock.advance(2s);
    for (int i = 0; i < 10; ++i)
        desk.chat.say(anna, u"x"_s);
    QTRY_VERIFY(!desk.statistics.isEmpty());
    const Statistics &now = desk.statistics.constFirst();
    QCOMPARE(now.timestamp, desk.chat.clock.wallClock().count());
    QCOMPARE(now.uptimeMs, 2000);
    QCOMPARE(now.messages, 11u);
    QCOMPARE(now.messagesPerSecond, 5.0);
    QCOMPARE(now.sessions, 1);
    QCOMPARE(now.peakSessions, 2);
    QCOMPARE(now.users, 1);
    QCOMPARE(now.rooms, 1);
    QCOMPARE(now.connections, 42);
}

void TestAdminFeed::actions()
{
    Desk desk;
    desk.chat.join(u"anna"_s);
    const RoomName general = roomName(u"general"_s);
    QVERIFY(desk.feed.notice({u"cake"_s}, general));
    QCOMPARE(desk.feed.notice({u" "_s}, general).error().code, ErrorCode::Empty);
    QCOMPARE(desk.feed.kick(general, userName(u"nobody"_s), {}, 0s).error().code, ErrorCode::NotFound);
    QVERIFY(desk.feed.kick(general, userName(u"anna"_s), {}, 0s));
    QCOMPARE(desk.feed.closeRoom(general, {}).error().code, ErrorCode::NotFound);
    desk.chat.join(u"ben"_s);
    QVERIFY(desk.feed.closeRoom(general, {}));
    QCOMPARE(desk.chat.manager.sessionCount(), 0);
}

QTEST_GUILESS_MAIN(TestAdminFeed)
#include "tst_adminfeed.moc"
