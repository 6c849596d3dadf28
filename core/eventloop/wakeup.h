// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "eventloop/uniquefd.h"

#include <QtGlobal>

#include <atomic>

namespace Parlance {

/// Wakes a loop that waits in the kernel, through an eventfd.
///
/// A wake-up costs a system call only when the loop really sleeps, and then one however many wake it: before
/// it sleeps it looks here. A wake-up is never lost: it holds until the loop takes it.
/// Thread: wake() from any, and from signal handlers; all else from the loop's thread.
class WakeUp
{
    Q_DISABLE_COPY_MOVE(WakeUp)

public:
    /// \a eventFd is a non-blocking eventfd. Watch it edge-triggered: nobody reads it on the usual way.
    explicit WakeUp(UniqueFd eventFd);

    int fd() const { return m_eventFd.value(); }
    void wake() noexcept;
    bool isPending() const { return m_state.load(std::memory_order_acquire) == State::Woken; }
    /// Whether there was a wake-up; it is used up by this. What was posted before it can be seen after it.
    bool take();

    /// False when a wake-up is pending, so that the loop must not block.
    bool beginSleep();
    void endSleep();
    /// Makes the eventfd unreadable, for a wait that is level-triggered. Only before beginSleep().
    void drain();

private:
    enum class State { Awake, Asleep, Woken };

    UniqueFd m_eventFd;
    std::atomic<State> m_state {State::Awake};
};

} // namespace Parlance
