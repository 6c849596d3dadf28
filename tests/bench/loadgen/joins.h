// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loadgen/histogram.h"
#include "loadgen/processwatch.h"
#include "loadgen/report.h"
#include "loadgen/sender.h"
#include "loadgen/swarm.h"

#include <vector>

namespace Parlance::Bench {

/// Mode joins: how fast clients come in. A join is done with the answer to its handshake; with --proof each
/// client then says something and must hear it, outside the measured time.
class Joins final : public SwarmListener
{
public:
    Joins(Poller &poller, const Options &options);

    bool run(Report &report);

    void joined(Client &client) override;
    void text(Client &client, std::string_view payload, int64_t nowNs) override;

private:
    uint64_t prove();

    const Options &m_options;
    Swarm m_swarm;
    ProcessWatch m_watch;
    Histogram m_latency; // connect to answer
    std::vector<double> m_stepMs;
    int64_t m_stepStartNs = 0;
    uint64_t m_count = 0;
    std::vector<bool> m_heard; // by client: its own message
    uint64_t m_proven = 0;
};

} // namespace Parlance::Bench
