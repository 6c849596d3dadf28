// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <ctime>

namespace Parlance::Bench {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kMillisecond = 1'000'000;

/// Nanoseconds of the monotonic clock, the same in every process of the machine.
inline int64_t nowNs()
{
    timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return int64_t(time.tv_sec) * kSecond + time.tv_nsec;
}

} // namespace Parlance::Bench
