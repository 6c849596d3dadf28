// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/join.h"

#include <QHash>
#include <QList>

#include <functional>
#include <optional>

namespace Parlance {

/// The joins under way: between the request and the connection that can speak.
///
/// Some wait until the store has opened their room, the others for their connection. Bounded by whoever hands out
/// tickets: one for each connection that is not in a room.
class JoinTickets
{
public:
    /// \a ticket must be new. Not \a ready: it waits for its room.
    void add(TicketId ticket, const JoinRequest &request, bool ready);
    bool contains(TicketId ticket) const { return m_tickets.contains(ticket); }
    qsizetype size() const { return m_tickets.size(); }

    /// Takes a ticket that is ready out; nothing for one that is not, or is unknown.
    std::optional<JoinRequest> takeReady(TicketId ticket);
    /// Takes a ticket out, ready or not.
    std::optional<JoinRequest> take(TicketId ticket);

    /// \a room has opened: those that waited for it are ready. In the order in which they asked.
    QList<TicketId> makeReady(const RoomName &room);
    /// \a room did not open: takes those out that waited for it. In the order in which they asked.
    QList<TicketId> takeWaiting(const RoomName &room);
    /// Only those that \a isMeant says.
    QList<TicketId> takeWaiting(const RoomName &room, const std::function<bool(const JoinRequest &)> &isMeant);

private:
    struct Ticket
    {
        JoinRequest request;
        bool ready = false;
    };

    QHash<TicketId, Ticket> m_tickets;
    QHash<RoomName, QList<TicketId>> m_waiting; ///< of rooms that are being opened
};

} // namespace Parlance
