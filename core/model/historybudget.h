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

    /// Appends \a message, the next in seq, to the history of \a room, and makes place for it.
    void keep(Room &room, const Message &message);
    /// \a room is going away, with its history.
    void forget(Room &room);

    /// What all messages take, about.
    qint64 bytes() const { return m_ledger.total(); }

private:
    qint64 m_bound;
    ByteLedger m_ledger; ///< of the rooms
};

} // namespace Parlance
