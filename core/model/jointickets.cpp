// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/jointickets.h"

#include <utility>

namespace Parlance {

void JoinTickets::add(TicketId ticket, const JoinRequest &request, bool ready)
{
    Q_ASSERT(!m_tickets.contains(ticket));
    m_tickets.insert(ticket, {request, ready});
    if (!ready)
        m_waiting[request.room].append(ticket);
}

std::optional<JoinRequest> JoinTickets::takeReady(TicketId ticket)
{
    const auto it = m_tickets.constFind(ticket);
    if (it == m_tickets.cend() || !it->ready)
        return {};
    return take(ticket);
}

std::optional<JoinRequest> JoinTickets::take(TicketId ticket)
{
    const auto it = m_tickets.find(ticket);
    if (it == m_tickets.end())
        return {};
    Ticket taken = std::move(*it);
    m_tickets.erase(it);
    if (!taken.ready) {
        const auto waiting = m_waiting.find(taken.request.room);
        waiting->removeOne(ticket);
        if (waiting->isEmpty())
            m_waiting.erase(waiting);
    }
    return std::move(taken.request);
}

QList<TicketId> JoinTickets::makeReady(const RoomName &room)
{
    const QList<TicketId> ready = m_waiting.take(room);
    for (const TicketId ticket : ready)
        m_tickets[ticket].ready = true;
    return ready;
}

QList<TicketId> JoinTickets::takeWaiting(const RoomName &room)
{
    const QList<TicketId> taken = m_waiting.take(room);
    for (const TicketId ticket : taken)
        m_tickets.remove(ticket);
    return taken;
}

QList<TicketId> JoinTickets::takeWaiting(const RoomName &room, const std::function<bool(const JoinRequest &)> &isMeant)
{
    QList<TicketId> taken;
    const QList<TicketId> waiting = m_waiting.value(room);
    for (const TicketId ticket : waiting) {
        if (isMeant(m_tickets.constFind(ticket)->request)) {
            take(ticket);
            taken.append(ticket);
        }
    }
    return taken;
}

} // namespace Parlance
