// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

namespace Parlance {

/// A clock whose hands the test turns. Both clocks go together.
class FakeClock final : public Clock
{
public:
    Millis wallClock() const override { return std::chrono::duration_cast<Millis>(m_wall); }
    Millis monotonic() const override { return std::chrono::duration_cast<Millis>(m_monotonic); }
    std::chrono::microseconds monotonicMicros() const override { return m_monotonic; }
    void advance(std::chrono::microseconds by)
    {
        m_wall += by;
        m_monotonic += by;
    }

private:
    std::chrono::microseconds m_wall = Millis {1'800'000'000'000}; // 2027-01-15
    std::chrono::microseconds m_monotonic = Millis {1'000'000};
};

} // namespace Parlance
