// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eventloop/epolltest.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <functional>
#include <limits>

using namespace Parlance;
using namespace std::chrono_literals;

/// An object with timers and a handler for them.
class Ticker : public QObject
{
public:
    QHash<int, int> fired; // by timer id
    std::function<void(int)> handler;

    void timerEvent(QTimerEvent *event) override
    {
        ++fired[event->timerId()];
        if (handler)
            handler(event->timerId());
    }
};

/// Timers as QObject and QTimer use them. What a deadline is exactly, tst_timerqueue tests with a clock of its own.
class TestEpollTimers : public QObject
{
    Q_OBJECT

private slots:
    void singleShot_data();
    void singleShot();
    void periodic_data();
    void periodic();
    void zeroOncePerPass();
    void zeroDoesNotStarveOthers();
    void shorterFirst();
    void killInHandler();
    void killOtherInHandler();
    void restartInHandler();
    void deleteInHandler();
    void noRecursion();
    void othersFireInNestedLoop();
    void excludeTimers();
    void remainingTime();
    void registeredTimers();
    void unregisterUnknown();
    void moveToThread();
    void manyTimers();

private:
    static QAbstractEventDispatcher *dispatcher() { return QCoreApplication::eventDispatcher(); }
    static void passUntil(const std::function<bool()> &done)
    {
        while (!done())
            pass(QEventLoop::WaitForMoreEvents);
    }
};

void TestEpollTimers::singleShot_data()
{
    QTest::addColumn<Qt::TimerType>("type");
    QTest::addColumn<int>("interval");
    QTest::addColumn<int>("atLeast"); // in milliseconds
    QTest::newRow("precise") << Qt::PreciseTimer << 30 << 30;
    QTest::newRow("coarse, short") << Qt::CoarseTimer << 10 << 10;
    QTest::newRow("coarse") << Qt::CoarseTimer << 200 << 190;
    QTest::newRow("very coarse") << Qt::VeryCoarseTimer << 1000 << 500;
    QTest::newRow("zero") << Qt::CoarseTimer << 0 << 0;
}

void TestEpollTimers::singleShot()
{
    QFETCH(Qt::TimerType, type);
    QFETCH(int, interval);
    QFETCH(int, atLeast);
    QElapsedTimer clock;
    clock.start();
    bool fired = false;
    QTimer timer;
    timer.setTimerType(type);
    timer.setSingleShot(true);
    timer.callOnTimeout(&timer, [&fired] { fired = true; });
    timer.start(interval);
    passUntil([&fired] { return fired; });
    QVERIFY2(clock.nsecsElapsed() >= atLeast * 1000000LL, "too early");
    QVERIFY(!timer.isActive());
}

void TestEpollTimers::periodic_data()
{
    QTest::addColumn<Qt::TimerType>("type");
    QTest::newRow("precise") << Qt::PreciseTimer;
    QTest::newRow("coarse") << Qt::CoarseTimer;
}

void TestEpollTimers::periodic()
{
    QFETCH(Qt::TimerType, type);
    QElapsedTimer clock;
    clock.start();
    int count = 0;
    QTimer timer;
    timer.setTimerType(type);
    timer.callOnTimeout(&timer, [&count] { ++count; });
    timer.start(24);
    passUntil([&count] { return count == 10; });
    QVERIFY2(clock.elapsed() >= (type == Qt::PreciseTimer ? 240 : 228), "too early");
}

void TestEpollTimers::zeroOncePerPass()
{
    Ticker ticker;
    const int a = ticker.startTimer(0);
    const int b = ticker.startTimer(0, Qt::PreciseTimer);
    for (int i = 1; i <= 20; ++i) {
        pass(i % 2 ? QEventLoop::AllEvents : QEventLoop::WaitForMoreEvents); // must not wait
        QCOMPARE(ticker.fired[a], i);
        QCOMPARE(ticker.fired[b], i);
    }
}

void TestEpollTimers::zeroDoesNotStarveOthers()
{
    Ticker ticker;
    ticker.startTimer(0);
    const int slow = ticker.startTimer(5, Qt::PreciseTimer);
    const Pair pair = Pair::sockets();
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
    int read = 0;
    connect(&notifier, &QSocketNotifier::activated, this, [&read, &pair] { read += pair.receive() ? 1 : 0; });
    for (int i = 1; i <= 10; ++i) {
        QVERIFY(pair.send());
        pass();
        QCOMPARE(read, i);
    }
    passUntil([&ticker, slow] { return ticker.fired[slow] >= 3; });
}

void TestEpollTimers::shorterFirst()
{
    Ticker ticker;
    QList<int> order;
    ticker.handler = [&ticker, &order](int id) {
        order.append(id);
        ticker.killTimer(id);
    };
    const int late = ticker.startTimer(12, Qt::PreciseTimer);
    const int early = ticker.startTimer(3, Qt::PreciseTimer);
    const int zero = ticker.startTimer(0);
    passUntil([&order] { return order.size() == 3; });
    QCOMPARE(order, QList<int>({zero, early, late}));
}

void TestEpollTimers::killInHandler()
{
    Ticker ticker;
    const int id = ticker.startTimer(1);
    ticker.handler = [&ticker](int fired) { ticker.killTimer(fired); };
    passUntil([&ticker, id] { return ticker.fired[id] > 0; });
    passesIn(10ms);
    QCOMPARE(ticker.fired[id], 1);
}

void TestEpollTimers::killOtherInHandler()
{
    Ticker ticker;
    const int a = ticker.startTimer(0);
    const int b = ticker.startTimer(0);
    ticker.handler = [&ticker, a, b](int fired) { ticker.killTimer(fired == a ? b : a); };
    pass();
    QCOMPARE(ticker.fired[a], 1);
    QCOMPARE(ticker.fired[b], 0); // due in the same pass, but killed by then
}

void TestEpollTimers::restartInHandler()
{
    QTimer timer;
    int count = 0;
    timer.callOnTimeout(&timer, [&count, &timer] {
        if (++count < 50)
            timer.start(0);
        else
            timer.stop();
    });
    timer.start(0);
    for (int i = 1; i <= 50; ++i) {
        pass();
        QCOMPARE(count, i);
    }
    QVERIFY(!pass());
    QCOMPARE(count, 50);
}

void TestEpollTimers::deleteInHandler()
{
    auto *ticker = new Ticker;
    const QPointer<Ticker> guard(ticker);
    ticker->startTimer(0);
    ticker->startTimer(0);
    ticker->handler = [ticker](int) { delete ticker; };
    pass();
    QVERIFY(!guard);
    QVERIFY(!pass());
}

void TestEpollTimers::noRecursion()
{
    Ticker ticker;
    int depth = 0;
    int deepest = 0;
    const int id = ticker.startTimer(0);
    ticker.handler = [&depth, &deepest](int) {
        deepest = std::max(deepest, ++depth);
        for (int i = 0; i < 5; ++i)
            pass();
        --depth;
    };
    pass();
    QCOMPARE(deepest, 1);
    QCOMPARE(ticker.fired[id], 1);
    pass();
    QCOMPARE(ticker.fired[id], 2);
}

void TestEpollTimers::othersFireInNestedLoop()
{
    Ticker ticker;
    const int outer = ticker.startTimer(2, Qt::PreciseTimer);
    const int inner = ticker.startTimer(1, Qt::PreciseTimer);
    int passes = -1;
    ticker.handler = [&ticker, &passes, outer, inner](int id) {
        if (id != outer || passes >= 0)
            return;
        const int before = ticker.fired[inner];
        passUntil([&ticker, before, inner] { return ticker.fired[inner] >= before + 5; });
        QCOMPARE(ticker.fired[outer], 1);
        ticker.killTimer(inner);
        passes = passesIn(30ms); // and this one, long overdue, does not keep the nested loop awake
    };
    passUntil([&passes] { return passes >= 0; });
    QVERIFY(passes < kIdlePasses);
    passUntil([&ticker, outer] { return ticker.fired[outer] >= 2; });
}

void TestEpollTimers::excludeTimers()
{
    Ticker ticker;
    const int id = ticker.startTimer(0);
    pass(QEventLoop::X11ExcludeTimers);
    QCOMPARE(ticker.fired[id], 0);
    dispatcher()->wakeUp();
    pass(QEventLoop::X11ExcludeTimers | QEventLoop::WaitForMoreEvents);
    QCOMPARE(ticker.fired[id], 0);
    pass();
    QCOMPARE(ticker.fired[id], 1);
}

void TestEpollTimers::remainingTime()
{
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QCOMPARE(timer.remainingTime(), -1);
    timer.start(100000);
    QVERIFY(timer.remainingTime() <= 100000);
    QVERIFY(timer.remainingTime() > 50000);
    timer.start(0);
    QCOMPARE(timer.remainingTime(), 0);
    const int id = timer.timerId();
    timer.stop();
    QCOMPARE(dispatcher()->remainingTime(id), -1);
    timer.start(std::chrono::milliseconds(std::numeric_limits<int>::max()));
    QVERIFY(timer.remainingTime() > std::numeric_limits<int>::max() - 50000);
}

void TestEpollTimers::registeredTimers()
{
    Ticker ticker;
    QVERIFY(dispatcher()->registeredTimers(&ticker).isEmpty());
    QHash<int, QPair<int, Qt::TimerType>> expected;
    expected[ticker.startTimer(0)] = {0, Qt::CoarseTimer};
    expected[ticker.startTimer(77, Qt::PreciseTimer)] = {77, Qt::PreciseTimer};
    expected[ticker.startTimer(3333, Qt::VeryCoarseTimer)] = {3333, Qt::VeryCoarseTimer};
    const QList<QAbstractEventDispatcher::TimerInfo> timers = dispatcher()->registeredTimers(&ticker);
    QCOMPARE(timers.size(), 3);
    for (const QAbstractEventDispatcher::TimerInfo &timer : timers) {
        QVERIFY(expected.contains(timer.timerId));
        QCOMPARE(timer.interval, expected[timer.timerId].first);
        QCOMPARE(timer.timerType, expected[timer.timerId].second);
    }
    QVERIFY(dispatcher()->unregisterTimers(&ticker));
    QVERIFY(dispatcher()->registeredTimers(&ticker).isEmpty());
    pass();
    QVERIFY(ticker.fired.isEmpty());
}

void TestEpollTimers::unregisterUnknown()
{
    QVERIFY(!dispatcher()->unregisterTimer(123456));
    QVERIFY(!dispatcher()->unregisterTimers(this));
}

void TestEpollTimers::moveToThread()
{
    QThread thread;
    thread.setEventDispatcher(makeEpollDispatcher().release());
    auto *timer = new QTimer;
    std::atomic<int> fired {0};
    QThread *where = nullptr;
    timer->callOnTimeout(timer, [&fired, &where, &thread] {
        where = QThread::currentThread();
        if (++fired == 3)
            thread.quit();
    });
    timer->start(1);
    timer->moveToThread(&thread); // running
    connect(&thread, &QThread::finished, timer, &QObject::deleteLater);
    thread.start();
    QVERIFY(thread.wait());
    QVERIFY(fired >= 3);
    QCOMPARE(where, &thread);
}

void TestEpollTimers::manyTimers()
{
    constexpr int count = 10000;
    std::vector<std::unique_ptr<QTimer>> timers;
    int fired = 0;
    for (int i = 0; i < count; ++i) {
        timers.push_back(std::make_unique<QTimer>());
        timers.back()->setSingleShot(true);
        timers.back()->callOnTimeout(this, [&fired] { ++fired; });
        timers.back()->start(i % 100);
    }
    for (int i = 0; i < count; i += 2)
        timers[size_t(i)]->stop();
    passUntil([&fired] { return fired >= count / 2; });
    timers.clear();
    QVERIFY(!pass());
    QCOMPARE(fired, count / 2);
}

int main(int argc, char **argv)
{
    return runOnEpoll<TestEpollTimers>(argc, argv);
}
#include "tst_epolltimers.moc"
