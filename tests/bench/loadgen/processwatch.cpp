// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadgen/processwatch.h"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>

namespace Parlance::Bench {

std::string ProcessWatch::read(const char *name) const
{
    std::ifstream file("/proc/" + std::to_string(m_pid) + '/' + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

double ProcessWatch::cpuSeconds() const
{
    const std::string stat = active() ? read("stat") : std::string();
    const size_t name = stat.rfind(')'); // the name may hold blanks and brackets
    if (name == stat.npos)
        return 0;
    std::istringstream fields(stat.substr(name + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field)
        fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / double(sysconf(_SC_CLK_TCK));
}

int64_t ProcessWatch::residentKib() const
{
    std::istringstream fields(active() ? read("statm") : std::string());
    int64_t size = 0, resident = 0;
    fields >> size >> resident;
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

double ProcessWatch::ownCpuSeconds()
{
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace Parlance::Bench
