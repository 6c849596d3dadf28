// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <memory>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Comings and goings: told at once in a small room, summed up in a full one.
class TestChatPresence : public QObject
{
    Q_OBJECT

private slots:
    void toldUpToTheLimit();
    void summedUpAboveTheLimit();
    void cameAndWentCancelsOut();
    void secondWindowIsNoPresence();
    void roomsApart();
    void quietComerLeavesAfterTheRoomEmptied();
    void quietLeaverComesBackAfterTheRoomEmptied();
    void summaryAfterEverybodyLeft();
    void listForWhomItIsOfUse_data();
    void listForWhomItIsOfUse();
    void newcomersAreNamed();
    void everybodyIsCountedRight();
};

namespace {

Chat *quietAbove(int people)
{
    return new Chat([people](ModelLimits &limits) { limits.quietRoom = people; });
}

} // namespace

void TestChatPresence::toldUpToTheLimit()
{
    const std::unique_ptr<Chat> chat(quietAbove(3));
    chat->join(u"a"_s);
    chat->join(u"b"_s);
    chat->join(u"c"_s);
    QCOMPARE(chat->news(u"userJoined"_s).constLast(), u"userJoined general c #3 told"_s);
    chat->manager.leave(SessionId {3});
    QCOMPARE(chat->news(u"userLeft"_s), QStringList {u"userLeft general c \"\" told"_s});
    chat->manager.tick();
    QVERIFY(chat->news().isEmpty());
}

void TestChatPresence::summedUpAboveTheLimit()
{
    const std::unique_ptr<Chat> chat(quietAbove(3));
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s, u"e"_s, u"d"_s})
        chat->join(name);
    QCOMPARE(chat->news(u"userJoined"_s).mid(3),
             (QStringList {u"userJoined general e #4 quiet"_s, u"userJoined general d #5 quiet"_s}));
    chat->manager.leave(SessionId {1});
    QCOMPARE(chat->news(u"userLeft"_s), QStringList {u"userLeft general a \"\" quiet"_s});
    chat->manager.tick();
    QCOMPARE(chat->news(), QStringList {u"presence general +d,e -a 4"_s});
    chat->manager.tick();
    QVERIFY(chat->news().isEmpty()); // once
}

void TestChatPresence::cameAndWentCancelsOut()
{
    const std::unique_ptr<Chat> chat(quietAbove(1));
    chat->join(u"a"_s);
    const SessionId b = chat->join(u"b"_s);
    chat->join(u"c"_s);
    chat->manager.tick();
    chat->news();
    const SessionId d = chat->join(u"d"_s);
    chat->manager.leave(d); // came and went
    chat->manager.leave(b);
    chat->join(u"b"_s); // left and came back
    chat->news();
    chat->manager.tick();
    QVERIFY(chat->news().isEmpty());
}

void TestChatPresence::secondWindowIsNoPresence()
{
    const std::unique_ptr<Chat> chat(quietAbove(1));
    chat->join(u"a"_s);
    chat->join({u"b"_s, u"p-b"_s});
    chat->manager.tick();
    chat->news();
    const SessionId again = chat->join({u"b"_s, u"p-b"_s});
    chat->manager.leave(again);
    chat->manager.tick();
    QVERIFY(chat->news(u"presence"_s).isEmpty());
}

void TestChatPresence::roomsApart()
{
    const std::unique_ptr<Chat> chat(quietAbove(1));
    for (const QString &room : {u"tea"_s, u"cake"_s}) {
        chat->join({u"a"_s, {}, {}, room});
        chat->join({u"b"_s, {}, {}, room});
    }
    chat->join({u"a"_s, {}, {}, u"small"_s});
    chat->news();
    chat->manager.tick();
    QStringList lines = chat->news();
    lines.sort();
    QCOMPARE(lines, (QStringList {u"presence cake +b - 2"_s, u"presence tea +b - 2"_s}));
}

/// The room shrinks to the limit before the summary: who came unheard goes unheard, and is in no summary.
void TestChatPresence::quietComerLeavesAfterTheRoomEmptied()
{
    const std::unique_ptr<Chat> chat(quietAbove(2));
    const SessionId a = chat->join(u"a"_s);
    chat->join(u"b"_s);
    const SessionId c = chat->join(u"c"_s); // the third: unheard
    chat->manager.leave(a); // unheard as well
    chat->news();
    chat->manager.leave(c); // of two, which is no full room any more
    QCOMPARE(chat->news(u"userLeft"_s), QStringList {u"userLeft general c \"\" quiet"_s});
    chat->manager.tick();
    QCOMPARE(chat->news(), QStringList {u"presence general + -a 1"_s});
}

void TestChatPresence::quietLeaverComesBackAfterTheRoomEmptied()
{
    const std::unique_ptr<Chat> chat(quietAbove(2));
    const SessionId a = chat->join(u"a"_s);
    chat->join(u"b"_s);
    const SessionId c = chat->join(u"c"_s);
    chat->manager.tick();
    chat->manager.leave(a); // of three: unheard
    chat->manager.leave(c); // of two: told
    chat->news();
    chat->join(u"a"_s); // nobody heard that a was away
    QCOMPARE(chat->news(u"userJoined"_s), QStringList {u"userJoined general a #4 quiet"_s});
    chat->manager.tick();
    QVERIFY(chat->news().isEmpty());
}

void TestChatPresence::summaryAfterEverybodyLeft()
{
    const std::unique_ptr<Chat> chat(quietAbove(1));
    const SessionId a = chat->join(u"a"_s);
    const SessionId b = chat->join(u"b"_s);
    chat->manager.leave(a);
    chat->manager.leave(b);
    chat->news();
    chat->manager.tick();
    QVERIFY(chat->news().isEmpty());
}

void TestChatPresence::listForWhomItIsOfUse_data()
{
    QTest::addColumn<ClientKind>("kind");
    QTest::addColumn<int>("quietRoom");
    QTest::addColumn<QStringList>("users");
    const QStringList all {u"a"_s, u"b"_s, u"c"_s};
    QTest::newRow("plain, small room") << ClientKind::Plain << 3 << all;
    QTest::newRow("plain, full room") << ClientKind::Plain << 2 << QStringList();
    QTest::newRow("parlance, small room") << ClientKind::Parlance << 3 << all;
    QTest::newRow("parlance, full room") << ClientKind::Parlance << 2 << all;
}

/// A plain client in a full room is told of nobody: no list is made for each of a crowd.
void TestChatPresence::listForWhomItIsOfUse()
{
    QFETCH(ClientKind, kind);
    QFETCH(int, quietRoom);
    const std::unique_ptr<Chat> chat(quietAbove(quietRoom));
    chat->join(u"a"_s);
    chat->join(u"b"_s);
    const Result<Joined> joined = chat->tryJoin({u"c"_s, {}, {}, u"general"_s, kind});
    QVERIFY(joined);
    QTEST(joined.value().users, "users");
    const Room *room = chat->manager.room(roomName(u"general"_s));
    QCOMPARE(joined.value().peopleChanges, room->peopleChanges());
    chat->join(u"d"_s);
    QVERIFY(joined.value().peopleChanges != room->peopleChanges());
}

/// Whose list of people has some of what the summary says is named with it, once.
void TestChatPresence::newcomersAreNamed()
{
    const std::unique_ptr<Chat> chat(quietAbove(2));
    QList<QList<SessionId>> newcomers;
    QObject::connect(&chat->manager, &ChatManager::presenceChanged, &chat->manager,
                     [&newcomers](const RoomName &, const Room::Presence &presence, int) {
        newcomers.append(presence.newcomers);
    });
    const auto enter = [&chat](const QString &name, ClientKind kind) {
        return chat->join({name, {}, {}, u"general"_s, kind});
    };
    const SessionId a = enter(u"a"_s, ClientKind::Parlance); // of a small room: heard of everybody since
    enter(u"b"_s, ClientKind::Parlance);
    const SessionId c = enter(u"c"_s, ClientKind::Parlance);
    enter(u"d"_s, ClientKind::Plain);
    const SessionId e = enter(u"e"_s, ClientKind::Parlance);
    chat->manager.tick();
    chat->manager.leave(a);
    chat->manager.tick();
    chat->manager.leave(SessionId {2});
    chat->manager.leave(SessionId {4});
    chat->manager.leave(c);
    const SessionId f = enter(u"f"_s, ClientKind::Parlance); // the room is small again, but the summary is to come
    chat->manager.tick();
    QCOMPARE(newcomers, (QList<QList<SessionId>> {{c, e}, {}, {f}}));
}

/// Whatever comes and goes around the limit: who follows what is told and summed up knows who is there.
void TestChatPresence::everybodyIsCountedRight()
{
    const std::unique_ptr<Chat> chat(quietAbove(5));
    QSet<QString> known;
    QObject::connect(&chat->manager, &ChatManager::userJoined, &chat->manager,
                     [&known](const RoomName &, const UserName &user, SessionId, bool quiet) {
        if (!quiet)
            known.insert(user.text());
    });
    QObject::connect(&chat->manager, &ChatManager::userLeft, &chat->manager,
                     [&known](const RoomName &, const UserName &user, const QString &, bool quiet) {
        if (!quiet)
            known.remove(user.text());
    });
    QObject::connect(&chat->manager, &ChatManager::presenceChanged, &chat->manager,
                     [&known](const RoomName &, const Room::Presence &presence, int) {
        for (const QString &name : presence.left)
            known.remove(name);
        for (const QString &name : presence.joined)
            known.insert(name);
    });
    chat->join(u"host"_s); // keeps the room
    QRandomGenerator random(10);
    QHash<QString, SessionId> inside;
    for (int i = 0; i < 5000; ++i) {
        const QString name = u"guest"_s + QChar(u'a' + random.bounded(10));
        if (const auto it = inside.find(name); it != inside.end()) {
            chat->manager.leave(*it);
            inside.erase(it);
        } else {
            inside.insert(name, chat->join(name));
        }
        if (random.bounded(4) > 0)
            continue;
        chat->manager.tick();
        const QStringList there = chat->manager.userNames(roomName(u"general"_s));
        QCOMPARE(known, QSet<QString>(there.cbegin(), there.cend()));
    }
}

QTEST_GUILESS_MAIN(TestChatPresence)
#include "tst_chatpresence.moc"
