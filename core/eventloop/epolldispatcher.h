// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "eventloop/epollset.h"
#include "eventloop/fdtable.h"
#include "eventloop/timerqueue.h"
#include "eventloop/wakeup.h"

#include <QAbstractEventDispatcher>

#include <atomic>
#include <memory>
#include <span>

namespace Parlance {

/// Qt's event loop on epoll: what a pass costs depends on how many sockets are ready, not on how many are open.
///
/// One pass: posted events; aboutToBlock() if it may sleep; wait; awake(); posted events, if they have ended the
/// wait; socket notifiers, at most 1,024 descriptors; timers. What Qt's own dispatcher for Unix does not do: an event
/// never reaches a notifier that was made later for the same descriptor number, and a handler that runs an
/// event loop of its own ends the batch that it was called from, as the kernel reports what is left again.
///
/// There are no user input events here, so QEventLoop::ExcludeUserInputEvents changes nothing.
/// Thread: that which it is the dispatcher of. wakeUp() and interrupt(): any.
class EpollDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EpollDispatcher)

public:
    /// nullptr, after a warning, when the process has no descriptors left.
    static std::unique_ptr<EpollDispatcher> create();

    /// True when a socket notifier or a timer of more than 0 ms was served, or the loop was woken up (every
    /// posted event wakes it up).
    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    /// When the descriptor cannot be watched, the next pass disables the notifier with a warning.
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    using QAbstractEventDispatcher::registerTimer;
    /// \a interval in milliseconds; see TimerQueue for what the types mean.
    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    /// In milliseconds, rounded up; 0 when overdue, -1 when there is no such timer.
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;

private:
    explicit EpollDispatcher(UniqueFd eventFd);

    size_t waitForSockets(std::span<epoll_event> events, bool mayBlock, bool withTimers);
    void waitForWakeUp(bool withTimers);
    int deliver(quint64 pass, std::span<const epoll_event> events);
    int deliverToFiles(quint64 pass);
    int fireTimers();
    void disable(int fd);
    int timeoutMs(bool withTimers) const;

    WakeUp m_wakeUp;
    EpollSet m_epoll;
    FdTable m_table;
    TimerQueue m_timers;
    std::atomic<bool> m_interrupted {false};
    quint64 m_pass = 0; ///< counts those with sockets; tells a pass that another one has run inside it
};

} // namespace Parlance
