// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/epolldispatcher.h"

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

#include <poll.h>
#include <sys/eventfd.h>

using namespace std::chrono_literals;

namespace Parlance {

namespace {

constexpr size_t kBatch = 1024; // events of one pass, 12 bytes each, on the stack

// A hang-up or an error concerns all: the kernel reports it whether it was asked for or not, so somebody must
// be told, or the loop spins.
constexpr quint32 kRelevant[] = {
    EPOLLIN | EPOLLHUP | EPOLLERR, // QSocketNotifier::Read
    EPOLLOUT | EPOLLHUP | EPOLLERR, // Write
    EPOLLPRI | EPOLLHUP | EPOLLERR, // Exception
};

TimerQueue::Time monotonicNow()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

/// Rounded up, so that what is waited for is due afterwards.
int wholeMs(TimerQueue::Time time)
{
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(std::max<TimerQueue::Time>(time, 0ns)).count();
    return int(std::min<qint64>(ms, std::numeric_limits<int>::max()));
}

const char *typeName(QSocketNotifier::Type type)
{
    switch (type) {
    case QSocketNotifier::Read: return "Read";
    case QSocketNotifier::Write: return "Write";
    case QSocketNotifier::Exception: return "Exception";
    }
    return "";
}

} // namespace

std::unique_ptr<EpollDispatcher> EpollDispatcher::create()
{
    UniqueFd eventFd(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (!eventFd.isValid()) {
        qCWarning(lcEventLoop, "no eventfd: %s", qPrintable(qt_error_string(errno)));
        return nullptr;
    }
    std::unique_ptr<EpollDispatcher> dispatcher(new EpollDispatcher(std::move(eventFd)));
    return dispatcher->m_epoll.isValid() ? std::move(dispatcher) : nullptr;
}

EpollDispatcher::EpollDispatcher(UniqueFd eventFd) : m_wakeUp(std::move(eventFd)), m_epoll(m_wakeUp.fd()) {}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted.store(false, std::memory_order_relaxed);
    bool woken = m_wakeUp.take(); // first, so that whatever is posted from here on wakes us up again
    QCoreApplication::sendPostedEvents();

    const bool mayBlock = flags.testFlag(QEventLoop::WaitForMoreEvents) && !woken && !m_wakeUp.isPending();
    if (mayBlock)
        emit aboutToBlock();
    if (m_interrupted.load(std::memory_order_relaxed))
        return woken;

    const bool withSockets = !flags.testFlag(QEventLoop::ExcludeSocketNotifiers);
    const bool withTimers = !flags.testFlag(QEventLoop::X11ExcludeTimers);
    const quint64 pass = withSockets ? ++m_pass : m_pass;
    std::array<epoll_event, kBatch> events;
    size_t ready = 0;
    if (withSockets)
        ready = waitForSockets(events, mayBlock, withTimers);
    else if (mayBlock)
        waitForWakeUp(withTimers);
    emit awake();

    // Who waits for events wants what has ended the wait.
    if (mayBlock && !m_interrupted.load(std::memory_order_relaxed) && m_wakeUp.take()) {
        woken = true;
        QCoreApplication::sendPostedEvents();
    }
    int served = 0;
    if (withSockets) {
        served += deliver(pass, std::span(events).first(ready));
        served += deliverToFiles(pass);
    }
    if (withTimers)
        served += fireTimers();
    return woken || served > 0;
}

/// Returns how many events there are.
size_t EpollDispatcher::waitForSockets(std::span<epoll_event> events, bool mayBlock, bool withTimers)
{
    for (const int fd : m_epoll.synchronize(m_table))
        disable(fd);
    const int timeout = mayBlock && m_table.alwaysReady().empty() ? timeoutMs(withTimers) : 0;
    const bool sleeps = timeout != 0 && m_wakeUp.beginSleep();
    const int ready = m_epoll.wait(events, sleeps ? timeout : 0);
    if (sleeps)
        m_wakeUp.endSleep();
    return size_t(ready);
}

/// Without the sockets: epoll would return at once for every one that is ready, and they are not to be served.
void EpollDispatcher::waitForWakeUp(bool withTimers)
{
    m_wakeUp.drain();
    const int timeout = timeoutMs(withTimers);
    if (timeout == 0 || !m_wakeUp.beginSleep())
        return;
    pollfd wake {m_wakeUp.fd(), POLLIN, 0};
    poll(&wake, 1, timeout);
    m_wakeUp.endSleep();
}

/// Stops when another pass has run meanwhile, in an event loop inside a handler: it has served the rest, and what
/// is left the kernel reports again.
int EpollDispatcher::deliver(quint64 pass, std::span<const epoll_event> events)
{
    int served = 0;
    bool hasGhost = false;
    QEvent activation(QEvent::SockAct);
    for (const epoll_event &event : events) {
        const int fd = EpollSet::descriptor(event);
        const quint32 generation = EpollSet::generation(event);
        if (fd == m_wakeUp.fd())
            continue;
        for (const QSocketNotifier::Type type : FdTable::kTypes) {
            if (m_pass != pass)
                return served;
            if ((event.events & kRelevant[type]) == 0)
                continue;
            // Looked up only now: each handler may disable, delete or replace any notifier.
            QSocketNotifier *notifier = m_table.find(fd, generation, type);
            if (!notifier)
                continue;
            QCoreApplication::sendEvent(notifier, &activation);
            ++served;
        }
        hasGhost = hasGhost || !m_table.isExpected(fd, generation);
    }
    if (hasGhost && m_pass == pass)
        m_epoll.rebuild(m_table);
    return served;
}

int EpollDispatcher::deliverToFiles(quint64 pass)
{
    std::vector<epoll_event> events;
    for (const int fd : m_table.alwaysReady())
        events.push_back(EpollSet::event(fd, m_table.at(fd).kernelGeneration, EPOLLIN | EPOLLOUT));
    return deliver(pass, events);
}

int EpollDispatcher::fireTimers()
{
    int served = 0;
    const TimerQueue::Round round = m_timers.beginRound(monotonicNow());
    while (const std::optional<TimerQueue::Due> due = m_timers.takeDue(round)) {
        QTimerEvent event(due->id);
        QCoreApplication::sendEvent(due->object, &event);
        m_timers.rearm(*due);
        if (!due->isZero)
            ++served;
    }
    return served;
}

void EpollDispatcher::disable(int fd)
{
    for (const QSocketNotifier::Type type : FdTable::kTypes) {
        QSocketNotifier *notifier = m_table.at(fd).notifiers[type];
        if (!notifier)
            continue;
        qCWarning(lcEventLoop, "descriptor %d cannot be watched, its %s notifier is disabled", fd, typeName(type));
        notifier->setEnabled(false);
    }
}

/// How long to sleep: -1 is for ever.
int EpollDispatcher::timeoutMs(bool withTimers) const
{
    const std::optional<TimerQueue::Time> deadline = withTimers ? m_timers.nextDeadline() : std::nullopt;
    return deadline ? wholeMs(*deadline - monotonicNow()) : -1;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    Q_ASSERT(notifier->thread() == thread() && thread() == QThread::currentThread());
    const int fd = int(notifier->socket());
    if (!m_table.accepts(fd)) {
        qCWarning(lcEventLoop, "descriptor %d is not open, its %s notifier is disabled", fd, typeName(notifier->type()));
        notifier->setEnabled(false);
        return;
    }
    if (!m_table.insert(notifier))
        qCWarning(lcEventLoop, "a second %s notifier for descriptor %d takes the place of the first",
                  typeName(notifier->type()), fd);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    m_table.remove(notifier);
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    m_timers.add({timerId, TimerQueue::Millis(interval), timerType, object}, monotonicNow());
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    return m_timers.remove(timerId);
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    return m_timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> infos;
    for (const TimerQueue::Timer &timer : m_timers.timersOf(object)) {
        const qint64 interval = std::min<qint64>(timer.interval.count(), std::numeric_limits<int>::max());
        infos.append(TimerInfo(timer.id, int(interval), timer.type));
    }
    return infos;
}

int EpollDispatcher::remainingTime(int timerId)
{
    const std::optional<TimerQueue::Time> deadline = m_timers.deadline(timerId);
    return deadline ? wholeMs(*deadline - monotonicNow()) : -1;
}

void EpollDispatcher::wakeUp()
{
    m_wakeUp.wake();
}

void EpollDispatcher::interrupt()
{
    m_interrupted.store(true, std::memory_order_relaxed);
    m_wakeUp.wake();
}

} // namespace Parlance
