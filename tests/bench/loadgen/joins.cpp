// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadgen/joins.h"

#include "common/clock.h"
#include "loadgen/marker.h"

namespace Parlance::Bench {

Joins::Joins(Poller &poller, const Options &options)
    : m_options(options), m_swarm(poller, options, *this), m_watch(options.watchPid)
{
}

bool Joins::run(Report &report)
{
    for (uint32_t i = 0; i < m_options.clients; ++i)
        m_swarm.add(i % m_options.rooms, {}, Role::Member);
    m_heard.resize(m_options.clients);
    const double cpuBefore = m_watch.cpuSeconds(), ownBefore = ProcessWatch::ownCpuSeconds();
    const int64_t start = m_stepStartNs = nowNs();
    m_swarm.joinAll();
    const double seconds = double(nowNs() - start) / 1e9;
    report.add("clients_joined", m_swarm.joined());
    report.add("clients_failed", m_swarm.failed());
    if (m_swarm.failed() > 0)
        report.add("error", m_swarm.firstFailure());
    report.add("seconds", seconds);
    report.add("joins_per_s", double(m_swarm.joined()) / seconds);
    report.add("latency_ms", m_latency);
    report.add("generator_cpu_s", ProcessWatch::ownCpuSeconds() - ownBefore);
    if (m_watch.active()) {
        report.add("server_cpu_s", m_watch.cpuSeconds() - cpuBefore);
        report.add("rss_end_kib", m_watch.residentKib());
    }
    report.add("step", m_options.step);
    report.add("step_ms", m_stepMs);
    const uint64_t proven = m_options.proof ? prove() : 0;
    if (m_options.proof)
        report.add("proven", proven);
    return m_swarm.failed() == 0 && (!m_options.proof || proven == m_options.clients);
}

void Joins::joined(Client &client)
{
    const int64_t now = nowNs();
    m_latency.add(now - client.connectNs());
    if (++m_count % m_options.step != 0)
        return;
    m_stepMs.push_back(double(now - m_stepStartNs) / 1e6);
    m_stepStartNs = now;
}

uint64_t Joins::prove()
{
    constexpr int64_t patience = 3 * kSecond;
    std::string frame;
    uint64_t seen = 0;
    int64_t deadline = nowNs() + patience;
    for (uint32_t next = 0; m_proven < m_swarm.size() && nowNs() < deadline;) {
        // Not all at once: in one room everyone hears everyone.
        while (next < m_swarm.size() && next < m_proven + m_options.inflight) {
            frame.clear();
            Sender(next, m_options.contentBytes).append(frame, nowNs());
            m_swarm.at(next++).send(frame);
        }
        m_swarm.runUntil(nowNs() + kMillisecond);
        if (m_proven > seen) {
            seen = m_proven;
            deadline = nowNs() + patience;
        }
    }
    return m_proven;
}

void Joins::text(Client &client, std::string_view payload, int64_t)
{
    const char *at = Marker::find(payload, client.markerHint());
    if (at == nullptr || Marker::read(at).sender != client.index() || m_heard[client.index()])
        return;
    m_heard[client.index()] = true;
    ++m_proven;
}

} // namespace Parlance::Bench
