// SPDX-License-Identifier: GPL-3.0-or-later
// Who comes and goes: joins, sessions, rooms that open and close.
#include "model/chatmanager.h"

#include <QThread>

#include <algorithm>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

Status ChatManager::mayJoin(const JoinRequest &request) const
{
    return m_shuttingDown ? shuttingDown() : m_joinRules.mayJoin(request, m_clock.monotonic());
}

void ChatManager::requestJoin(TicketId ticket, const JoinRequest &request)
{
    Q_ASSERT(QThread::currentThread() == thread());
    Q_ASSERT(!m_tickets.contains(ticket));
    if (const Status slow = m_joinRules.mayTry(request, m_clock.monotonic()); !slow) {
        emit joinRefused(ticket, slow.error());
        return;
    }
    if (const Status fits = m_joinRules.fits(request); !fits) {
        emit joinRefused(ticket, fits.error());
        return;
    }
    if (const Status allowed = mayJoin(request); !allowed) {
        emit joinRefused(ticket, allowed.error());
        return;
    }

    Room *room = m_rooms.find(request.room);
    if (!room) {
        if (m_rooms.isFull()) {
            emit joinRefused(ticket, Error {ErrorCode::TooManyRooms, u"the server has no place for another room"_s, {}, {},
                                            Limit::Rooms});
            return;
        }
        room = &m_rooms.add(request.room, now());
        m_store.openRoom(request.room, m_limits.ring);
    }
    const bool ready = room->state == Room::State::Open;
    if (const Status open = ready ? mayEnter(*room, request) : Status(); !open) {
        emit joinRefused(ticket, open.error());
        return;
    }
    ++room->reservations;
    m_tickets.add(ticket, request, ready);
    if (ready)
        emit joinReady(ticket);
}

Result<Joined> ChatManager::completeJoin(TicketId ticket)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const std::optional<JoinRequest> request = m_tickets.takeReady(ticket);
    if (!request)
        return Error {ErrorCode::NotFound, u"the join was cancelled"_s};
    if (const Status allowed = mayJoin(*request); !allowed) {
        releaseReservation(request->room);
        return allowed.error();
    }

    Room &room = *m_rooms.find(request->room);
    if (const Status open = mayEnter(room, *request); !open) { // it may have been locked meanwhile
        releaseReservation(request->room);
        return open.error();
    }
    const quint64 changes = room.peopleChanges();
    const SessionInfo info = admit(room, *request);
    const bool first = room.peopleChanges() != changes;
    const bool quiet = first && isSummedUp(room, info.user);
    if (quiet)
        room.noteJoined(info.user);
    const bool opens = !std::exchange(room.isAnnounced, true);
    Joined joined {info.id, room.name(), info.user, room.epoch, room.head, room.peopleChanges(), {}};
    if (info.kind == ClientKind::Parlance || !isQuiet(room))
        joined.users = room.userNames();
    if (info.kind == ClientKind::Parlance && room.hasPresence())
        room.noteNewcomer(info.id);

    // Slots may do anything here, even end this session; the reservation keeps the room until all is told.
    if (opens)
        emit roomOpened(room.info());
    if (m_sessions.contains(info.id))
        emit sessionJoined(info);
    if (first && m_sessions.contains(info.id))
        emit userJoined(info.room, info.user, info.id, quiet);
    releaseReservation(request->room);
    if (!m_sessions.contains(info.id))
        return Error {ErrorCode::NotFound, u"the session ended while it began"_s};
    return joined;
}

/// Whoever is in it already may open another window.
Status ChatManager::mayEnter(const Room &room, const JoinRequest &request) const
{
    return room.memberOf(request.person) ? Status() : m_locks.mayEnter(room.name(), room.settings, request.person);
}

/// Makes the session and puts it into \a room.
SessionInfo ChatManager::admit(Room &room, const JoinRequest &request)
{
    Session session;
    session.info.id = SessionId {++m_lastSession};
    session.isStranger = request.person.isNull();
    session.person = session.isStranger ? PersonId(m_run + u'.' + QString::number(m_lastSession)) : request.person;
    session.info.user = room.nameFor(session.person, request.name);
    session.asked = request.name;
    session.network = request.subscriber();
    session.room = &room;
    session.info.room = room.name();
    session.info.kind = request.kind;
    session.info.address = request.address;
    session.info.agent = request.agent;
    session.info.since = now();
    room.add(session.info.user, session.person, session.info.id);
    m_joinRules.sessionBegan(session.person);
    return m_sessions.emplace(session.info.id, session).first->second.info;
}

void ChatManager::cancelJoin(TicketId ticket)
{
    if (const std::optional<JoinRequest> request = m_tickets.take(ticket))
        releaseReservation(request->room);
}

void ChatManager::leave(SessionId session)
{
    takeOut(session, {});
}

void ChatManager::releaseReservation(const RoomName &name)
{
    if (Room *room = m_rooms.find(name)) {
        --room->reservations;
        dropIfUnused(*room);
    }
}

void ChatManager::takeOut(SessionId id, const QString &reason)
{
    const auto node = m_sessions.extract(id);
    if (node.empty())
        return;
    const Session &session = node.mapped();
    m_joinRules.sessionEnded(session.person);

    const bool quiet = isSummedUp(*session.room, session.info.user);
    const bool last = session.room->remove(session.info.user, id);
    if (last && quiet)
        session.room->noteLeft(session.info.user);
    // From here on a slot may make the room go.
    emit sessionLeft(session.info);
    if (last)
        emit userLeft(session.info.room, session.info.user, reason, quiet);
    dropIfUnused(session.info.room);
}

void ChatManager::dropIfUnused(const RoomName &name)
{
    if (Room *room = m_rooms.find(name))
        dropIfUnused(*room);
}

void ChatManager::dropIfUnused(Room &room)
{
    // A room that is still opening is dropped when the store has answered.
    if (!room.isUnused() || room.state == Room::State::Opening)
        return;
    const RoomName name = room.name();
    const bool wasAnnounced = room.isAnnounced;
    m_rooms.drop(name);
    m_store.closeRoom(name);
    if (wasAnnounced)
        emit roomClosed(name);
}

void ChatManager::onRoomOpened(const RoomRecord &record)
{
    Room *room = m_rooms.find(record.room);
    if (!room || room->state == Room::State::Open)
        return;
    room->state = Room::State::Open;
    room->epoch = record.epoch;
    room->head = record.head;
    room->oldest = std::max(room->oldest, record.oldest); // it may have been trimmed since the store looked
    if (!room->isConfigured)
        room->settings = record.settings;
    for (const Message &message : record.newest) {
        if (message.seq >= room->oldest)
            m_rooms.keep(*room, message);
    }

    refuseOutsiders(*room);
    const QList<TicketId> waiting = m_tickets.makeReady(record.room);
    for (const TicketId ticket : waiting) {
        if (m_tickets.contains(ticket)) // unless a slot finished with it
            emit joinReady(ticket);
    }
    answerChanges(record.room, {});
    dropIfUnused(record.room);
}

/// Of the joins that waited for \a room to open. Their places are given back before a slot hears of it, as in
/// onRoomFailed(); after that the room may be gone.
void ChatManager::refuseOutsiders(Room &room)
{
    Status refusal;
    const QList<TicketId> outsiders = m_tickets.takeWaiting(room.name(), [this, &room, &refusal](const JoinRequest &request) {
        const Status open = mayEnter(room, request);
        if (!open)
            refusal = open;
        return !open;
    });
    room.reservations -= int(outsiders.size());
    for (const TicketId ticket : outsiders)
        emit joinRefused(ticket, refusal.error());
}

void ChatManager::onRoomFailed(const RoomName &name, const Error &error)
{
    const Room *room = m_rooms.find(name);
    if (!room || room->state == Room::State::Open)
        return;
    m_rooms.drop(name);
    answerChanges(name, error);
    // All of them go before the first slot hears of it: none may give back its place in a room of that name
    // that the slot has opened anew.
    const QList<TicketId> waiting = m_tickets.takeWaiting(name);
    for (const TicketId ticket : waiting)
        emit joinRefused(ticket, error);
}

} // namespace Parlance
