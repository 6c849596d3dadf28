// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace Parlance {

/// Where the chat takes its time from, so that tests can turn the hands. Thread: any.
class Clock
{
public:
    using Millis = std::chrono::milliseconds;

    virtual ~Clock() = default;
    /// Since the Unix epoch in UTC: for timestamps that people see. May jump.
    virtual Millis wallClock() const = 0;
    /// Since some fixed point, never backwards: for deadlines and rates.
    virtual Millis monotonic() const = 0;
    /// The same in microseconds: for what is measured within one pass of the event loop.
    virtual std::chrono::microseconds monotonicMicros() const = 0;
};

/// The host's clocks.
class SystemClock final : public Clock
{
public:
    Millis wallClock() const override
    {
        return std::chrono::duration_cast<Millis>(std::chrono::system_clock::now().time_since_epoch());
    }
    Millis monotonic() const override
    {
        return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch());
    }
    std::chrono::microseconds monotonicMicros() const override
    {
        return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch());
    }
};

} // namespace Parlance
