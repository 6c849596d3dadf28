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

    /// \a message must be the next in seq, or the ring must be empty. A change is applied to what it is about, and an
    /// edit's text to the edits before it.
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

    /// The newest \a count that people may read, oldest first.
    MessageList newest(qsizetype count) const;
    /// The seq from which on there are \a count that people may read; smaller than first() by those that are missing.
    quint64 firstOfNewest(quint64 count) const;
    /// Oldest first.
    const MessageList &all() const { return m_messages; }
    /// All with a seq above \a seq, oldest first. Complete only if first() <= seq + 1.
    MessageList after(quint64 seq) const;

private:
    void apply(const Message &change);

    int m_capacity;
    qint64 m_bytes = 0;
    MessageList m_messages; // QList keeps free room at its front, so dropping the oldest moves nothing
};

} // namespace Parlance
