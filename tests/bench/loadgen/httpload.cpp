// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadgen/httpload.h"

#include "common/clock.h"
#include "loadgen/httpconnection.h"

#include <limits>

namespace Parlance::Bench {

HttpLoad::HttpLoad(Poller &poller, const Options &options)
    : m_poller(poller), m_options(options), m_address(serverAddress(options))
{
    m_request = "GET " + options.httpPath + " HTTP/1.1\r\nHost: " + options.address + ':' + std::to_string(options.port)
        + "\r\nAccept: application/json\r\n" + (options.httpClose ? "Connection: close\r\n" : "") + "\r\n";
    for (uint32_t i = 0; i < options.httpConnections; ++i) {
        m_connections.push_back(std::make_unique<HttpConnection>(*this));
        m_free.push_back(m_connections.back().get());
    }
}

HttpLoad::~HttpLoad() = default;

void HttpLoad::start(int64_t countFromNs)
{
    m_running = true;
    m_startNs = nowNs();
    m_countFromNs = countFromNs;
}

int64_t HttpLoad::tick(int64_t now)
{
    constexpr int64_t never = std::numeric_limits<int64_t>::max();
    if (!m_running)
        return never;
    if (m_options.httpRate <= 0) {
        // Asked here and not when an answer comes, so that a connection that fails at once does not recurse.
        for (size_t left = m_free.size(); left > 0; --left) {
            HttpConnection *connection = m_free.back();
            m_free.pop_back();
            connection->ask(now);
        }
        return m_free.empty() ? never : now + kMillisecond;
    }
    const auto due = [this] { return m_startNs + int64_t(double(m_asked) * 1e9 / m_options.httpRate); };
    for (; due() <= now; ++m_asked)
        m_due.push_back(due());
    for (size_t tries = m_connections.size(); tries > 0 && !m_due.empty() && !m_free.empty(); --tries) {
        HttpConnection *connection = m_free.back();
        const int64_t intended = m_due.front();
        m_free.pop_back();
        m_due.pop_front();
        connection->ask(intended);
    }
    return due();
}

void HttpLoad::answered(HttpConnection &connection, int64_t intendedNs, bool good, size_t bytes)
{
    m_free.push_back(&connection);
    const int64_t now = nowNs();
    if (!m_running || now < m_countFromNs)
        return;
    if (!good) {
        ++m_failed;
        return;
    }
    ++m_good;
    m_bytes += bytes;
    m_latency.add(now - intendedNs);
}

void HttpLoad::stop()
{
    m_running = false;
    m_stopNs = nowNs();
}

void HttpLoad::describe(Report &report) const
{
    const double seconds = double(m_stopNs - m_countFromNs) / 1e9;
    report.add("answers", m_good);
    report.add("failed", m_failed);
    report.add("answers_per_s", double(m_good) / seconds);
    report.add("bytes_per_answer", m_good > 0 ? double(m_bytes) / double(m_good) : 0.0);
    report.add("waiting_at_end", m_due.size());
    report.add("latency_ms", m_latency);
}

} // namespace Parlance::Bench
