// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <vector>

namespace Parlance {

/// Counts something per minute, whenever the minute begins.
///
/// Keeps the times of the last \a perMinute, and nothing before the first.
class FaultCounter
{
public:
    /// \a perMinute at least 1.
    explicit FaultCounter(int perMinute) : m_perMinute(size_t(perMinute)) {}

    /// True when this is the last that a minute may have, or one more.
    bool add(Clock::Millis now)
    {
        if (m_times.size() < m_perMinute) {
            m_times.push_back(now);
        } else {
            m_times[m_oldest] = now;
            m_oldest = (m_oldest + 1) % m_perMinute;
        }
        return m_times.size() == m_perMinute && now - m_times[m_oldest] < std::chrono::minutes(1);
    }

private:
    size_t m_perMinute;
    size_t m_oldest = 0;
    std::vector<Clock::Millis> m_times; ///< a ring once it is full
};

} // namespace Parlance
