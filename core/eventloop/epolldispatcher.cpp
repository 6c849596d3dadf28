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
    emit awake();
    QCoreApplication::sendPostedEvents();

    // Whatever is posted from here on wakes us up: then this pass must not sleep on it.
    const bool mayBlock = flags.testFlag(QEventLoop::WaitForMoreEvents) && !m_interrupted.load(std::memory_order_relaxed)
        && !m_wakeUp.isPending();
    if (mayBlock)
        emit aboutToBlock();
    if (m_interrupted.load(std::memory_order_relaxed))
        return false;

    const bool withTimers = !flags.testFlag(QEventLoop::X11ExcludeTimers);
    int handled = 0;
    const bool woken = flags.testFlag(QEventLoop::ExcludeSocketNotifiers)
        ? waitForWakeUp(mayBlock, withTimers)
        : serveSockets(mayBlock, withTimers, handled);
    if (withTimers)
        handled += fireTimers();
    return woken || handled > 0;
}

/// Returns whether the loop was woken up.
bool EpollDispatcher::serveSockets(bool mayBlock, bool withTimers, int &handled)
{
    const quint64 batch = ++m_batch;
    synchronize();
    std::array<epoll_event, kBatch> events;
    const int timeout = mayBlock && m_table.alwaysReady().empty() ? timeoutMs(withTimers) : 0;
    const bool sleeps = timeout != 0 && m_wakeUp.beginSleep();
    const int count = m_epoll.wait(events, sleeps ? timeout : 0);
    const bool woken = m_wakeUp.endSleep();

    std::vector<epoll_event> files;
    for (const int fd : m_table.alwaysReady())
        files.push_back(EpollSet::event(fd, m_table.at(fd).generation, EPOLLIN | EPOLLOUT));
    handled += deliver(std::span(events).first(size_t(count)));
    if (m_batch == batch)
        handled += deliver(files);
    return woken;
}

/// Without the sockets: epoll would return at once for every one that is ready, and they are not to be served.
bool EpollDispatcher::waitForWakeUp(bool mayBlock, bool withTimers)
{
    m_wakeUp.drain();
    const int timeout = mayBlock ? timeoutMs(withTimers) : 0;
    if (timeout != 0 && m_wakeUp.beginSleep()) {
        pollfd wake {m_wakeUp.fd(), POLLIN, 0};
        poll(&wake, 1, timeout);
    }
    return m_wakeUp.endSleep();
}

int EpollDispatcher::deliver(std::span<const epoll_event> events)
{
    const quint64 batch = m_batch;
    int handled = 0;
    bool hasGhost = false;
    QEvent activation(QEvent::SockAct);
    for (const epoll_event &event : events) {
        const int fd = EpollSet::descriptor(event);
        if (fd == m_wakeUp.fd())
            continue;
        const quint32 generation = EpollSet::generation(event);
        if (!m_table.at(fd).alwaysReady && !m_table.isKnownToKernel(fd, generation)) {
            hasGhost = true;
            continue;
        }
        for (const QSocketNotifier::Type type : FdTable::kTypes) {
            if ((event.events & kRelevant[type]) == 0)
                continue;
            // Looked up only now: each handler may disable, delete or replace any notifier.
            QSocketNotifier *notifier = m_table.find(fd, generation, type);
            if (!notifier)
                continue;
            QCoreApplication::sendEvent(notifier, &activation);
            ++handled;
            if (m_batch != batch)
                return handled; // a nested loop has served them since; what is left will be reported again
        }
    }
    if (hasGhost)
        m_epoll.rebuild(m_table);
    return handled;
}

int EpollDispatcher::fireTimers()
{
    int handled = 0;
    const TimerQueue::Round round = m_timers.beginRound(monotonicNow());
    while (const std::optional<TimerQueue::Due> due = m_timers.takeDue(round)) {
        QTimerEvent event(due->id);
        QCoreApplication::sendEvent(due->object, &event);
        m_timers.rearm(*due);
        if (!due->isZero)
            ++handled;
    }
    return handled;
}

void EpollDispatcher::synchronize()
{
    for (const int fd : m_epoll.synchronize(m_table))
        disable(fd);
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
    if (notifier->thread() != thread() || thread() != QThread::currentThread()) {
        qCWarning(lcEventLoop, "socket notifiers cannot be enabled from another thread");
        return;
    }
    if (!m_table.accepts(notifier->socket())) {
        qCWarning(lcEventLoop, "descriptor %lld is not open, its %s notifier is disabled",
                  qlonglong(notifier->socket()), typeName(notifier->type()));
        notifier->setEnabled(false);
        return;
    }
    if (!m_table.insert(notifier))
        qCWarning(lcEventLoop, "a second %s notifier for descriptor %lld takes the place of the first",
                  typeName(notifier->type()), qlonglong(notifier->socket()));
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
