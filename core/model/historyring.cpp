// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/historyring.h"

namespace Parlance {

void HistoryRing::append(const Message &message)
{
    Q_ASSERT(isEmpty() || message.seq == m_messages.constLast().seq + 1);
    if (m_messages.size() >= m_capacity)
        m_messages.removeFirst();
    m_messages.append(message);
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
