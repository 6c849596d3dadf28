// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"
#include "model/roomregistry.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestRoomRegistry : public QObject
{
    Q_OBJECT

private slots:
    void addAndDrop();
    void activeIsWhereSomebodyIs();
    void sortedByName();
    void presence();
};

namespace {

void enter(Room &room, const QString &name, quint64 session)
{
    room.add(userName(name), PersonId(name), SessionId {session});
}

} // namespace

void TestRoomRegistry::addAndDrop()
{
    ModelLimits limits;
    limits.rooms = 2;
    RoomRegistry rooms(limits);
    QVERIFY(!rooms.find(roomName(u"tea"_s)));
    Room &tea = rooms.add(roomName(u"tea"_s), 5);
    QCOMPARE(tea.lastActivity, 5);
    QCOMPARE(rooms.find(roomName(u"TEA"_s)), &tea);
    QVERIFY(!rooms.isFull());
    rooms.add(roomName(u"cake"_s), 6);
    QVERIFY(rooms.isFull());
    Message message;
    message.seq = 1;
    rooms.keep(tea, message);
    QVERIFY(rooms.historyBytes() > 0);
    rooms.drop(roomName(u"tea"_s));
    rooms.drop(roomName(u"nowhere"_s));
    QVERIFY(!rooms.find(roomName(u"tea"_s)));
    QCOMPARE(rooms.historyBytes(), 0);
    QVERIFY(!rooms.isFull());
}

void TestRoomRegistry::activeIsWhereSomebodyIs()
{
    RoomRegistry rooms({});
    Room &tea = rooms.add(roomName(u"tea"_s), 0);
    QVERIFY(!rooms.active(roomName(u"tea"_s)));
    QCOMPARE(rooms.activeCount(), 0);
    QVERIFY(rooms.activeRooms().isEmpty());
    enter(tea, u"anna"_s, 1);
    enter(tea, u"ben"_s, 2);
    QCOMPARE(rooms.active(roomName(u"tea"_s)), &tea);
    QCOMPARE(rooms.activeCount(), 1);
    QCOMPARE(rooms.userCount(), 2);
    QCOMPARE(rooms.userNames(roomName(u"tea"_s)), (QStringList {u"anna"_s, u"ben"_s}));
    QVERIFY(rooms.userNames(roomName(u"cake"_s)).isEmpty());
}

void TestRoomRegistry::sortedByName()
{
    RoomRegistry rooms({});
    for (const QString &name : {u"m"_s, u"z"_s, u"a"_s})
        enter(rooms.add(roomName(name), 0), u"anna"_s, 1);
    QStringList names;
    for (const RoomInfo &info : rooms.activeRooms())
        names.append(info.name.text());
    QCOMPARE(names, (QStringList {u"a"_s, u"m"_s, u"z"_s}));
}

void TestRoomRegistry::presence()
{
    RoomRegistry rooms({});
    rooms.add(roomName(u"calm"_s), 0);
    Room &busy = rooms.add(roomName(u"busy"_s), 0);
    QVERIFY(rooms.withPresence().isEmpty());
    busy.noteJoined(userName(u"anna"_s));
    QCOMPARE(rooms.withPresence(), QList<RoomName> {roomName(u"busy"_s)});
    (void)busy.takePresence();
    QVERIFY(rooms.withPresence().isEmpty());
}

QTEST_GUILESS_MAIN(TestRoomRegistry)
#include "tst_roomregistry.moc"
