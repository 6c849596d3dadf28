// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace Parlance::Bench {

/// Reads what a process on this machine uses from /proc. With pid 0 everything is 0.
class ProcessWatch
{
public:
    explicit ProcessWatch(int pid) : m_pid(pid) {}

    bool active() const { return m_pid > 0; }
    /// Processor time of all its threads since its start, in seconds; steps of 10 ms.
    double cpuSeconds() const;
    /// Resident memory in KiB.
    int64_t residentKib() const;

    /// Processor time of this program itself.
    static double ownCpuSeconds();

private:
    std::string read(const char *name) const;

    int m_pid;
};

} // namespace Parlance::Bench
