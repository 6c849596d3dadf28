// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

namespace Parlance {

/// A clock whose hands the test turns. Both clocks go together.
class FakeClock final : public Clock
{
public:
    Millis wallClock() const override { return m_wall; }
    Millis monotonic() const override { return m_monotonic; }
    void advance(Millis by)
    {
        m_wall += by;
        m_monotonic += by;
    }

private:
    Millis m_wall {1'800'000'000'000}; // 2027-01-15
    Millis m_monotonic {1'000'000};
};

} // namespace Parlance
