// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

namespace Parlance::Client {

/// Who is writing. Somebody of whom nothing more is heard for kExpiry stopped. Bound: kMaxNames.
class TypingList final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TypingList)

public:
    static constexpr qsizetype kMaxNames = 50;
    static constexpr Clock::Millis kExpiry {8'000};

    /// \a clock must outlive the list.
    explicit TypingList(const Clock &clock, QObject *parent = nullptr);

    /// In the order in which they began.
    const QStringList &names() const { return m_names; }
    void set(const QString &name, bool writing);
    void clear();

signals:
    void changed();

private:
    void expire();

    const Clock &m_clock;
    QStringList m_names;
    QList<Clock::Millis> m_until; ///< one per name, monotonic
    QTimer m_timer;
};

} // namespace Parlance::Client
