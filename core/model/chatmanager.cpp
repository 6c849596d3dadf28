// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chatmanager.h"

#include "base/logging.h"
#include "base/text.h"

#include <QThread>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr std::chrono::seconds kTypingEvery {1}; ///< one session's beginnings are passed on at most this often

Error shuttingDown()
{
    return {ErrorCode::ShuttingDown, u"the server is shutting down"_s, {}, std::chrono::seconds(5)};
}

} // namespace

ChatManager::ChatManager(MessageStore &store, NodeBus &bus, const Clock &clock, const ModelLimits &limits,
                         QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_bus(bus)
    , m_clock(clock)
    , m_limits(limits)
    , m_messageRate(limits.messages, limits.trackedKeys)
    , m_joinRate(limits.joins, limits.trackedKeys)
{
    connect(&m_store, &MessageStore::roomOpened, this, &ChatManager::onRoomOpened);
    connect(&m_store, &MessageStore::roomFailed, this, &ChatManager::onRoomFailed);
    connect(&m_store, &MessageStore::stored, this, &ChatManager::onStored);
    connect(&m_store, &MessageStore::appendFailed, this, &ChatManager::onAppendFailed);
    connect(&m_bus, &NodeBus::delivered, this, &ChatManager::deliver);
}

ChatManager::~ChatManager() = default;

// --- coming and going ------------------------------------------------------------------------------

Status ChatManager::mayJoin(const JoinRequest &request) const
{
    if (m_shuttingDown)
        return shuttingDown();
    if (const Status welcome = isWelcome(request); !welcome)
        return welcome;
    if (!request.person.isNull() && m_personSessions.value(request.person) >= m_limits.sessionsPerPerson)
        return Error {ErrorCode::TooManySessions, u"too many windows are open under this name"_s, {}, {},
                      Limit::SessionsPerUser};
    return {};
}

/// The naming rules are kept already; these are the bounds of this server.
Status ChatManager::checkNames(const JoinRequest &request) const
{
    const auto tooLong = [](const QString &field, int most, Limit limit) {
        return Error {ErrorCode::BadName, u"%1 must have at most %2 characters"_s.arg(field).arg(most), field, {}, limit};
    };
    if (codePointCount(request.room.text()) > m_limits.roomNameChars)
        return tooLong(u"room"_s, m_limits.roomNameChars, Limit::RoomNameChars);
    if (codePointCount(request.name.text()) > m_limits.userNameChars)
        return tooLong(u"username"_s, m_limits.userNameChars, Limit::UserNameChars);
    return {};
}

Status ChatManager::isWelcome(const JoinRequest &request) const
{
    const Clock::Millis moment = m_clock.monotonic();
    const auto *kick = m_kicks.find(request.room, request.person, request.name, request.address, moment);
    if (!kick)
        return {};
    const QString detail = kick->reason.isEmpty() ? u"you were removed from this room"_s
                                                  : u"you were removed from this room: %1"_s.arg(kick->reason);
    return Error {ErrorCode::Kicked, detail, {}, kick->until - moment};
}

void ChatManager::requestJoin(TicketId ticket, const JoinRequest &request)
{
    Q_ASSERT(QThread::currentThread() == thread());
    Q_ASSERT(!m_tickets.contains(ticket));
    if (const auto wait = m_joinRate.take(request.network.isEmpty() ? request.address : request.network, m_clock.monotonic()); wait.count() > 0) {
        emit joinRefused(ticket,
                         Error {ErrorCode::RateLimited, u"too many joins from this address"_s, {}, wait, Limit::Joins});
        return;
    }
    if (const Status fits = checkNames(request); !fits) {
        emit joinRefused(ticket, fits.error());
        return;
    }
    if (const Status allowed = mayJoin(request); !allowed) {
        emit joinRefused(ticket, allowed.error());
        return;
    }

    Room *room = findRoom(request.room);
    if (!room) {
        if (m_rooms.size() >= size_t(m_limits.rooms)) {
            emit joinRefused(ticket, Error {ErrorCode::TooManyRooms, u"the server has no place for another room"_s, {}, {}, Limit::Rooms});
            return;
        }
        auto opened = std::make_unique<Room>(request.room, m_limits.ring, now());
        room = opened.get();
        m_rooms.emplace(request.room.key(), std::move(opened));
        m_store.openRoom(request.room, m_limits.ring);
    }
    ++room->reservations;
    const bool ready = room->state == Room::State::Open;
    m_tickets.insert(ticket, {request, ready});
    if (ready)
        emit joinReady(ticket);
}

Result<Joined> ChatManager::completeJoin(TicketId ticket)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const auto it = m_tickets.constFind(ticket);
    if (it == m_tickets.cend() || !it->ready)
        return Error {ErrorCode::NotFound, u"the join was cancelled"_s};
    const JoinRequest request = it->request;
    m_tickets.erase(it);
    Room *room = findRoom(request.room);
    if (const Status allowed = mayJoin(request); !allowed) {
        releaseReservation(request.room);
        return allowed.error();
    }

    Session session;
    session.info.id = SessionId {++m_lastSession};
    session.person = request.person.isNull() ? PersonId(u"session:%1"_s.arg(m_lastSession)) : request.person;
    session.info.user = room->nameFor(session.person, request.name);
    session.asked = request.name;
    session.info.room = room->name();
    session.info.kind = request.kind;
    session.info.address = request.address;
    session.info.agent = request.agent;
    session.info.since = now();
    const SessionInfo info = session.info;

    const bool opens = !std::exchange(room->isAnnounced, true);
    const bool first = room->add(info.user, session.person, info.id);
    const bool quiet = first && isSummedUp(*room, info.user);
    if (quiet)
        room->noteJoined(info.user);
    ++m_personSessions[session.person];
    m_sessions.insert(info.id, session);
    const Joined joined {info.id, room->name(), info.user, room->epoch, room->head, room->userNames()};

    // Slots may do anything here, even end this session; the reservation keeps the room until all is told.
    if (opens)
        emit roomOpened(room->info());
    if (m_sessions.contains(info.id))
        emit sessionJoined(info);
    if (first && m_sessions.contains(info.id))
        emit userJoined(info.room, info.user, info.id, quiet);
    releaseReservation(request.room);
    if (!m_sessions.contains(info.id))
        return Error {ErrorCode::NotFound, u"the session ended while it began"_s};
    return joined;
}

void ChatManager::cancelJoin(TicketId ticket)
{
    const auto it = m_tickets.constFind(ticket);
    if (it == m_tickets.cend())
        return;
    const RoomName room = it->request.room;
    m_tickets.erase(it);
    releaseReservation(room);
}

void ChatManager::leave(SessionId session)
{
    takeOut(session, {});
}

void ChatManager::releaseReservation(const RoomName &name)
{
    if (Room *room = findRoom(name)) {
        --room->reservations;
        dropIfUnused(name);
    }
}

void ChatManager::takeOut(SessionId id, const QString &reason)
{
    const auto it = m_sessions.constFind(id);
    if (it == m_sessions.cend())
        return;
    const Session session = *it;
    m_sessions.erase(it);
    if (const auto count = m_personSessions.find(session.person); --*count == 0)
        m_personSessions.erase(count);

    Room *room = findRoom(session.info.room);
    Q_ASSERT(room);
    const bool quiet = isSummedUp(*room, session.info.user);
    const bool last = room->remove(session.info.user, id);
    if (last && quiet)
        room->noteLeft(session.info.user);
    emit sessionLeft(session.info);
    if (last)
        emit userLeft(session.info.room, session.info.user, reason, quiet);
    dropIfUnused(session.info.room);
}

void ChatManager::dropIfUnused(const RoomName &name)
{
    const auto it = m_rooms.find(name.key());
    // A room that is still opening is dropped when the store has answered.
    if (it == m_rooms.end() || !it->second->isUnused() || it->second->state == Room::State::Opening)
        return;
    const RoomName shown = it->second->name();
    const bool wasAnnounced = it->second->isAnnounced;
    m_historyBytes -= it->second->history.bytes();
    m_rooms.erase(it);
    m_store.closeRoom(shown);
    if (wasAnnounced)
        emit roomClosed(shown);
}

// --- talking ---------------------------------------------------------------------------------------

Status ChatManager::post(SessionId id, const QString &content, const Cid &cid)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end())
        return Error {ErrorCode::NotJoined, u"you are not in a room"_s};
    if (m_shuttingDown)
        return shuttingDown();
    const QString text = content.trimmed();
    if (text.isEmpty())
        return {};
    if (codePointCount(text) > m_limits.contentChars)
        return Error {ErrorCode::TooLong, u"content must have at most %1 characters"_s.arg(m_limits.contentChars),
                      u"content"_s, {}, Limit::ContentChars};
    if (const auto wait = m_messageRate.take(it->person, m_clock.monotonic()); wait.count() > 0)
        return Error {ErrorCode::RateLimited, u"too many messages, slow down"_s, {}, wait, Limit::Messages};

    Draft draft;
    draft.id = ++m_lastDraft;
    draft.room = it->info.room;
    draft.author = it->info.user;
    draft.person = it->person;
    draft.content = text;
    draft.timestamp = now();
    draft.cid = cid;
    ++it->info.messages;
    ++findRoom(draft.room)->pendingDrafts;
    m_drafts.insert(draft.id, {id, draft.room, cid});
    m_store.append(draft);
    emit sessionSpoke(id);
    return {};
}

Status ChatManager::setTyping(SessionId id, bool on)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end())
        return Error {ErrorCode::NotJoined, u"you are not in a room"_s};
    const Clock::Millis moment = m_clock.monotonic();
    if (on ? moment < it->nextTyping : !it->isTyping)
        return {};
    it->isTyping = on;
    if (on)
        it->nextTyping = moment + kTypingEvery;
    if (!isQuiet(*findRoom(it->info.room)))
        emit typingChanged(id, on);
    return {};
}

void ChatManager::onStored(const QList<StoredDraft> &batch)
{
    for (const StoredDraft &stored : batch) {
        const PendingDraft draft = m_drafts.take(stored.id);
        if (stored.repeated) {
            emit messageRepeated(draft.session, stored.message);
        } else {
            m_bus.publish(stored.message);
            deliver(stored.message);
        }
        if (Room *room = findRoom(draft.room)) {
            --room->pendingDrafts;
            dropIfUnused(draft.room);
        }
    }
}

void ChatManager::deliver(const Message &message)
{
    if (Room *room = findRoom(message.room); room && room->state == Room::State::Open) {
        keep(*room, message);
        room->head = message.seq;
        room->lastActivity = message.timestamp;
    }
    emit messagePosted(message);
}

/// The room that fills the memory pays for it with its own oldest messages.
void ChatManager::keep(Room &room, const Message &message)
{
    m_historyBytes -= room.history.bytes();
    m_forgotten.byRing += room.history.size() >= m_limits.ring ? 1 : 0;
    room.history.append(message);
    while (m_historyBytes + room.history.bytes() > m_limits.historyBytes && room.history.size() > 1) {
        room.history.dropOldest();
        ++m_forgotten.byBytes;
    }
    m_historyBytes += room.history.bytes();
}

void ChatManager::onAppendFailed(quint64 id, const Error &error)
{
    const PendingDraft draft = m_drafts.take(id);
    emit postFailed(draft.session, draft.cid, error);
    if (Room *room = findRoom(draft.room)) {
        --room->pendingDrafts;
        dropIfUnused(draft.room);
    }
}

void ChatManager::onRoomOpened(const RoomRecord &record)
{
    Room *room = findRoom(record.room);
    if (!room || room->state == Room::State::Open)
        return;
    room->state = Room::State::Open;
    room->epoch = record.epoch;
    room->head = record.head;
    for (const Message &message : record.newest)
        keep(*room, message);

    QList<TicketId> waiting;
    for (auto it = m_tickets.begin(); it != m_tickets.end(); ++it) {
        if (!it->ready && it->request.room == record.room) {
            it->ready = true;
            waiting.append(it.key());
        }
    }
    std::sort(waiting.begin(), waiting.end());
    for (const TicketId ticket : std::as_const(waiting)) {
        if (m_tickets.contains(ticket)) // unless a slot finished with it
            emit joinReady(ticket);
    }
    dropIfUnused(record.room);
}

void ChatManager::onRoomFailed(const RoomName &name, const Error &error)
{
    const Room *room = findRoom(name);
    if (!room || room->state == Room::State::Open)
        return;
    m_rooms.erase(name.key());
    QList<TicketId> waiting;
    for (auto it = m_tickets.cbegin(); it != m_tickets.cend(); ++it) {
        if (!it->ready && it->request.room == name)
            waiting.append(it.key());
    }
    std::sort(waiting.begin(), waiting.end());
    // All of them go before the first slot hears of it: none may give back its place in a room of that name
    // that the slot has opened anew.
    for (const TicketId ticket : std::as_const(waiting))
        m_tickets.remove(ticket);
    for (const TicketId ticket : std::as_const(waiting))
        emit joinRefused(ticket, error);
}

// --- operating -------------------------------------------------------------------------------------

Status ChatManager::kick(const RoomName &roomName, const UserName &user, const QString &reason,
                         Clock::Millis rejoinAfter)
{
    const Room *room = findRoom(roomName);
    const Member *member = room ? room->member(user) : nullptr;
    if (!member)
        return Error {ErrorCode::NotFound, u"%1 is not in %2"_s.arg(user.text(), roomName.text()), u"user"_s};
    const QString why = reason.trimmed().left(200);
    const Clock::Millis until = m_clock.monotonic() + rejoinAfter;
    for (const SessionId id : member->sessions) {
        const Session &session = *m_sessions.constFind(id);
        m_kicks.add({roomName, member->person, member->name, session.asked, session.info.address, until, why});
    }
    qCInfo(lcChat).noquote() << "kicked" << member->name.text() << "from" << roomName.text() << why;
    remove(QList<SessionId>(member->sessions), RemovalCause::Kicked, why, rejoinAfter);
    return {};
}

Status ChatManager::closeRoom(const RoomName &roomName, const QString &reason)
{
    if (!room(roomName))
        return Error {ErrorCode::NotFound, u"there is no active room %1"_s.arg(roomName.text()), u"room"_s};
    QList<SessionId> inside;
    for (auto it = m_sessions.cbegin(); it != m_sessions.cend(); ++it) {
        if (it->info.room == roomName)
            inside.append(it.key());
    }
    qCInfo(lcChat).noquote() << "closed room" << roomName.text() << "with" << inside.size() << "sessions";
    remove(inside, RemovalCause::RoomClosed, reason.trimmed().left(200), Clock::Millis {0});
    return {};
}

/// Tells their fronts first, which stop listening, so that nobody who is being removed hears of the others.
void ChatManager::remove(const QList<SessionId> &sessions, RemovalCause cause, const QString &reason,
                         Clock::Millis rejoinAfter)
{
    for (const SessionId id : sessions)
        emit sessionRemoved(id, cause, reason, rejoinAfter.count());
    for (const SessionId id : sessions)
        takeOut(id, reason);
}

Status ChatManager::notice(const Notice &notice, const RoomName &roomName)
{
    if (!roomName.isNull() && !room(roomName))
        return Error {ErrorCode::NotFound, u"there is no active room %1"_s.arg(roomName.text()), u"room"_s};
    Notice clean = notice;
    clean.content = notice.content.trimmed();
    if (clean.content.isEmpty())
        return Error {ErrorCode::Empty, u"a notice needs a text"_s, u"content"_s};
    if (codePointCount(clean.content) > m_limits.contentChars)
        return Error {ErrorCode::TooLong, u"a notice must have at most %1 characters"_s.arg(m_limits.contentChars),
                      u"content"_s};
    emit noticeRaised(clean, roomName);
    return {};
}

void ChatManager::beginShutdown()
{
    m_shuttingDown = true;
}

void ChatManager::tick()
{
    const Clock::Millis moment = m_clock.monotonic();
    m_messageRate.prune(moment);
    m_joinRate.prune(moment);
    m_kicks.prune(moment);
    QList<RoomName> changed; // the slots may open and close rooms
    for (const auto &[key, room] : m_rooms) {
        if (room->hasPresence())
            changed.append(room->name());
    }
    for (const RoomName &name : std::as_const(changed)) {
        if (Room *room = findRoom(name); room && room->hasPresence())
            emit presenceChanged(name, room->takePresence(), room->userCount());
    }
}

// --- asking ----------------------------------------------------------------------------------------

Room *ChatManager::findRoom(const RoomName &name) const
{
    const auto it = m_rooms.find(name.key());
    return it == m_rooms.end() ? nullptr : it->second.get();
}

const Room *ChatManager::room(const RoomName &name) const
{
    const Room *found = findRoom(name);
    return found && found->sessionCount() > 0 ? found : nullptr;
}

QList<RoomInfo> ChatManager::rooms() const
{
    QList<RoomInfo> list;
    for (const auto &[key, room] : m_rooms) {
        if (room->sessionCount() > 0)
            list.append(room->info());
    }
    std::sort(list.begin(), list.end(),
              [](const RoomInfo &a, const RoomInfo &b) { return a.name.text() < b.name.text(); });
    return list;
}

QList<SessionInfo> ChatManager::sessions() const
{
    QList<SessionInfo> list;
    list.reserve(m_sessions.size());
    for (const Session &session : m_sessions)
        list.append(session.info);
    return list;
}

int ChatManager::roomCount() const
{
    return int(std::count_if(m_rooms.cbegin(), m_rooms.cend(),
                             [](const auto &entry) { return entry.second->sessionCount() > 0; }));
}

int ChatManager::userCount() const
{
    int users = 0;
    for (const auto &[key, room] : m_rooms)
        users += room->userCount();
    return users;
}

QStringList ChatManager::userNames(const RoomName &name) const
{
    const Room *found = room(name);
    return found ? found->userNames() : QStringList();
}

const SessionInfo *ChatManager::session(SessionId id) const
{
    const auto it = m_sessions.constFind(id);
    return it == m_sessions.cend() ? nullptr : &it->info;
}

MessageList ChatManager::newest(const RoomName &name, int count) const
{
    const Room *found = room(name);
    return found ? found->history.newest(count) : MessageList();
}

Replay ChatManager::replay(const RoomName &name, quint64 since, const QString &epoch, int count) const
{
    Replay replay;
    const Room *found = room(name);
    if (!found)
        return replay;
    const auto gap = [&] {
        if (epoch.isEmpty())
            return Replay::Gap::Fresh;
        if (epoch != found->epoch)
            return Replay::Gap::Epoch;
        if (since > found->head)
            return Replay::Gap::Ahead;
        const quint64 oldest = found->history.isEmpty() ? found->head + 1 : found->history.first();
        return since + 1 < oldest ? Replay::Gap::Retention : Replay::Gap::None;
    };
    replay.gap = gap();
    replay.messages = replay.gap == Replay::Gap::None ? found->history.after(since) : found->history.newest(count);
    const quint64 start = replay.messages.isEmpty() ? found->head + 1 : replay.messages.constFirst().seq;
    replay.complete = replay.gap == Replay::Gap::None || start <= 1;
    return replay;
}

} // namespace Parlance
