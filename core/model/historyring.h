// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/message.h"

#include <QList>

namespace Parlance {

/// The newest messages of one room, in seq order without gaps. Holds at most \a capacity; the oldest goes.
class HistoryRing
{
public:
    /// \a capacity at least 1.
    explicit HistoryRing(int capacity) : m_capacity(capacity) {}

    /// \a message must be the next in seq, or the ring must be empty.
    void append(const Message &message);

    bool isEmpty() const { return m_messages.isEmpty(); }
    qsizetype size() const { return m_messages.size(); }
    /// seq of the oldest kept message; 0 when there is none.
    quint64 first() const { return isEmpty() ? 0 : m_messages.constFirst().seq; }

    /// Drops the oldest, but never the newest one.
    void dropOldest();
    /// Drops all with a seq below \a seq.
    void dropBelow(quint64 seq);
    /// What the messages take in memory, about.
    qint64 bytes() const { return m_bytes; }

    /// The newest \a count, oldest first.
    MessageList newest(qsizetype count) const;
    /// All with a seq above \a seq, oldest first. Complete only if first() <= seq + 1.
    MessageList after(quint64 seq) const;

private:
    int m_capacity;
    qint64 m_bytes = 0;
    MessageList m_messages; // QList keeps free room at its front, so dropping the oldest moves nothing
};

} // namespace Parlance
