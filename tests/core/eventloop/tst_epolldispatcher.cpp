// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eventloop/epolltest.h"

#include <QPointer>
#include <QSemaphore>
#include <QSignalSpy>
#include <QThread>

#include <csignal>

#include <pthread.h>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Counts its user events; \a again posts so many more from the handler.
class Receiver : public QObject
{
public:
    int count = 0;
    int again = 0;

    void post() { QCoreApplication::postEvent(this, new QEvent(QEvent::User)); }
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        ++count;
        if (again > 0) {
            --again;
            post();
        }
        return true;
    }
};

/// What a pass does: posted events, waking up, interrupting, flags, signals.
class TestEpollDispatcher : public QObject
{
    Q_OBJECT

private slots:
    void kinds();
    void returnsWhetherSomethingHappened();
    void postedEvents();
    void postedInHandlerIsForTheNextPass();
    void waitEndsWithPostedEvent();
    void wakeUpIsNotLost();
    void wakeUpFromThread();
    void postFromThread();
    void wakeUpsAreCoalesced();
    void wakeUpFromSignalHandler();
    void signalDoesNotDisturb();
    void interruptFromThread();
    void interruptBeforeTheWait();
    void signalsOfAPass();
    void postWhenAboutToBlock();
    void excludeSocketNotifiers();
    void excludeSocketNotifiersWakesUp();
    void excludeUserInputEvents();
    void deferredDelete();
    void quitThread();
    void loopsExitInOrder();

private:
    static QAbstractEventDispatcher *dispatcher() { return QCoreApplication::eventDispatcher(); }
    /// Calls \a action in another thread once the loop is about to sleep. Wait for the thread afterwards.
    static std::unique_ptr<QThread> whenAsleep(const std::function<void()> &action);
};

std::unique_ptr<QThread> TestEpollDispatcher::whenAsleep(const std::function<void()> &action)
{
    const auto asleep = std::make_shared<QSemaphore>();
    connect(dispatcher(), &QAbstractEventDispatcher::aboutToBlock, dispatcher(), [asleep] { asleep->release(); },
            Qt::SingleShotConnection);
    std::unique_ptr<QThread> thread(QThread::create([asleep, action] {
        asleep->acquire();
        action();
    }));
    thread->start();
    return thread;
}

void TestEpollDispatcher::kinds()
{
    QVERIFY(qobject_cast<EpollDispatcher *>(makeEpollDispatcher().get()));
    QVERIFY(qobject_cast<EpollDispatcher *>(dispatcher()));
}

void TestEpollDispatcher::returnsWhetherSomethingHappened()
{
    while (pass()) { }
    QVERIFY(!pass());

    Receiver receiver;
    receiver.post();
    QVERIFY(pass());
    QVERIFY(!pass());

    const Pair pair = Pair::sockets();
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
    QVERIFY(!pass());
    QVERIFY(pair.send());
    QVERIFY(pass());
    notifier.setEnabled(false);
    QVERIFY(!pass());

    QTimer zero;
    zero.start(0);
    QVERIFY(!pass()); // else `while (processEvents())` would not end
    zero.stop();
    QTimer timer;
    timer.start(1);
    QVERIFY(pass(QEventLoop::WaitForMoreEvents));
}

void TestEpollDispatcher::postedEvents()
{
    Receiver receiver;
    for (int i = 0; i < 100; ++i)
        receiver.post();
    QCOMPARE(receiver.count, 0);
    pass();
    QCOMPARE(receiver.count, 100);
}

void TestEpollDispatcher::postedInHandlerIsForTheNextPass()
{
    Receiver receiver;
    receiver.again = 2;
    receiver.post();
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(pass());
        QCOMPARE(receiver.count, i);
    }
    QVERIFY(!pass());
    QCOMPARE(receiver.count, 3);
}

void TestEpollDispatcher::waitEndsWithPostedEvent()
{
    Receiver receiver;
    receiver.again = 5;
    receiver.post();
    for (int i = 1; i <= 6; ++i) {
        QVERIFY(pass(QEventLoop::WaitForMoreEvents)); // hangs if it sleeps after what it has delivered
        QCOMPARE(receiver.count, i);
    }
}

void TestEpollDispatcher::wakeUpIsNotLost()
{
    while (pass()) { }
    dispatcher()->wakeUp();
    QVERIFY(pass(QEventLoop::WaitForMoreEvents));
    QVERIFY(!pass());
}

void TestEpollDispatcher::wakeUpFromThread()
{
    while (pass()) { }
    const auto thread = whenAsleep([] { dispatcher()->wakeUp(); });
    QVERIFY(pass(QEventLoop::WaitForMoreEvents));
    QVERIFY(thread->wait());
}

void TestEpollDispatcher::postFromThread()
{
    while (pass()) { }
    Receiver receiver;
    for (int i = 1; i <= 1000; ++i) {
        const auto thread = i <= 20 ? whenAsleep([&receiver] { receiver.post(); }) : nullptr;
        if (!thread)
            receiver.post();
        QVERIFY(pass(QEventLoop::WaitForMoreEvents));
        QCOMPARE(receiver.count, i); // in the pass that it woke up
        if (thread)
            QVERIFY(thread->wait());
    }
}

void TestEpollDispatcher::wakeUpsAreCoalesced()
{
    while (pass()) { }
    std::unique_ptr<QThread> thread(QThread::create([] {
        for (int i = 0; i < 100000; ++i)
            dispatcher()->wakeUp();
    }));
    thread->start();
    QVERIFY(thread->wait());
    QVERIFY(pass(QEventLoop::WaitForMoreEvents));
    QVERIFY(!pass());
}

void TestEpollDispatcher::wakeUpFromSignalHandler()
{
    while (pass()) { }
    std::signal(SIGUSR1, [](int) { dispatcher()->wakeUp(); });
    const auto thread = whenAsleep([self = pthread_self()] { pthread_kill(self, SIGUSR1); });
    QVERIFY(pass(QEventLoop::WaitForMoreEvents));
    QVERIFY(thread->wait());
    std::signal(SIGUSR1, SIG_DFL);
}

void TestEpollDispatcher::signalDoesNotDisturb()
{
    std::signal(SIGUSR1, [](int) { });
    const auto thread = whenAsleep([self = pthread_self()] { pthread_kill(self, SIGUSR1); });
    QVERIFY(passesIn(30ms) < kIdlePasses);
    QVERIFY(thread->wait());
    std::signal(SIGUSR1, SIG_DFL);
}

void TestEpollDispatcher::interruptFromThread()
{
    while (pass()) { }
    const auto thread = whenAsleep([] { dispatcher()->interrupt(); });
    pass(QEventLoop::WaitForMoreEvents);
    QVERIFY(thread->wait());
}

void TestEpollDispatcher::interruptBeforeTheWait()
{
    while (pass()) { }
    const Pair pair = Pair::sockets();
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
    const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    QVERIFY(pair.send());
    QMetaObject::invokeMethod(this, [] { dispatcher()->interrupt(); }, Qt::QueuedConnection);
    pass(QEventLoop::WaitForMoreEvents);
    QCOMPARE(activated.size(), 0); // it returned before the sockets
    pass();
    QCOMPARE(activated.size(), 1);
}

void TestEpollDispatcher::signalsOfAPass()
{
    while (pass()) { }
    QStringList order;
    QObject context;
    connect(dispatcher(), &QAbstractEventDispatcher::aboutToBlock, &context, [&order] { order.append(u"block"_s); });
    connect(dispatcher(), &QAbstractEventDispatcher::awake, &context, [&order] { order.append(u"awake"_s); });
    pass();
    QCOMPARE(order, QStringList({u"awake"_s}));
    order.clear();
    QTimer::singleShot(1ms, &context, [&order] { order.append(u"timer"_s); });
    pass(QEventLoop::WaitForMoreEvents);
    QCOMPARE(order, QStringList({u"block"_s, u"awake"_s, u"timer"_s}));
    order.clear();
    dispatcher()->wakeUp(); // no need to block then
    pass(QEventLoop::WaitForMoreEvents);
    QCOMPARE(order, QStringList({u"awake"_s}));
}

void TestEpollDispatcher::postWhenAboutToBlock()
{
    while (pass()) { }
    Receiver receiver;
    connect(dispatcher(), &QAbstractEventDispatcher::aboutToBlock, &receiver, [&receiver] { receiver.post(); },
            Qt::SingleShotConnection);
    QVERIFY(pass(QEventLoop::WaitForMoreEvents)); // hangs if it sleeps now
    QCOMPARE(receiver.count, 1);
}

void TestEpollDispatcher::excludeSocketNotifiers()
{
    const Pair pair = Pair::sockets();
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
    const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    QVERIFY(pair.send());
    while (pass(QEventLoop::ExcludeSocketNotifiers)) { }
    QVERIFY(!pass(QEventLoop::ExcludeSocketNotifiers));

    // the socket is ready all the time: it must not be served, and it must not keep the loop awake
    const QSignalSpy awake(dispatcher(), &QAbstractEventDispatcher::awake);
    QEventLoop loop;
    QTimer::singleShot(30ms, &loop, &QEventLoop::quit);
    loop.exec(QEventLoop::ExcludeSocketNotifiers);
    QVERIFY(awake.size() < kIdlePasses);
    QCOMPARE(activated.size(), 0);
    pass();
    QCOMPARE(activated.size(), 1);
}

void TestEpollDispatcher::excludeSocketNotifiersWakesUp()
{
    while (pass()) { }
    Receiver receiver;
    for (int i = 1; i <= 3; ++i) {
        const auto thread = whenAsleep([&receiver] { receiver.post(); });
        QVERIFY(pass(QEventLoop::WaitForMoreEvents | QEventLoop::ExcludeSocketNotifiers));
        QCOMPARE(receiver.count, i);
        QVERIFY(thread->wait());
    }
    // the wake-ups are used up, for both kinds of waiting
    const QSignalSpy awake(dispatcher(), &QAbstractEventDispatcher::awake);
    QEventLoop loop;
    QTimer::singleShot(30ms, &loop, &QEventLoop::quit);
    loop.exec(QEventLoop::ExcludeSocketNotifiers);
    QVERIFY(awake.size() < kIdlePasses);
    QVERIFY(passesIn(30ms) < kIdlePasses);
}

void TestEpollDispatcher::excludeUserInputEvents()
{
    const Pair pair = Pair::sockets();
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
    const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    Receiver receiver;
    receiver.post();
    QVERIFY(pair.send());
    QVERIFY(pass(QEventLoop::ExcludeUserInputEvents)); // there are none here, all else is served
    QCOMPARE(activated.size(), 1);
    QCOMPARE(receiver.count, 1);
}

void TestEpollDispatcher::deferredDelete()
{
    QPointer<QObject> doomed;
    bool aliveInNested = false;
    QEventLoop outer;
    QTimer::singleShot(0, &outer, [&doomed, &aliveInNested, &outer] {
        doomed = new QObject;
        doomed->deleteLater();
        QEventLoop nested;
        QTimer::singleShot(1ms, &nested, &QEventLoop::quit);
        nested.exec();
        aliveInNested = !doomed.isNull();
        QTimer::singleShot(1ms, &outer, &QEventLoop::quit);
    });
    outer.exec();
    QVERIFY(aliveInNested); // it belongs to the outer loop
    QVERIFY(doomed.isNull());
}

void TestEpollDispatcher::quitThread()
{
    for (int i = 0; i < 50; ++i) {
        QThread thread;
        thread.setEventDispatcher(makeEpollDispatcher().release());
        thread.start();
        Receiver receiver;
        receiver.moveToThread(&thread);
        receiver.post();
        thread.quit(); // at any moment of its start: it must not be missed
        QVERIFY(thread.wait());
    }
}

void TestEpollDispatcher::loopsExitInOrder()
{
    QStringList order;
    QEventLoop outer;
    QTimer::singleShot(0, &outer, [&order, &outer] {
        QEventLoop inner;
        QTimer::singleShot(0, &inner, [&inner, &outer] {
            outer.quit(); // first the outer one: it ends when the inner one has
            inner.quit();
        });
        inner.exec();
        order.append(u"inner"_s);
    });
    outer.exec();
    order.append(u"outer"_s);
    QCOMPARE(order, QStringList({u"inner"_s, u"outer"_s}));
}

int main(int argc, char **argv)
{
    return runOnEpoll<TestEpollDispatcher>(argc, argv);
}
#include "tst_epolldispatcher.moc"
