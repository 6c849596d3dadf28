// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

namespace Parlance {

/// Counts something per minute, from the first of a series on.
class FaultCounter
{
public:
    explicit FaultCounter(int perMinute) : m_perMinute(perMinute) {}

    /// True when this one is over the bound.
    bool add(Clock::Millis now)
    {
        if (m_count == 0 || now - m_since >= std::chrono::minutes(1)) {
            m_since = now;
            m_count = 0;
        }
        return ++m_count > m_perMinute;
    }

private:
    int m_perMinute;
    int m_count = 0;
    Clock::Millis m_since {0};
};

} // namespace Parlance
