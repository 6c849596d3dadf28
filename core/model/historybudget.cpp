// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/historybudget.h"

#include "model/room.h"

namespace Parlance {

void HistoryBudget::keep(Room &room, const Message &message)
{
    const qsizetype before = room.history.size();
    room.history.append(message);
    m_forgotten.byRing += quint64(before + 1 - room.history.size());
    m_ledger.account(room, room.history.bytes());
    while (m_ledger.total() > m_bound) {
        auto &largest = static_cast<Room &>(*m_ledger.largest());
        if (largest.history.size() <= 1) // and no room has more than one message's bytes
            break;
        largest.history.dropOldest();
        ++m_forgotten.byBytes;
        m_ledger.account(largest, largest.history.bytes());
    }
}

void HistoryBudget::trim(Room &room, quint64 oldest)
{
    room.oldest = oldest;
    room.history.dropBelow(oldest);
    m_ledger.account(room, room.history.bytes());
}

void HistoryBudget::forget(Room &room)
{
    m_ledger.forget(room);
}

} // namespace Parlance
