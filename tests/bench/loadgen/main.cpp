// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clock.h"
#include "loadgen/joins.h"
#include "loadgen/traffic.h"

#include <cstdio>

using namespace Parlance::Bench;

namespace {

bool runHttp(Poller &poller, const Options &options, Report &report)
{
    const ProcessWatch watch(options.watchPid);
    HttpLoad load(poller, options);
    const auto serveUntil = [&](int64_t deadline) {
        for (int64_t now = nowNs(); now < deadline; now = nowNs())
            poller.wait(std::min(deadline, load.tick(now)));
    };
    const int64_t start = nowNs() + int64_t(options.warmupSeconds * 1e9);
    load.start(start);
    serveUntil(start);
    const double cpuBefore = watch.cpuSeconds(), ownBefore = ProcessWatch::ownCpuSeconds();
    serveUntil(start + int64_t(options.seconds * 1e9));
    load.stop();
    load.describe(report);
    report.add("generator_cpu_s", ProcessWatch::ownCpuSeconds() - ownBefore);
    if (watch.active())
        report.add("server_cpu_s", watch.cpuSeconds() - cpuBefore);
    return load.failed() == 0;
}

} // namespace

int main(int argc, char **argv)
{
    const Options options = readOptions(argc, argv);
    if (!allowDescriptors(uint64_t(options.clients) + options.idle + options.slowReaders + options.httpConnections)) {
        std::fputs("loadgen: the system does not allow so many open descriptors (ulimit -n)\n", stderr);
        return 2;
    }
    Poller poller;
    Report report;
    bool good = false;
    switch (options.mode) {
    case Mode::Closed:
    case Mode::Open:
    case Mode::Idle: good = Traffic(poller, options).run(report); break;
    case Mode::Joins: good = Joins(poller, options).run(report); break;
    case Mode::Http: good = runHttp(poller, options, report); break;
    }
    std::puts(report.text().c_str());
    return good ? 0 : 1;
}
