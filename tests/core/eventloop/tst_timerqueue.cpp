// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/timerqueue.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <map>
#include <random>

using namespace Parlance;
using namespace std::chrono_literals;

using Time = TimerQueue::Time;
using Millis = TimerQueue::Millis;

Q_DECLARE_METATYPE(TimerQueue::Millis)

class TestTimerQueue : public QObject
{
    Q_OBJECT

private slots:
    void empty();
    void firesInOrderOfDeadline();
    void sameDeadlineInOrderOfAdding();
    void periodicKeepsItsPhase();
    void afterStallFiresOnce_data();
    void afterStallFiresOnce();
    void coarseStaysClose_data();
    void coarseStaysClose();
    void coarseTimersShareWakeUps();
    void shortCoarseIsExact();
    void veryCoarseOnWholeSeconds_data();
    void veryCoarseOnWholeSeconds();
    void zeroOncePerRound();
    void zeroLetsOthersThrough();
    void addedInARoundWaitsForTheNext();
    void notDueWhileBeingFired();
    void removedWhileBeingFired();
    void replacedWhileBeingFired();
    void removeAll();
    void timersOf();
    void extremeIntervals();
    void sameAsASortedList();

private:
    static QList<int> fireAll(TimerQueue &queue, Time now, const std::function<void(int)> &handler = {});
};

/// One round at \a now; the ids in the order in which they fired.
QList<int> TestTimerQueue::fireAll(TimerQueue &queue, Time now, const std::function<void(int)> &handler)
{
    QList<int> fired;
    const TimerQueue::Round round = queue.beginRound(now);
    while (const auto due = queue.takeDue(round)) {
        fired.append(due->id);
        if (handler)
            handler(due->id);
        queue.rearm(*due);
    }
    return fired;
}

void TestTimerQueue::empty()
{
    TimerQueue queue;
    QVERIFY(!queue.nextDeadline());
    QVERIFY(!queue.deadline(1));
    QVERIFY(!queue.remove(1));
    QVERIFY(!queue.removeAll(this));
    QVERIFY(queue.timersOf(this).isEmpty());
    QVERIFY(fireAll(queue, 1h).isEmpty());
}

void TestTimerQueue::firesInOrderOfDeadline()
{
    TimerQueue queue;
    queue.add({1, 30ms, Qt::PreciseTimer, this}, 0ns);
    queue.add({2, 10ms, Qt::PreciseTimer, this}, 0ns);
    queue.add({3, 20ms, Qt::PreciseTimer, this}, 0ns);
    QCOMPARE(queue.nextDeadline().value(), Time(10ms));
    QCOMPARE(fireAll(queue, 10ms - 1ns), QList<int>());
    QCOMPARE(fireAll(queue, 10ms), QList<int>({2}));
    QCOMPARE(queue.deadline(2).value(), Time(20ms));
    QCOMPARE(fireAll(queue, 35ms), QList<int>({3, 2, 1}));
}

void TestTimerQueue::sameDeadlineInOrderOfAdding()
{
    TimerQueue queue;
    for (const int id : {5, 3, 9, 1})
        queue.add({id, 10ms, Qt::PreciseTimer, this}, 0ns);
    QCOMPARE(fireAll(queue, 10ms), QList<int>({5, 3, 9, 1}));
}

void TestTimerQueue::periodicKeepsItsPhase()
{
    TimerQueue queue;
    queue.add({1, 10ms, Qt::PreciseTimer, this}, 3ns);
    Time now = 3ns;
    for (int i = 1; i <= 1000; ++i) {
        now = queue.nextDeadline().value() + 999us; // each a little late
        QCOMPARE(fireAll(queue, now), QList<int>({1}));
        QCOMPARE(queue.nextDeadline().value(), Time(3ns + (i + 1) * 10ms));
    }
}

void TestTimerQueue::afterStallFiresOnce_data()
{
    QTest::addColumn<Qt::TimerType>("type");
    QTest::addColumn<Millis>("interval");
    QTest::newRow("precise") << Qt::PreciseTimer << Millis(10ms);
    QTest::newRow("coarse") << Qt::CoarseTimer << Millis(730ms);
    QTest::newRow("very coarse") << Qt::VeryCoarseTimer << Millis(3s);
}

void TestTimerQueue::afterStallFiresOnce()
{
    QFETCH(Qt::TimerType, type);
    QFETCH(Millis, interval);
    const Time slack = type == Qt::CoarseTimer ? Time(interval / 40) : 0ns;
    for (Time late = 1h; late < 1h + interval; late += 1234567ns) {
        TimerQueue queue;
        queue.add({1, interval, type, this}, 0ns);
        QCOMPARE(fireAll(queue, late), QList<int>({1}));
        QCOMPARE(fireAll(queue, late), QList<int>());
        const Time next = queue.deadline(1).value();
        QVERIFY(next > late);
        QVERIFY(next <= late + interval + slack);
        const Time offGrid = next % interval; // still in phase with the start
        QVERIFY(std::min<Time>(offGrid, interval - offGrid) <= slack);
    }
}

void TestTimerQueue::coarseStaysClose_data()
{
    QTest::addColumn<Millis>("interval");
    for (const int ms : {21, 25, 33, 40, 50, 75, 99, 100, 101, 250, 333, 500, 730, 999, 1000, 1010, 4999, 7777, 19999,
                         20000, 60000, 3600000})
        QTest::addRow("%d ms", ms) << Millis(ms);
}

void TestTimerQueue::coarseStaysClose()
{
    QFETCH(Millis, interval);
    TimerQueue queue;
    const Time start = 77s + 123456789ns;
    queue.add({1, interval, Qt::CoarseTimer, this}, start);
    Time last = start;
    for (int i = 1; i <= 2000; ++i) {
        const Time deadline = queue.nextDeadline().value();
        const Time exact = start + i * interval;
        QVERIFY2(std::chrono::abs(deadline - exact) <= interval / 40.0, "drifts");
        QVERIFY2(std::chrono::abs(deadline - last - interval) <= interval / 20.0, "more than 5 % off");
        last = deadline;
        QCOMPARE(fireAll(queue, deadline), QList<int>({1}));
    }
}

void TestTimerQueue::coarseTimersShareWakeUps()
{
    TimerQueue queue;
    for (int id = 1; id <= 100; ++id)
        queue.add({id, 1s, Qt::CoarseTimer, this}, id * 157us);
    QCOMPARE(fireAll(queue, queue.nextDeadline().value()).size(), 100);
}

void TestTimerQueue::shortCoarseIsExact()
{
    TimerQueue queue;
    queue.add({1, 20ms, Qt::CoarseTimer, this}, 1234ns);
    QCOMPARE(queue.nextDeadline().value(), Time(20ms + 1234ns));
}

void TestTimerQueue::veryCoarseOnWholeSeconds_data()
{
    QTest::addColumn<Millis>("interval");
    QTest::addColumn<Millis>("period");
    QTest::newRow("below a second") << Millis(1ms) << Millis(1s);
    QTest::newRow("one second") << Millis(1s) << Millis(1s);
    QTest::newRow("rounded down") << Millis(2499ms) << Millis(2s);
    QTest::newRow("rounded up") << Millis(2500ms) << Millis(3s);
    QTest::newRow("long") << Millis(86400s) << Millis(86400s);
}

void TestTimerQueue::veryCoarseOnWholeSeconds()
{
    QFETCH(Millis, interval);
    QFETCH(Millis, period);
    for (const Time start : {Time(100s), Time(100s + 1ns), Time(100s + 499ms), Time(100s + 501ms), Time(101s - 1ns)}) {
        TimerQueue queue;
        queue.add({1, interval, Qt::VeryCoarseTimer, this}, start);
        const Time first = queue.nextDeadline().value();
        QCOMPARE(first % 1s, Time(0));
        QVERIFY(std::chrono::abs(first - start - period) <= 500ms);
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(queue.nextDeadline().value(), first + i * period);
            QCOMPARE(fireAll(queue, first + i * period + 3ms), QList<int>({1}));
        }
    }
}

void TestTimerQueue::zeroOncePerRound()
{
    for (const Qt::TimerType type : {Qt::PreciseTimer, Qt::CoarseTimer, Qt::VeryCoarseTimer}) {
        TimerQueue queue;
        queue.add({1, 0ms, type, this}, 5ns);
        queue.add({2, 0ms, type, this}, 5ns);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(fireAll(queue, 5ns), QList<int>({1, 2})); // the clock need not move
            QVERIFY(queue.nextDeadline().value() <= 5ns);
        }
    }
    TimerQueue queue;
    queue.add({1, 0ms, Qt::PreciseTimer, this}, 0ns);
    queue.add({2, 1ms, Qt::PreciseTimer, this}, 0ns);
    const TimerQueue::Round round = queue.beginRound(1ms);
    QVERIFY(queue.takeDue(round)->isZero);
    QVERIFY(!queue.takeDue(round)->isZero);
}

void TestTimerQueue::zeroLetsOthersThrough()
{
    TimerQueue queue;
    queue.add({1, 0ms, Qt::PreciseTimer, this}, 0ns);
    queue.add({2, 10ms, Qt::PreciseTimer, this}, 0ns);
    for (Time now = 0ms; now < 10ms; now += 1ms)
        QCOMPARE(fireAll(queue, now), QList<int>({1}));
    QCOMPARE(fireAll(queue, 10ms), QList<int>({1, 2}));
}

void TestTimerQueue::addedInARoundWaitsForTheNext()
{
    TimerQueue queue;
    queue.add({1, 10ms, Qt::PreciseTimer, this}, 0ns);
    queue.add({2, 10ms, Qt::PreciseTimer, this}, 0ns);
    const QList<int> fired = fireAll(queue, 10ms, [this, &queue](int id) {
        queue.add({id + 10, 0ms, Qt::PreciseTimer, this}, 10ms); // the same instant
    });
    QCOMPARE(fired, QList<int>({1, 2}));
    QCOMPARE(fireAll(queue, 10ms), QList<int>({11, 12}));
}

void TestTimerQueue::notDueWhileBeingFired()
{
    TimerQueue queue;
    queue.add({1, 10ms, Qt::PreciseTimer, this}, 0ns);
    queue.add({2, 15ms, Qt::PreciseTimer, this}, 0ns);
    QList<int> inner;
    int depth = 0;
    const QList<int> outer = fireAll(queue, 10ms, [&inner, &depth, &queue](int id) {
        QCOMPARE(++depth, 1);
        QCOMPARE(id, 1);
        QCOMPARE(queue.nextDeadline().value(), Time(15ms)); // a nested loop must not wait for this one
        QCOMPARE(queue.deadline(1).value(), Time(20ms));
        inner = fireAll(queue, 100ms);
    });
    QCOMPARE(outer, QList<int>({1}));
    QCOMPARE(inner, QList<int>({2}));
    QCOMPARE(fireAll(queue, 100ms), QList<int>({1}));
    QCOMPARE(queue.deadline(1).value(), Time(110ms));
}

void TestTimerQueue::removedWhileBeingFired()
{
    TimerQueue queue;
    queue.add({1, 10ms, Qt::PreciseTimer, this}, 0ns);
    queue.add({2, 10ms, Qt::PreciseTimer, this}, 0ns);
    const QList<int> fired = fireAll(queue, 10ms, [&queue](int) {
        QVERIFY(queue.remove(1));
        QVERIFY(queue.remove(2));
    });
    QCOMPARE(fired, QList<int>({1}));
    QVERIFY(!queue.nextDeadline());
    QVERIFY(queue.timersOf(this).isEmpty());
}

void TestTimerQueue::replacedWhileBeingFired()
{
    TimerQueue queue;
    queue.add({1, 10ms, Qt::PreciseTimer, this}, 0ns);
    fireAll(queue, 10ms, [this, &queue](int) {
        queue.remove(1);
        queue.add({1, 50ms, Qt::PreciseTimer, this}, 10ms);
    });
    QCOMPARE(queue.deadline(1).value(), Time(60ms));
    QCOMPARE(fireAll(queue, 60ms), QList<int>({1})); // queued once, not twice
    QCOMPARE(queue.deadline(1).value(), Time(110ms));
    QVERIFY(queue.remove(1));
    QVERIFY(!queue.nextDeadline());
}

void TestTimerQueue::removeAll()
{
    TimerQueue queue;
    QObject other;
    for (int id = 1; id <= 5; ++id)
        queue.add({id, 10ms, Qt::PreciseTimer, id == 3 ? &other : this}, 0ns);
    QVERIFY(queue.removeAll(this));
    QVERIFY(!queue.removeAll(this));
    QCOMPARE(fireAll(queue, 10ms), QList<int>({3}));
}

void TestTimerQueue::timersOf()
{
    TimerQueue queue;
    QObject other;
    queue.add({7, 10ms, Qt::PreciseTimer, this}, 0ns);
    queue.add({2, 2499ms, Qt::VeryCoarseTimer, this}, 0ns);
    queue.add({4, 1s, Qt::CoarseTimer, &other}, 0ns);
    const QList<TimerQueue::Timer> timers = queue.timersOf(this);
    QCOMPARE(timers.size(), 2);
    QCOMPARE(timers[0].id, 2);
    QCOMPARE(timers[0].interval, Millis(2499ms)); // as asked for, not as rounded
    QCOMPARE(timers[0].type, Qt::VeryCoarseTimer);
    QCOMPARE(timers[1].id, 7);
    QCOMPARE(timers[1].type, Qt::PreciseTimer);
    queue.add({7, 10ms, Qt::PreciseTimer, &other}, 0ns); // changes hands
    QCOMPARE(queue.timersOf(this).size(), 1);
    QCOMPARE(queue.timersOf(&other).size(), 2);
}

void TestTimerQueue::extremeIntervals()
{
    TimerQueue queue;
    const Time now = 24h * 365;
    for (const Qt::TimerType type : {Qt::PreciseTimer, Qt::CoarseTimer, Qt::VeryCoarseTimer}) {
        queue.add({1, Millis::max(), type, this}, now);
        QVERIFY(queue.deadline(1).value() > now + 24h * 365 * 90);
        queue.add({1, Millis::min(), type, this}, now);
        QCOMPARE(queue.deadline(1).value(), now);
    }
}

/// Against a plain list that does the same slowly.
void TestTimerQueue::sameAsASortedList()
{
    std::mt19937 random(1);
    TimerQueue queue;
    std::map<int, std::pair<Time, Millis>> model; // id -> deadline, interval
    Time now = 0ns;
    for (int step = 0; step < 20000; ++step) {
        const int id = int(random() % 200);
        switch (random() % 4) {
        case 0: {
            const Millis interval(1 + random() % 50);
            queue.add({id, interval, Qt::PreciseTimer, this}, now);
            model[id] = {now + interval, interval};
            break;
        }
        case 1: QCOMPARE(queue.remove(id), model.erase(id) == 1); break;
        default: {
            now += Time(random() % 3000000);
            QList<int> fired = fireAll(queue, now);
            QList<int> expected;
            for (auto &[modelId, timer] : model) {
                if (timer.first > now)
                    continue;
                expected.append(modelId);
                while (timer.first <= now)
                    timer.first += timer.second;
            }
            std::sort(fired.begin(), fired.end());
            QCOMPARE(fired, expected);
        }
        }
        QCOMPARE(queue.timersOf(this).size(), qsizetype(model.size()));
    }
}

QTEST_GUILESS_MAIN(TestTimerQueue)
#include "tst_timerqueue.moc"
