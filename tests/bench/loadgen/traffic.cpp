// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadgen/traffic.h"

#include "common/clock.h"

#include <algorithm>
#include <utility>

namespace Parlance::Bench {

Traffic::Traffic(Poller &poller, const Options &options)
    : m_options(options), m_poller(poller), m_swarm(poller, options, *this), m_watch(options.watchPid)
{
}

bool Traffic::run(Report &report)
{
    m_rssStart = m_watch.residentKib();
    addClients();
    const int64_t joinStart = nowNs();
    m_swarm.joinAll();
    report.add("clients_joined", m_swarm.joined());
    report.add("clients_failed", m_swarm.failed());
    report.add("join_seconds", double(nowNs() - joinStart) / 1e9);
    if (m_swarm.failed() > 0) {
        report.add("error", m_swarm.firstFailure());
        return false;
    }
    settle();
    warmUpAndMeasure();
    drain();
    const Faults faults = m_deliveries->finish();
    describe(report, faults);
    return faults.sum() == 0 && m_deliveries->roomsInDisagreement() == 0
        && m_swarm.closedByServer() <= m_options.slowReaders;
}

void Traffic::addClients()
{
    for (uint32_t i = 0; i < m_options.clients; ++i)
        m_swarm.add(i % m_options.rooms, {}, Role::Member);
    for (uint32_t i = 0; i < m_options.slowReaders; ++i)
        m_swarm.add(i % m_options.rooms, {}, Role::SlowReader);
    for (uint32_t i = 0; i < m_options.idle; ++i)
        m_swarm.add(i / 100, "idle", Role::Idle);

    const uint32_t senders = m_options.mode == Mode::Idle ? 0 : m_options.senders;
    for (uint32_t i = 0; i < senders; ++i)
        m_senders.emplace_back(i, m_options.contentBytes, m_options.hasCid);
    m_echoes.resize(senders);
    m_deliveries = std::make_unique<Deliveries>(m_swarm, m_options.rooms, m_senders);
    // The last client of each room: senders are the first, so it sends nothing where there is a choice.
    const bool all = m_options.checkAll || m_options.mode != Mode::Closed;
    for (uint32_t i = all ? 0 : m_options.clients - std::min(m_options.rooms, m_options.clients); i < m_options.clients; ++i)
        m_deliveries->followOrder(i);
}

void Traffic::settle()
{
    m_swarm.runUntil(nowNs() + int64_t(m_options.quietSeconds * 1e9));
    m_rssJoined = m_rssPeak = m_watch.residentKib();
    for (size_t i = 0; i < m_swarm.size(); ++i)
        if (m_swarm.at(i).role() == Role::SlowReader)
            m_swarm.setReading(m_swarm.at(i), false);
}

void Traffic::warmUpAndMeasure()
{
    m_sending = true;
    m_sendStartNs = m_nextSendNs = nowNs();
    const int64_t start = m_sendStartNs + int64_t(m_options.warmupSeconds * 1e9);
    if (!m_options.httpPath.empty()) {
        m_http = std::make_unique<HttpLoad>(m_poller, m_options);
        m_http->start(start);
    }
    if (m_options.mode == Mode::Closed)
        startClosed();
    serveUntil(start);
    m_first = snapshot();
    m_latencyCounts = true;
    const double seconds = m_options.messages > 0 ? double(m_options.messages) / m_options.rate : m_options.seconds;
    serveUntil(start + int64_t(seconds * 1e9));
    m_sending = false;
    m_last = snapshot();
    m_rssLast = m_watch.residentKib();
    if (m_http)
        m_http->stop();
}

void Traffic::startClosed()
{
    for (uint32_t i = 0; i < m_senders.size(); ++i) {
        m_frames.clear();
        for (uint32_t j = 0; j < m_options.window; ++j)
            m_senders[i].append(m_frames, nowNs());
        m_swarm.at(i).send(m_frames);
    }
}

void Traffic::serveUntil(int64_t deadlineNs)
{
    for (int64_t now = nowNs(); now < deadlineNs; now = nowNs()) {
        int64_t until = deadlineNs;
        if (m_sending && m_options.mode == Mode::Open) {
            sendDue(now);
            until = std::min(until, m_nextSendNs);
        }
        if (m_http)
            until = std::min(until, m_http->tick(now));
        if (m_watch.active()) {
            watchMemory(now);
            until = std::min(until, m_nextRssNs);
        }
        m_poller.wait(until);
    }
}

void Traffic::sendDue(int64_t now)
{
    while (m_nextSendNs <= now) {
        const uint32_t sender = uint32_t(m_sendIndex % m_senders.size());
        if (m_latencyCounts)
            m_latestSendNs = std::max(m_latestSendNs, now - m_nextSendNs);
        m_frames.clear();
        m_senders[sender].append(m_frames, m_nextSendNs);
        m_swarm.at(sender).send(m_frames);
        ++m_sendIndex;
        m_nextSendNs = m_sendStartNs + int64_t(double(m_sendIndex) * 1e9 / m_options.rate);
    }
}

void Traffic::watchMemory(int64_t now)
{
    if (now < m_nextRssNs)
        return;
    m_rssPeak = std::max(m_rssPeak, m_watch.residentKib());
    m_nextRssNs = now + 50 * kMillisecond;
}

void Traffic::text(Client &client, std::string_view payload, int64_t now)
{
    const char *at = Marker::find(payload, client.markerHint());
    if (at == nullptr) {
        ++m_otherFrames;
        return;
    }
    m_deliveries->count(client);
    const bool sender = client.index() < m_senders.size();
    const bool follow = m_deliveries->followsOrder(client);
    if (!sender && !follow)
        return;
    const Marker marker = Marker::read(at);
    if (follow)
        m_deliveries->arrived(client, marker);
    const bool echo = sender && marker.sender == client.index();
    m_echoes[echo ? client.index() : 0] += echo ? 1 : 0;
    if (m_latencyCounts && (echo || m_options.mode == Mode::Open) && marker.timeNs >= m_first.timeNs)
        m_latency.add(now - marker.timeNs);
}

void Traffic::readDone(Client &client)
{
    if (client.index() >= m_senders.size())
        return;
    const uint32_t echoes = std::exchange(m_echoes[client.index()], 0);
    if (echoes == 0 || !m_sending || m_options.mode != Mode::Closed)
        return;
    m_frames.clear();
    const int64_t now = nowNs();
    for (uint32_t i = 0; i < echoes; ++i)
        m_senders[client.index()].append(m_frames, now);
    client.send(m_frames);
}

void Traffic::drain()
{
    constexpr int64_t patience = 10 * kSecond; // a starved server is late, and that is not lost
    const int64_t start = nowNs();
    const uint64_t expected = m_deliveries->expected();
    uint64_t seen = m_deliveries->total();
    for (int64_t deadline = nowNs() + patience; nowNs() < deadline && seen < expected;) {
        m_swarm.runUntil(nowNs() + 20 * kMillisecond);
        if (m_deliveries->total() != seen) {
            seen = m_deliveries->total();
            deadline = nowNs() + patience;
        }
    }
    m_drainNs = nowNs() - start;
    for (size_t i = 0; i < m_swarm.size(); ++i)
        m_swarm.setReading(m_swarm.at(i), true);
    m_swarm.runUntil(nowNs() + 200 * kMillisecond); // what is repeated comes now
}

uint64_t Traffic::sent() const
{
    uint64_t sum = 0;
    for (const Sender &sender : m_senders)
        sum += sender.sent();
    return sum;
}

Traffic::Snapshot Traffic::snapshot() const
{
    return {nowNs(), m_deliveries->total(), m_swarm.bytesReceived(), sent(), m_watch.cpuSeconds(), ProcessWatch::ownCpuSeconds()};
}

void Traffic::describe(Report &report, const Faults &faults) const
{
    const double seconds = double(m_last.timeNs - m_first.timeNs) / 1e9;
    const uint64_t deliveries = m_last.deliveries - m_first.deliveries;
    report.add("seconds", seconds);
    report.add("messages", m_last.sent - m_first.sent);
    report.add("deliveries", deliveries);
    report.add("deliveries_per_s", double(deliveries) / seconds);
    if (deliveries > 0)
        report.add("bytes_per_delivery", double(m_last.bytes - m_first.bytes) / double(deliveries));
    report.add("latency_ms", m_latency);
    report.add("latest_send_ms", double(m_latestSendNs) / 1e6);
    report.add("generator_cpu_s", m_last.ownCpu - m_first.ownCpu);
    if (m_watch.active()) {
        report.add("server_cpu_s", m_last.serverCpu - m_first.serverCpu);
        report.add("rss_start_kib", m_rssStart);
        report.add("rss_joined_kib", m_rssJoined);
        report.add("rss_peak_kib", m_rssPeak);
        report.add("rss_end_kib", m_rssLast);
    }
    report.add("sent_in_all", sent());
    report.add("delivered_in_all", m_deliveries->total());
    report.add("drain_seconds", double(m_drainNs) / 1e9);
    report.add("lost", faults.lost);
    report.add("repeated", faults.repeated);
    report.add("out_of_order", faults.outOfOrder);
    report.add("misrouted", faults.misrouted);
    report.add("rooms_in_disagreement", m_deliveries->roomsInDisagreement());
    report.add("receivers_followed", m_deliveries->followed());
    report.add("other_frames", m_otherFrames);
    report.add("closed_by_server", m_swarm.closedByServer());
    if (m_swarm.closedByServer() > 0)
        report.add("first_closed", m_swarm.firstFailure());
    if (m_options.slowReaders > 0)
        describeSlowReaders(report);
    if (m_http) {
        Report http;
        m_http->describe(http);
        report.add("http", http);
    }
}

void Traffic::describeSlowReaders(Report &report) const
{
    uint64_t dropped = 0;
    std::vector<double> codes;
    for (size_t i = 0; i < m_swarm.size(); ++i) {
        const Client &client = m_swarm.at(i);
        if (client.role() != Role::SlowReader || client.state() != Client::State::Closed)
            continue;
        ++dropped;
        codes.push_back(client.closeCode());
    }
    report.add("slow_readers_dropped", dropped);
    report.add("slow_readers_close_codes", codes);
}

} // namespace Parlance::Bench
