// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <memory>
#include <vector>

namespace Parlance {

/// Counts something per minute, whenever the minute begins.
///
/// Keeps the times of the last \a perMinute, and no memory before the first: most people do nothing wrong.
class FaultCounter
{
public:
    /// \a perMinute at least 1.
    explicit FaultCounter(int perMinute) : m_perMinute(size_t(perMinute)) {}

    /// True when this is the last that a minute may have, or one more.
    bool add(Clock::Millis now)
    {
        if (!m_ring)
            m_ring = std::make_unique<Ring>();
        auto &[times, oldest] = *m_ring;
        if (times.size() < m_perMinute) {
            times.push_back(now);
        } else {
            times[oldest] = now;
            oldest = (oldest + 1) % m_perMinute;
        }
        return times.size() == m_perMinute && now - times[oldest] < std::chrono::minutes(1);
    }

private:
    struct Ring
    {
        std::vector<Clock::Millis> times; ///< a ring once it is full
        size_t oldest = 0;
    };

    size_t m_perMinute;
    std::unique_ptr<Ring> m_ring;
};

} // namespace Parlance
