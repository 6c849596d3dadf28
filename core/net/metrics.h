// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/errorcode.h"

#include <QByteArray>
#include <QHash>

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
    /// Something was refused, for the reason \a code.
    void refused(ErrorCode code) { ++m_refusals[code]; }
    quint64 refusals() const;
    /// \a gauge.value must stay callable as long as this object.
    void addGauge(Gauge gauge) { m_gauges.append(std::move(gauge)); }

    /// The text exposition format 0.0.4 of Prometheus.
    QByteArray exposition() const;

private:
    std::array<quint64, CounterCount> m_counters {};
    QHash<ErrorCode, quint64> m_refusals;
    QList<Gauge> m_gauges;
};

} // namespace Parlance
