// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/wakeup.h"

#include <cerrno>

#include <sys/eventfd.h>

namespace Parlance {

WakeUp::WakeUp(UniqueFd eventFd) : m_eventFd(std::move(eventFd)) {}

void WakeUp::wake() noexcept
{
    // Always an exchange, even if Woken already: it orders what the caller has posted before what the loop
    // does after its take().
    if (m_state.exchange(State::Woken, std::memory_order_acq_rel) != State::Asleep)
        return;
    const int keptError = errno; // may run in a signal handler
    while (eventfd_write(m_eventFd.value(), 1) == -1 && errno == EINTR) { }
    errno = keptError;
}

bool WakeUp::take()
{
    return m_state.exchange(State::Awake, std::memory_order_acq_rel) == State::Woken;
}

bool WakeUp::beginSleep()
{
    State expected = State::Awake;
    return m_state.compare_exchange_strong(expected, State::Asleep, std::memory_order_acq_rel);
}

void WakeUp::endSleep()
{
    State expected = State::Asleep;
    m_state.compare_exchange_strong(expected, State::Awake, std::memory_order_acq_rel); // or it is Woken, and stays so
}

void WakeUp::drain()
{
    eventfd_t ignored = 0;
    while (eventfd_read(m_eventFd.value(), &ignored) == -1 && errno == EINTR) { }
}

} // namespace Parlance
