// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/metrics.h"

#include <algorithm>

namespace Parlance {

namespace {

struct Description
{
    const char *name;
    const char *help;
};

constexpr std::array<Description, Metrics::CounterCount> kDescriptions {{
    {"parlance_connections_accepted_total", "Connections accepted."},
    {"parlance_http_requests_total", "HTTP requests answered."},
    {"parlance_websockets_opened_total", "WebSocket sessions that joined a room."},
    {"parlance_commands_received_total", "Commands read from WebSockets."},
    {"parlance_events_delivered_total", "Events handed to sessions, once per recipient."},
    {"parlance_bytes_received_total", "Bytes read from all connections."},
    {"parlance_bytes_sent_total", "Bytes that the kernel took for all connections."},
    {"parlance_slow_readers_dropped_total", "Sessions closed because they did not read."},
    {"parlance_heartbeats_missed_total", "Sessions closed because nothing came from them."},
}};

void writeHead(QByteArray &out, const QByteArray &name, const QByteArray &help, const char *type)
{
    out += "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
}

} // namespace

quint64 Metrics::refusals() const
{
    quint64 sum = 0;
    for (const quint64 count : m_refusals)
        sum += count;
    return sum;
}

void Metrics::refused(const Error &error, const QString &address)
{
    ++m_refusals[error.code];
    hit(error.limit);
    if (m_onRefusal)
        m_onRefusal(error.code, error.detail, address);
}

quint64 Metrics::hits(Limit limit) const
{
    const auto &elsewhere = m_elsewhere[size_t(limit)];
    return m_limitHits[size_t(limit)] + (elsewhere ? elsewhere() : 0);
}

QByteArray Metrics::exposition() const
{
    QByteArray out;
    for (int i = 0; i < CounterCount; ++i) {
        const Description &description = kDescriptions[size_t(i)];
        writeHead(out, description.name, description.help, "counter");
        out += QByteArray(description.name) + ' ' + QByteArray::number(m_counters[size_t(i)]) + '\n';
    }
    writeHead(out, "parlance_refusals_total", "Requests, joins and commands refused, by reason.", "counter");
    QList<ErrorCode> codes = m_refusals.keys();
    std::sort(codes.begin(), codes.end());
    for (const ErrorCode code : std::as_const(codes))
        out += "parlance_refusals_total{reason=\"" + errorName(code).toByteArray() + "\"} "
            + QByteArray::number(m_refusals.value(code)) + '\n';
    // All of them from the start, or a first hit would be no change that an alarm could see.
    writeHead(out, "parlance_limit_hits_total", "Times that somebody ran into a limit, by limit.", "counter");
    for (int i = int(Limit::None) + 1; i < kLimitCount; ++i)
        out += "parlance_limit_hits_total{limit=\"" + limitName(Limit(i)).toByteArray() + "\"} "
            + QByteArray::number(hits(Limit(i))) + '\n';
    for (const Gauge &gauge : m_gauges) {
        writeHead(out, gauge.name, gauge.help, "gauge");
        out += gauge.name + ' ' + QByteArray::number(gauge.value(), 'g', 15) + '\n';
    }
    return out;
}

} // namespace Parlance
