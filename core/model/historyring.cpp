// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/historyring.h"

#include "model/changerules.h"

#include <algorithm>

namespace Parlance {

namespace {

/// Text in UTF-16, and what the structure, its shared strings and their heads take.
qint64 sizeOf(const Message &message)
{
    constexpr qint64 kOverhead = 400;
    constexpr qint64 kReaction = 200;
    const qint64 reactions = message.aftermath ? message.aftermath->reactions.size() * kReaction : 0;
    return message.content.size() * 2 + kOverhead + reactions;
}

} // namespace

void HistoryRing::append(const Message &message)
{
    Q_ASSERT(isEmpty() || message.seq == m_messages.constLast().seq + 1);
    if (message.change)
        apply(message);
    m_messages.append(message);
    m_bytes += sizeOf(message);
    if (m_messages.size() > m_capacity)
        dropOldest();
}

void HistoryRing::dropOldest()
{
    if (m_messages.size() <= 1)
        return;
    m_bytes -= sizeOf(m_messages.constFirst());
    m_messages.removeFirst();
}

void HistoryRing::dropBelow(quint64 seq)
{
    while (!isEmpty() && first() < seq) {
        m_bytes -= sizeOf(m_messages.constFirst());
        m_messages.removeFirst();
    }
}

MessageList HistoryRing::newest(qsizetype count) const
{
    MessageList found;
    for (auto it = m_messages.crbegin(); it != m_messages.crend() && found.size() < count; ++it) {
        if (it->isReadable())
            found.append(*it);
    }
    std::reverse(found.begin(), found.end());
    return found;
}

quint64 HistoryRing::firstOfNewest(quint64 count) const
{
    for (auto it = m_messages.crbegin(); it != m_messages.crend() && count > 0; ++it) {
        if (it->isReadable() && --count == 0)
            return it->seq;
    }
    return first() - std::min(first(), count); // as if all that is older were readable
}

void HistoryRing::apply(const Message &change)
{
    const quint64 target = change.change->targetSeq;
    if (target >= first() && target - first() < quint64(m_messages.size())) {
        Message &message = m_messages[qsizetype(target - first())];
        m_bytes -= sizeOf(message);
        applyChange(message, change);
        m_bytes += sizeOf(message);
    }
    const ChangeKind kind = change.change->kind;
    if (kind != ChangeKind::Edit && kind != ChangeKind::Deletion)
        return;
    for (Message &earlier : m_messages) {
        if (earlier.change && earlier.change->kind == ChangeKind::Edit && earlier.change->targetSeq == target) {
            m_bytes -= sizeOf(earlier);
            earlier.content = change.content;
            m_bytes += sizeOf(earlier);
        }
    }
}

MessageList HistoryRing::after(quint64 seq) const
{
    if (isEmpty() || seq < first())
        return m_messages;
    return m_messages.mid(qsizetype(qMin(quint64(m_messages.size()), seq - first() + 1)));
}

} // namespace Parlance
