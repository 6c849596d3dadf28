// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"
#include "model/jointickets.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestJoinTickets : public QObject
{
    Q_OBJECT

private slots:
    void readyAtOnce();
    void waitingForTheRoom();
    void roomThatDoesNotOpen();
    void cancelledWhileWaiting();
    void subscriber();
};

namespace {

JoinRequest requestFor(const QString &room)
{
    JoinRequest request;
    request.room = roomName(room);
    request.name = userName(u"anna"_s);
    return request;
}

constexpr TicketId kOne {1};
constexpr TicketId kTwo {2};
constexpr TicketId kThree {3};

} // namespace

void TestJoinTickets::readyAtOnce()
{
    JoinTickets tickets;
    QVERIFY(!tickets.takeReady(kOne));
    QVERIFY(!tickets.take(kOne));
    tickets.add(kOne, requestFor(u"tea"_s), true);
    QVERIFY(tickets.contains(kOne));
    const auto taken = tickets.takeReady(kOne);
    QVERIFY(taken);
    QCOMPARE(taken->room.text(), u"tea"_s);
    QVERIFY(!tickets.takeReady(kOne)); // once
    QCOMPARE(tickets.size(), 0);
}

void TestJoinTickets::waitingForTheRoom()
{
    JoinTickets tickets;
    tickets.add(kThree, requestFor(u"tea"_s), false);
    tickets.add(kOne, requestFor(u"TEA"_s), false); // the same room
    tickets.add(kTwo, requestFor(u"cake"_s), false);
    QVERIFY(!tickets.takeReady(kOne));
    QVERIFY(tickets.contains(kOne));
    QCOMPARE(tickets.makeReady(roomName(u"tea"_s)), (QList<TicketId> {kThree, kOne}));
    QVERIFY(tickets.makeReady(roomName(u"tea"_s)).isEmpty());
    QVERIFY(tickets.takeReady(kOne));
    QVERIFY(tickets.takeReady(kThree));
    QVERIFY(!tickets.takeReady(kTwo));
}

void TestJoinTickets::roomThatDoesNotOpen()
{
    JoinTickets tickets;
    tickets.add(kOne, requestFor(u"tea"_s), false);
    tickets.add(kTwo, requestFor(u"cake"_s), false);
    tickets.add(kThree, requestFor(u"tea"_s), false);
    QCOMPARE(tickets.takeWaiting(roomName(u"tea"_s)), (QList<TicketId> {kOne, kThree}));
    QVERIFY(!tickets.contains(kOne));
    QVERIFY(!tickets.contains(kThree));
    QVERIFY(tickets.contains(kTwo));
    QVERIFY(tickets.takeWaiting(roomName(u"tea"_s)).isEmpty());
}

void TestJoinTickets::cancelledWhileWaiting()
{
    JoinTickets tickets;
    tickets.add(kOne, requestFor(u"tea"_s), false);
    tickets.add(kTwo, requestFor(u"tea"_s), false);
    QVERIFY(tickets.take(kOne));
    QCOMPARE(tickets.makeReady(roomName(u"tea"_s)), QList<TicketId> {kTwo});
    QVERIFY(tickets.take(kTwo)); // a ready one can be cancelled too
    QCOMPARE(tickets.size(), 0);
}

void TestJoinTickets::subscriber()
{
    JoinRequest request = requestFor(u"tea"_s);
    request.address = u"10.0.0.1"_s;
    QCOMPARE(request.subscriber(), u"10.0.0.1"_s);
    request.network = u"0a000001"_s;
    QCOMPARE(request.subscriber(), u"0a000001"_s);
}

QTEST_GUILESS_MAIN(TestJoinTickets)
#include "tst_jointickets.moc"
