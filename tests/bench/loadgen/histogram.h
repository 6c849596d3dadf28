// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace Parlance::Bench {

/// Counts durations in buckets that are at most 0.8 % wide, from 1 ns to hours.
class Histogram
{
public:
    Histogram() : m_counts(kSteps * 48) {}

    void add(int64_t ns)
    {
        const uint64_t value = uint64_t(std::max<int64_t>(ns, 0));
        ++m_counts[std::min(bucket(value), m_counts.size() - 1)];
        ++m_count;
        m_max = std::max(m_max, value);
    }

    uint64_t count() const { return m_count; }
    double maxMs() const { return double(m_max) / 1e6; }

    /// The duration in milliseconds that the part \a quantile (0..1) of all does not exceed; 0 without any.
    double quantileMs(double quantile) const
    {
        const uint64_t rank = uint64_t(double(m_count) * quantile);
        uint64_t below = 0;
        for (size_t i = 0; i < m_counts.size(); ++i) {
            below += m_counts[i];
            if (below > rank || (below == m_count && below > 0))
                return std::min(double(upperEdge(i)), double(m_max)) / 1e6;
        }
        return 0;
    }

private:
    static constexpr int kStepBits = 7;
    static constexpr uint64_t kSteps = uint64_t(1) << kStepBits;

    static size_t bucket(uint64_t value)
    {
        if (value < kSteps)
            return value;
        const int shift = std::bit_width(value) - 1 - kStepBits;
        return kSteps * uint64_t(shift + 1) + (value >> shift) - kSteps;
    }

    static uint64_t upperEdge(size_t index)
    {
        if (index < kSteps)
            return index;
        const uint64_t shift = index / kSteps - 1;
        return ((index % kSteps + kSteps + 1) << shift) - 1;
    }

    std::vector<uint64_t> m_counts;
    uint64_t m_count = 0;
    uint64_t m_max = 0;
};

} // namespace Parlance::Bench
