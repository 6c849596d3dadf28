// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"
#include "model/historybudget.h"
#include "model/room.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestHistoryBudget : public QObject
{
    Q_OBJECT

private slots:
    void whoHasTheMostForgets();
    void ringAndBudgetTogether();
    void eachKeepsItsNewest();
    void forgottenRoomsDoNotCount();
};

namespace {

Message numbered(quint64 seq, int characters)
{
    Message message;
    message.seq = seq;
    message.content = QString(characters, u'x');
    return message;
}

void fill(HistoryBudget &budget, Room &room, int messages, int characters)
{
    for (int i = 0; i < messages; ++i)
        budget.keep(room, numbered(++room.head, characters));
}

constexpr qint64 kSmall = 400 + 2 * 100; // what a message of 100 characters counts for

} // namespace

void TestHistoryBudget::whoHasTheMostForgets()
{
    HistoryBudget budget(100 * kSmall);
    Room loud(roomName(u"loud"_s), 1000, 0);
    Room calm(roomName(u"calm"_s), 1000, 0);
    fill(budget, calm, 30, 100);
    fill(budget, loud, 500, 100);
    QCOMPARE(calm.history.size(), 30);
    QCOMPARE(loud.history.size(), 70);
    QCOMPARE(loud.history.first(), 431u);
    fill(budget, calm, 10, 100); // the loud one is quiet now, and pays nevertheless
    QCOMPARE(calm.history.size(), 40);
    QCOMPARE(loud.history.size(), 60);
    QCOMPARE(budget.bytes(), 100 * kSmall);
    budget.forget(loud);
    budget.forget(calm);
}

void TestHistoryBudget::ringAndBudgetTogether()
{
    HistoryBudget budget(100 * kSmall);
    Room room(roomName(u"room"_s), 20, 0);
    fill(budget, room, 50, 100);
    QCOMPARE(room.history.size(), 20);
    QCOMPARE(budget.bytes(), 20 * kSmall);
    budget.forget(room);
}

void TestHistoryBudget::eachKeepsItsNewest()
{
    HistoryBudget budget(1);
    Room a(roomName(u"a"_s), 1000, 0);
    Room b(roomName(u"b"_s), 1000, 0);
    fill(budget, a, 5, 1000);
    fill(budget, b, 5, 10);
    QCOMPARE(a.history.size(), 1);
    QVERIFY(b.history.size() >= 1);
    QVERIFY(budget.bytes() <= 2 * (400 + 2 * 1000)); // no more than that many times the longest
    budget.forget(a);
    budget.forget(b);
}

void TestHistoryBudget::forgottenRoomsDoNotCount()
{
    HistoryBudget budget(100 * kSmall);
    Room a(roomName(u"a"_s), 1000, 0);
    Room b(roomName(u"b"_s), 1000, 0);
    fill(budget, a, 90, 100);
    budget.forget(a);
    QCOMPARE(budget.bytes(), 0);
    fill(budget, b, 90, 100);
    QCOMPARE(b.history.size(), 90);
    budget.forget(b);
}

QTEST_GUILESS_MAIN(TestHistoryBudget)
#include "tst_historybudget.moc"
