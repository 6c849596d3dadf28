// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/byteledger.h"
#include "model/message.h"

namespace Parlance {

class Room;

/// What the messages of all rooms may take in memory together.
///
/// When they take more, the room with the most forgets its oldest message, whoever posts: a room that filled the
/// memory and went quiet gives way to those that talk, and a small one keeps what it has. Each room keeps its
/// newest message.
class HistoryBudget
{
public:
    explicit HistoryBudget(qint64 bytes) : m_bound(bytes) {}

    /// Messages that were let go since the start, and why.
    struct Forgotten
    {
        quint64 byRing = 0; ///< the room's ring was full
        quint64 byBytes = 0; ///< all rooms together took too much
    };

    /// Appends \a message, the next in seq, to the history of \a room, and makes place for it.
    void keep(Room &room, const Message &message);
    /// What is below \a oldest in \a room is gone from the store, and no longer shown.
    void trim(Room &room, quint64 oldest);
    /// \a room is going away, with its history.
    void forget(Room &room);

    const Forgotten &forgotten() const { return m_forgotten; }
    /// What all messages take, about.
    qint64 bytes() const { return m_ledger.total(); }

private:
    qint64 m_bound;
    Forgotten m_forgotten;
    ByteLedger m_ledger; ///< of the rooms
};

} // namespace Parlance
