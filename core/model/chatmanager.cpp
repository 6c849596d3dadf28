// SPDX-License-Identifier: GPL-3.0-or-later
// Operating and asking; who comes and goes is in chatmanager_join.cpp, what is said in chatmanager_talk.cpp.
#include "model/chatmanager.h"

#include "base/logging.h"
#include "base/tokens.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr qsizetype kRunDigits = 12; ///< hexadecimal; each session keeps them

} // namespace

ChatManager::ChatManager(MessageStore &store, NodeBus &bus, const Clock &clock, const ModelLimits &limits,
                         QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_bus(bus)
    , m_clock(clock)
    , m_limits(limits)
    , m_rooms(limits)
    , m_joinRules(limits)
    , m_messageRates(limits)
    , m_run(makeRandomId().left(kRunDigits))
{
    connect(&m_store, &MessageStore::roomOpened, this, &ChatManager::onRoomOpened);
    connect(&m_store, &MessageStore::roomFailed, this, &ChatManager::onRoomFailed);
    connect(&m_store, &MessageStore::stored, this, &ChatManager::onStored);
    connect(&m_store, &MessageStore::appendFailed, this, &ChatManager::onAppendFailed);
    connect(&m_store, &MessageStore::trimmed, this,
            [this](const RoomName &room, quint64 oldest) { m_rooms.trim(room, oldest); });
    connect(&m_store, &MessageStore::fetched, this,
            [this](quint64 number, const HistoryPage &page) { onFetched(number, page); });
    connect(&m_store, &MessageStore::fetchFailed, this,
            [this](quint64 number, const Error &error) { onFetched(number, error); });
    connect(&m_store, &MessageStore::found, this,
            [this](quint64 number, const SearchHits &hits) { onFound(number, hits); });
    connect(&m_store, &MessageStore::searchFailed, this,
            [this](quint64 number, const Error &error) { onFound(number, error); });
    connect(&m_store, &MessageStore::configured, this,
            [this](quint64 number, const RoomSettings &settings) { onConfigured(number, settings); });
    connect(&m_store, &MessageStore::configureFailed, this,
            [this](quint64 number, const Error &error) { onConfigured(number, error); });
    connect(&m_bus, &NodeBus::delivered, this, &ChatManager::onDelivered);
}

ChatManager::~ChatManager() = default;

// --- operating -------------------------------------------------------------------------------------

Status ChatManager::kick(const RoomName &roomName, const UserName &user, const QString &reason,
                         Clock::Millis rejoinAfter)
{
    const Room *room = m_rooms.find(roomName);
    const Member *member = room ? room->member(user) : nullptr;
    if (!member)
        return Error {ErrorCode::NotFound, u"%1 is not in %2"_s.arg(user.text(), roomName.text()), u"user"_s};
    const QString why = reason.trimmed().left(200);
    const Clock::Millis until = m_clock.monotonic() + rejoinAfter;
    for (const SessionId id : member->sessions) {
        const Session &session = m_sessions.at(id);
        m_joinRules.keepOut({roomName, member->person, member->name, session.asked, session.info.address, until, why});
    }
    m_locks.forget(roomName, member->person);
    qCInfo(lcChat).noquote() << "kicked" << member->name.text() << "from" << roomName.text() << "because of" << (why.isEmpty() ? u"nothing that was said"_s : why);
    remove(QList<SessionId>(member->sessions.cbegin(), member->sessions.cend()), RemovalCause::Kicked, why, rejoinAfter);
    return {};
}

Status ChatManager::closeRoom(const RoomName &roomName, const QString &reason)
{
    const Room *found = room(roomName);
    if (!found)
        return Error {ErrorCode::NotFound, u"there is no active room %1"_s.arg(roomName.text()), u"room"_s};
    const QList<SessionId> inside = found->sessions();
    qCInfo(lcChat).noquote() << "closed room" << roomName.text() << "with" << inside.size() << "sessions";
    m_locks.forgetAll(roomName);
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

void ChatManager::beginShutdown()
{
    m_shuttingDown = true;
}

Error ChatManager::shuttingDown()
{
    return {ErrorCode::ShuttingDown, u"the server is shutting down"_s, {}, std::chrono::seconds(5)};
}

void ChatManager::tick()
{
    const Clock::Millis moment = m_clock.monotonic();
    m_messageRates.prune(moment);
    m_joinRules.prune(moment);
    const QList<RoomName> changed = m_rooms.withPresence(); // the slots may open and close rooms
    for (const RoomName &name : changed) {
        if (Room *room = m_rooms.find(name); room && room->hasPresence())
            emit presenceChanged(name, room->takePresence(), room->userCount());
    }
}

// --- asking ----------------------------------------------------------------------------------------

QList<SessionInfo> ChatManager::sessions() const
{
    QList<SessionInfo> list;
    list.reserve(sessionCount());
    for (const auto &[id, session] : m_sessions)
        list.append(session.info);
    return list;
}

const SessionInfo *ChatManager::session(SessionId id) const
{
    const auto it = m_sessions.find(id);
    return it == m_sessions.cend() ? nullptr : &it->second.info;
}

} // namespace Parlance
