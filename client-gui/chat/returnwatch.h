// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QObject>
#include <QTimer>

namespace Parlance::Client {

/// Notices when the network comes back and when the computer wakes up: the moments at which waiting is over.
///
/// The network is asked of the system, where it tells (NetworkManager); sleep shows in the wall clock, which runs on
/// while timers stand still. A clock that was set counts as sleep, which does no harm. Lives in the GUI thread.
class ReturnWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReturnWatch)

public:
    /// Longer than this between two looks: the computer slept.
    static constexpr Clock::Millis kAsleep {30'000};

    /// \a clock must outlive the watch, which looks at it every \a tick.
    ReturnWatch(const Clock &clock, Clock::Millis tick, QObject *parent = nullptr);

signals:
    void returned();

private:
    void watchNetwork();
    void look();

    const Clock &m_clock;
    Clock::Millis m_lookedAt;
    QTimer m_timer;
};

} // namespace Parlance::Client
