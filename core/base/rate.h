// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>

namespace Parlance {

/// So many at once, refilled evenly over the period: 10/60s is ten in sixty seconds.
struct Rate
{
    int burst = 0; ///< 0 or less: no limit
    std::chrono::milliseconds period {0};

    bool isOff() const { return burst <= 0 || period.count() <= 0; }
    friend bool operator==(const Rate &, const Rate &) = default;
};

/// A token bucket. Full when made; holds no timer, the caller brings the monotonic time.
///
/// Counts in whole numbers, so that who waits as long as they were told gets a token.
class TokenBucket
{
public:
    using Millis = std::chrono::milliseconds;

    TokenBucket(const Rate &rate, Millis now) : m_rate(rate), m_level(capacity()), m_last(now) {}

    /// Takes one token. 0 when there was one; else how long to wait until there is one.
    Millis take(Millis now)
    {
        if (m_rate.isOff())
            return Millis {0};
        refill(now);
        const Level token = m_rate.period.count();
        if (m_level >= token) {
            m_level -= token;
            return Millis {0};
        }
        return Millis {(token - m_level + m_rate.burst - 1) / m_rate.burst};
    }

    /// Puts back a token that was taken for nothing.
    void giveBack() { m_level = std::min(capacity(), m_level + m_rate.period.count()); }

    /// Full again: nothing would be lost by forgetting this bucket.
    bool isFull(Millis now)
    {
        if (m_rate.isOff())
            return true;
        refill(now);
        return m_level >= capacity();
    }

private:
    using Level = Millis::rep; ///< a token is as many as the period has milliseconds; each of those brings a burst

    Level capacity() const { return m_rate.isOff() ? 0 : m_rate.burst * m_rate.period.count(); }

    void refill(Millis now)
    {
        if (now <= m_last)
            return;
        const Millis gone = std::min(now - m_last, m_rate.period); // a whole period fills it
        m_level = std::min(capacity(), m_level + gone.count() * m_rate.burst);
        m_last = now;
    }

    Rate m_rate;
    Level m_level;
    Millis m_last;
};

} // namespace Parlance
