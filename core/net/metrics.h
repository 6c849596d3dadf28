// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/limit.h"
#include "base/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <array>
#include <functional>

namespace Parlance {

/// What the network rooms count, and its text for Prometheus.
///
/// Thread: the hub; plain numbers, no locks.
class Metrics
{
public:
    enum Counter {
        ConnectionsAccepted,
        HttpRequests,
        WebSocketsOpened,
        CommandsReceived,
        EventsDelivered,
        BytesReceived,
        BytesSent,
        SlowReadersDropped,
        HeartbeatsMissed,
        CounterCount,
    };

    /// A figure that is asked for when somebody looks.
    struct Gauge
    {
        QByteArray name;
        QByteArray help;
        std::function<double()> value;
    };

    void add(Counter counter, quint64 amount = 1) { m_counters[counter] += amount; }
    quint64 count(Counter counter) const { return m_counters[counter]; }
    /// Something was refused; where a limit was the reason, that is counted too. \a address is the peer's.
    void refused(const Error &error, const QString &address);
    /// A limit was reached and somebody felt it, though not as a refusal.
    void hit(Limit limit) { ++m_limitHits[size_t(limit)]; }
    quint64 hits(Limit limit) const;
    /// Somebody else counts the hits of \a limit. \a count must stay callable as long as this object.
    void countElsewhere(Limit limit, std::function<quint64()> count) { m_elsewhere[size_t(limit)] = std::move(count); }
    /// Called at each refusal. One listener.
    using RefusalListener = std::function<void(ErrorCode code, const QString &detail, const QString &address)>;
    void onRefusal(RefusalListener listener) { m_onRefusal = std::move(listener); }
    quint64 refusals() const;
    /// \a gauge.value must stay callable as long as this object.
    void addGauge(Gauge gauge) { m_gauges.append(std::move(gauge)); }

    /// The text exposition format 0.0.4 of Prometheus.
    QByteArray exposition() const;

private:
    std::array<quint64, CounterCount> m_counters {};
    QHash<ErrorCode, quint64> m_refusals;
    std::array<quint64, kLimitCount> m_limitHits {};
    std::array<std::function<quint64()>, kLimitCount> m_elsewhere;
    RefusalListener m_onRefusal;
    QList<Gauge> m_gauges;
};

} // namespace Parlance
