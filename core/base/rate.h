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
class TokenBucket
{
public:
    using Millis = std::chrono::milliseconds;

    TokenBucket(const Rate &rate, Millis now) : m_rate(rate), m_tokens(rate.burst), m_last(now) {}

    /// Takes one token. 0 when there was one; else how long to wait until there is one.
    Millis take(Millis now)
    {
        if (m_rate.isOff())
            return Millis {0};
        refill(now);
        if (m_tokens >= 1.0) {
            m_tokens -= 1.0;
            return Millis {0};
        }
        const double missing = 1.0 - m_tokens;
        return Millis {roundUp(missing * double(m_rate.period.count()) / m_rate.burst)};
    }

    /// Full again: nothing would be lost by forgetting this bucket.
    bool isFull(Millis now)
    {
        if (m_rate.isOff())
            return true;
        refill(now);
        return m_tokens >= double(m_rate.burst);
    }

private:
    static long long roundUp(double value)
    {
        const auto whole = static_cast<long long>(value);
        return std::max(1LL, double(whole) < value ? whole + 1 : whole);
    }

    void refill(Millis now)
    {
        if (now <= m_last)
            return;
        const double share = double((now - m_last).count()) / double(m_rate.period.count());
        m_tokens = std::min(double(m_rate.burst), m_tokens + share * m_rate.burst);
        m_last = now;
    }

    Rate m_rate;
    double m_tokens;
    Millis m_last;
};

} // namespace Parlance
