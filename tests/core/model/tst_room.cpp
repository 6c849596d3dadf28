// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"
#include "model/room.h"

#include <QSet>
#include <QTest>

#include <utility>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestRoom : public QObject
{
    Q_OBJECT

private slots:
    void startsEmpty();
    void firstAndLastSession();
    void removingTheUnknown();
    void orderOfArrival();
    void peopleChangesCountPeople();
    void sessionsByArrival();
    void takenNameGetsNumber();
    void freedNameIsFree();
    void ownNameComesBack();
    void crowdOfOneName();
    void numbersDoNotGrowForEver();
    void longNamesGetNumbersToo();
    void presence_data();
    void presence();
    void presenceKeepsTheSpelling();
    void newcomersOfTheSummary();
    void unused();
};

namespace {

Room makeRoom()
{
    return Room(roomName(u"general"_s), 10, 1234);
}

/// Lets \a person in under \a wanted or what they get instead.
QString enter(Room &room, const QString &wanted, const QString &person, quint64 session)
{
    const UserName name = room.nameFor(PersonId(person), userName(wanted));
    room.add(name, PersonId(person), SessionId {session});
    return name.text();
}

} // namespace

void TestRoom::startsEmpty()
{
    const Room room = makeRoom();
    QCOMPARE(room.state, Room::State::Opening);
    QCOMPARE(room.userCount(), 0);
    QCOMPARE(room.sessionCount(), 0);
    QVERIFY(room.userNames().isEmpty());
    QVERIFY(!room.member(userName(u"anna"_s)));
    QVERIFY(!room.hasPresence());
    QVERIFY(room.isUnused());
    const RoomInfo info = room.info();
    QCOMPARE(info.name.text(), u"general"_s);
    QCOMPARE(info.lastActivity, 1234);
    QCOMPARE(info.messages, 0u);
}

void TestRoom::firstAndLastSession()
{
    Room room = makeRoom();
    const UserName anna = userName(u"anna"_s);
    QVERIFY(room.add(anna, PersonId(u"p"_s), SessionId {1}));
    QVERIFY(!room.add(anna, PersonId(u"p"_s), SessionId {2}));
    QCOMPARE(room.userCount(), 1);
    QCOMPARE(room.sessionCount(), 2);
    QCOMPARE(room.member(anna)->sessions, (QVarLengthArray<SessionId, 1> {SessionId {1}, SessionId {2}}));
    QVERIFY(!room.remove(anna, SessionId {1}));
    QCOMPARE(room.sessionCount(), 1);
    QVERIFY(room.remove(anna, SessionId {2}));
    QCOMPARE(room.userCount(), 0);
    QCOMPARE(room.sessionCount(), 0);
    QVERIFY(!room.member(anna));
}

void TestRoom::removingTheUnknown()
{
    Room room = makeRoom();
    QVERIFY(!room.remove(userName(u"anna"_s), SessionId {1}));
    room.add(userName(u"anna"_s), PersonId(u"p"_s), SessionId {1});
    QVERIFY(!room.remove(userName(u"anna"_s), SessionId {2}));
    QVERIFY(!room.remove(userName(u"ben"_s), SessionId {1}));
    QCOMPARE(room.sessionCount(), 1);
}

void TestRoom::orderOfArrival()
{
    Room room = makeRoom();
    enter(room, u"zoe"_s, u"1"_s, 1);
    enter(room, u"anna"_s, u"2"_s, 2);
    enter(room, u"mia"_s, u"3"_s, 3);
    enter(room, u"other"_s, u"1"_s, 4); // a second window changes nothing
    QCOMPARE(room.userNames(), (QStringList {u"zoe"_s, u"anna"_s, u"mia"_s}));
    room.remove(userName(u"anna"_s), SessionId {2});
    enter(room, u"anna"_s, u"2"_s, 5);
    QCOMPARE(room.userNames(), (QStringList {u"zoe"_s, u"mia"_s, u"anna"_s}));
}

void TestRoom::peopleChangesCountPeople()
{
    Room room = makeRoom();
    const UserName anna = userName(u"anna"_s);
    quint64 last = room.peopleChanges();
    const auto changed = [&room, &last] { return std::exchange(last, room.peopleChanges()) < room.peopleChanges(); };
    enter(room, u"anna"_s, u"1"_s, 1);
    QVERIFY(changed());
    enter(room, u"anna"_s, u"1"_s, 2); // another window is nobody else
    QVERIFY(!changed());
    room.remove(anna, SessionId {1});
    QVERIFY(!changed());
    room.remove(anna, SessionId {99});
    QVERIFY(!changed());
    room.remove(anna, SessionId {2});
    QVERIFY(changed());
    enter(room, u"anna"_s, u"1"_s, 3); // who is there is as before, and yet somebody came and went
    QVERIFY(changed());
}

void TestRoom::sessionsByArrival()
{
    Room room = makeRoom();
    QVERIFY(room.sessions().isEmpty());
    enter(room, u"zoe"_s, u"1"_s, 1);
    enter(room, u"anna"_s, u"2"_s, 2);
    enter(room, u"zoe"_s, u"1"_s, 3);
    QCOMPARE(room.sessions(), (QList<SessionId> {SessionId {1}, SessionId {3}, SessionId {2}}));
}

void TestRoom::takenNameGetsNumber()
{
    Room room = makeRoom();
    QCOMPARE(enter(room, u"anna"_s, u"1"_s, 1), u"anna"_s);
    QCOMPARE(enter(room, u"anna"_s, u"2"_s, 2), u"anna-2"_s);
    QCOMPARE(enter(room, u"ANNA"_s, u"3"_s, 3), u"ANNA-3"_s);
    QCOMPARE(enter(room, u"Аnna"_s, u"4"_s, 4), u"Аnna-4"_s); // with a Cyrillic А
    QCOMPARE(enter(room, u"anna-2"_s, u"5"_s, 5), u"anna-2-2"_s);
}

void TestRoom::freedNameIsFree()
{
    Room room = makeRoom();
    enter(room, u"anna"_s, u"1"_s, 1);
    enter(room, u"anna"_s, u"2"_s, 2);
    enter(room, u"anna"_s, u"3"_s, 3);
    room.remove(userName(u"anna-2"_s), SessionId {2});
    QCOMPARE(enter(room, u"anna"_s, u"4"_s, 4), u"anna-2"_s);
    room.remove(userName(u"anna"_s), SessionId {1});
    QCOMPARE(enter(room, u"anna"_s, u"5"_s, 5), u"anna"_s);
}

void TestRoom::ownNameComesBack()
{
    Room room = makeRoom();
    enter(room, u"anna"_s, u"1"_s, 1);
    QCOMPARE(enter(room, u"anna"_s, u"2"_s, 2), u"anna-2"_s);
    QCOMPARE(enter(room, u"anna"_s, u"2"_s, 3), u"anna-2"_s); // another window of the second
    QCOMPARE(enter(room, u"somebody"_s, u"1"_s, 4), u"anna"_s); // who asks for another name keeps the one they have
    QCOMPARE(room.userCount(), 2);
    QCOMPARE(room.sessionCount(), 4);
}

void TestRoom::crowdOfOneName()
{
    Room room = makeRoom();
    QSet<QString> names;
    for (quint64 i = 1; i <= 3000; ++i)
        names.insert(enter(room, u"guest"_s, QString::number(i), i));
    QCOMPARE(names.size(), 3000);
    QCOMPARE(room.userCount(), 3000);
    for (const QString &name : std::as_const(names))
        QVERIFY(name == u"guest" || name.startsWith(u"guest-"));
}

/// A crowd that comes and goes for days: the numbers stay near the size of the crowd.
void TestRoom::numbersDoNotGrowForEver()
{
    Room room = makeRoom();
    QList<std::pair<QString, quint64>> inside;
    quint64 highest = 0;
    for (quint64 i = 1; i <= 20'000; ++i) {
        inside.append({enter(room, u"guest"_s, QString::number(i), i), i});
        highest = std::max(highest, inside.constLast().first.mid(6).toULongLong());
        if (inside.size() > 100) {
            const auto [name, session] = inside.takeFirst();
            QVERIFY(room.remove(userName(name), SessionId {session}));
        }
    }
    QVERIFY2(highest < 1000, qPrintable(QString::number(highest)));
}

void TestRoom::longNamesGetNumbersToo()
{
    Room room = makeRoom();
    QSet<QString> names;
    const QString longest(32, u'x');
    const QString emojiSized = u"𝒳"_s.repeated(32);
    for (quint64 i = 1; i <= 120; ++i) {
        names.insert(enter(room, longest, u"a%1"_s.arg(i), 2 * i));
        names.insert(enter(room, emojiSized, u"b%1"_s.arg(i), 2 * i + 1));
    }
    QCOMPARE(names.size(), 240);
    for (const QString &name : std::as_const(names))
        QVERIFY(parseUserName(name)); // within 32 characters, and nothing cut in half
}

void TestRoom::presence_data()
{
    QTest::addColumn<QString>("steps"); // +a: came, -a: left
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing") << u""_s << u"/"_s;
    QTest::newRow("came") << u"+a +b"_s << u"a,b/"_s;
    QTest::newRow("left") << u"-b -a"_s << u"/a,b"_s;
    QTest::newRow("came and went") << u"+a -a"_s << u"/"_s;
    QTest::newRow("left and came back") << u"-a +a"_s << u"/"_s;
    QTest::newRow("came, went, came") << u"+a -a +a"_s << u"a/"_s;
    QTest::newRow("left, came, left") << u"-a +a -a"_s << u"/a"_s;
    QTest::newRow("several") << u"+a -b +c -a +d -d -e"_s << u"c/b,e"_s;
}

void TestRoom::presence()
{
    QFETCH(QString, steps);
    Room room = makeRoom();
    for (const QString &step : steps.split(u' ', Qt::SkipEmptyParts)) {
        if (step.startsWith(u'+'))
            room.noteJoined(userName(step.mid(1)));
        else
            room.noteLeft(userName(step.mid(1)));
    }
    const bool any = room.hasPresence();
    const Room::Presence presence = room.takePresence();
    QTEST(presence.joined.join(u',') + u'/' + presence.left.join(u','), "expected");
    QCOMPARE(any, !presence.joined.isEmpty() || !presence.left.isEmpty());
    QVERIFY(!room.hasPresence());
    QVERIFY(room.takePresence().joined.isEmpty());
}

/// Clients know people by what they see: Anna who left is not the anna who came.
void TestRoom::presenceKeepsTheSpelling()
{
    Room room = makeRoom();
    room.noteLeft(userName(u"Anna"_s));
    room.noteJoined(userName(u"anna"_s));
    const Room::Presence presence = room.takePresence();
    QCOMPARE(presence.left, QStringList {u"Anna"_s});
    QCOMPARE(presence.joined, QStringList {u"anna"_s});
}

void TestRoom::newcomersOfTheSummary()
{
    Room room = makeRoom();
    for (quint64 i = 1; i <= 3; ++i) {
        enter(room, u"guest"_s, QString::number(i), i);
        room.noteNewcomer(SessionId {i});
    }
    QVERIFY(room.isNewcomer(SessionId {2}));
    room.remove(userName(u"guest-2"_s), SessionId {2}); // who is gone hears of nothing
    QVERIFY(!room.isNewcomer(SessionId {2}));
    QCOMPARE(room.takePresence().newcomers, (QList<SessionId> {SessionId {1}, SessionId {3}}));
    QVERIFY(!room.isNewcomer(SessionId {1}));
    QVERIFY(room.takePresence().newcomers.isEmpty()); // once
}

void TestRoom::unused()
{
    Room room = makeRoom();
    ++room.reservations;
    QVERIFY(!room.isUnused());
    --room.reservations;
    ++room.pendingDrafts;
    QVERIFY(!room.isUnused());
    --room.pendingDrafts;
    QVERIFY(room.isUnused());
    room.add(userName(u"anna"_s), PersonId(u"p"_s), SessionId {1});
    QVERIFY(!room.isUnused());
}

QTEST_GUILESS_MAIN(TestRoom)
#include "tst_room.moc"
