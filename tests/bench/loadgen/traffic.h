// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loadgen/deliveries.h"
#include "loadgen/histogram.h"
#include "loadgen/httpload.h"
#include "loadgen/processwatch.h"
#include "loadgen/report.h"
#include "loadgen/swarm.h"

#include <memory>
#include <vector>

namespace Parlance::Bench {

/// Modes closed, open and idle: joins, a warm-up, a measured window, and the account of what arrived.
///
/// Latency: in mode open of each delivery, in mode closed of each sender's own echo, from the time at which the
/// message was meant to be sent.
class Traffic final : public SwarmListener
{
public:
    Traffic(Poller &poller, const Options &options);

    /// Runs it all; false where a connection failed or a delivery went wrong.
    bool run(Report &report);

    void text(Client &client, std::string_view payload, int64_t nowNs) override;
    void readDone(Client &client) override;

private:
    struct Snapshot {
        int64_t timeNs = 0;
        uint64_t deliveries = 0;
        uint64_t bytes = 0;
        uint64_t sent = 0;
        double serverCpu = 0;
        double ownCpu = 0;
    };

    void addClients();
    void settle();
    void warmUpAndMeasure();
    void startClosed();
    void serveUntil(int64_t deadlineNs);
    void sendDue(int64_t nowNs);
    void watchMemory(int64_t nowNs);
    void drain();
    uint64_t sent() const;
    Snapshot snapshot() const;
    void describe(Report &report, const Faults &faults) const;
    void describeSlowReaders(Report &report) const;

    const Options &m_options;
    Poller &m_poller;
    Swarm m_swarm;
    ProcessWatch m_watch;
    std::vector<Sender> m_senders;
    std::vector<uint32_t> m_echoes; // of each sender in the present read
    std::unique_ptr<Deliveries> m_deliveries;
    std::unique_ptr<HttpLoad> m_http;
    std::string m_frames;
    Histogram m_latency;
    uint64_t m_otherFrames = 0;

    bool m_sending = false;
    bool m_latencyCounts = false;
    int64_t m_nextSendNs = 0;
    int64_t m_sendStartNs = 0;
    uint64_t m_sendIndex = 0;
    int64_t m_drainNs = 0; // from the end of the window to the last delivery
    int64_t m_latestSendNs = 0; // how late the latest of all sends was

    Snapshot m_first;
    Snapshot m_last;
    int64_t m_rssStart = 0;
    int64_t m_rssJoined = 0;
    int64_t m_rssPeak = 0;
    int64_t m_rssLast = 0;
    int64_t m_nextRssNs = 0;
};

} // namespace Parlance::Bench
