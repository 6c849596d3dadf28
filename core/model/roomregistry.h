// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/historybudget.h"
#include "model/limits.h"
#include "model/room.h"

#include <QList>

#include <memory>
#include <unordered_map>

namespace Parlance {

/// The rooms that there are, by name, and what their histories may take together.
///
/// A room is active while somebody is in it; before and after it is here only for those on the way in, and for
/// messages on their way into the store. Bounded by ModelLimits::rooms. Owned by ChatManager; thread: the hub.
class RoomRegistry
{
public:
    explicit RoomRegistry(const ModelLimits &limits);

    /// Null when there is none.
    Room *find(const RoomName &name) const;
    /// Null when nobody is inside.
    const Room *active(const RoomName &name) const;

    /// Of an active room, in the order in which they came; empty for another.
    QStringList userNames(const RoomName &name) const;

    bool isFull() const { return m_rooms.size() >= m_most; }
    /// Makes a room that is not there yet.
    Room &add(const RoomName &name, qint64 openedAt);
    /// Unknown names are ignored.
    void drop(const RoomName &name);

    /// Appends \a message, the next in seq, to what is kept of \a room.
    void keep(Room &room, const Message &message) { m_budget.keep(room, message); }
    /// What is below \a oldest is gone from the store; unknown rooms are ignored.
    void trim(const RoomName &name, quint64 oldest);
    const HistoryBudget::Forgotten &forgotten() const { return m_budget.forgotten(); }
    /// What the kept messages take, about.
    qint64 historyBytes() const { return m_budget.bytes(); }

    QList<RoomInfo> activeRooms() const; ///< sorted by name
    int activeCount() const;
    int userCount() const; ///< in all rooms; somebody in two of them counts twice
    QList<RoomName> withPresence() const; ///< those in which somebody came or went since the last summary

private:
    size_t m_most;
    int m_ring;
    HistoryBudget m_budget;
    std::unordered_map<QString, std::unique_ptr<Room>> m_rooms; ///< by name key
};

} // namespace Parlance
