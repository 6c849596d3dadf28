// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/returnwatch.h"

#include <QNetworkInformation>

#include <utility>

namespace Parlance::Client {

ReturnWatch::ReturnWatch(const Clock &clock, Clock::Millis tick, QObject *parent)
    : QObject(parent), m_clock(clock), m_lookedAt(clock.wallClock())
{
    connect(&m_timer, &QTimer::timeout, this, &ReturnWatch::look);
    m_timer.start(tick);
    watchNetwork();
}

void ReturnWatch::watchNetwork()
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            [this](QNetworkInformation::Reachability reach) {
                if (reach != QNetworkInformation::Reachability::Disconnected
                    && reach != QNetworkInformation::Reachability::Unknown)
                    emit returned();
            });
}

void ReturnWatch::look()
{
    const Clock::Millis now = m_clock.wallClock();
    if (now - std::exchange(m_lookedAt, now) > kAsleep)
        emit returned();
}

} // namespace Parlance::Client
