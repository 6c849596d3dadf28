// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/historyring.h"

namespace Parlance {

namespace {

/// Text in UTF-16, and what the structure, its shared strings and their heads take.
qint64 sizeOf(const Message &message)
{
    constexpr qint64 kOverhead = 400;
    return message.content.size() * 2 + kOverhead;
}

} // namespace

void HistoryRing::append(const Message &message)
{
    Q_ASSERT(isEmpty() || message.seq == m_messages.constLast().seq + 1);
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
    return m_messages.mid(qMax(qsizetype(0), m_messages.size() - count));
}

MessageList HistoryRing::after(quint64 seq) const
{
    if (isEmpty() || seq < first())
        return m_messages;
    return m_messages.mid(qsizetype(qMin(quint64(m_messages.size()), seq - first() + 1)));
}

} // namespace Parlance
