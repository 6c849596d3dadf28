// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin/adminfeed.h"

#include "model/chatmanager.h"

#include <algorithm>
#include <utility>

namespace Parlance {

namespace {

constexpr int kBatchMs = 100;
constexpr int kSecondMs = 1000;
constexpr qsizetype kMaxMessages = 1000;
constexpr qsizetype kMaxComings = 1000;
constexpr qsizetype kMaxRefusals = 100;

} // namespace

AdminFeed::AdminFeed(ChatManager &manager, const Clock &clock, Surroundings surroundings, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_clock(clock)
    , m_surroundings(std::move(surroundings))
    , m_startedAt(clock.monotonic())
{
    m_batchTimer.setInterval(kBatchMs);
    m_secondTimer.setInterval(kSecondMs);
    connect(&m_batchTimer, &QTimer::timeout, this, &AdminFeed::flush);
    connect(&m_secondTimer, &QTimer::timeout, this, &AdminFeed::measureSecond);
    connectChat();
}

void AdminFeed::attach()
{
    if (m_attached++ == 0) {
        m_last = measureNow();
        m_batchTimer.start();
        m_secondTimer.start();
    }
    flush(); // what is under way belongs before the snapshot
    emit snapshot(takeSnapshot());
}

void AdminFeed::detach()
{
    if (m_attached == 0 || --m_attached > 0)
        return;
    m_batchTimer.stop();
    m_secondTimer.stop();
    m_batch = {};
    m_dirtyRooms.clear();
    m_closedRooms.clear();
    m_newRooms.clear();
    m_dirtySessions.clear();
    m_newSessions.clear();
}

Status AdminFeed::kick(const RoomName &room, const UserName &user, const QString &reason,
                       std::optional<Clock::Millis> rejoinAfter)
{
    return m_manager.kick(room, user, reason, rejoinAfter.value_or(m_surroundings.rejoinAfter));
}

Status AdminFeed::notice(const Notice &notice, const RoomName &room)
{
    return m_manager.notice(notice, room);
}

Status AdminFeed::closeRoom(const RoomName &room, const QString &reason)
{
    return m_manager.closeRoom(room, reason);
}

void AdminFeed::noteRefusal(const Refusal &refusal)
{
    if (m_attached > 0 && m_batch.refusals.size() < kMaxRefusals)
        m_batch.refusals.append(refusal);
}

void AdminFeed::connectChat()
{
    connect(&m_manager, &ChatManager::roomOpened, this, [this](const RoomInfo &room) {
        if (m_attached > 0) {
            m_dirtyRooms.insert(room.name);
            if (!m_closedRooms.remove(room.name)) // else it was known before this batch
                m_newRooms.insert(room.name);
        }
    });
    connect(&m_manager, &ChatManager::roomClosed, this, [this](const RoomName &room) {
        if (m_attached > 0) {
            m_dirtyRooms.remove(room);
            if (!m_newRooms.remove(room))
                m_closedRooms.insert(room);
        }
    });
    connect(&m_manager, &ChatManager::sessionJoined, this, [this](const SessionInfo &session) {
        m_peakSessions = std::max(m_peakSessions, m_manager.sessionCount());
        if (m_attached > 0) {
            m_newSessions.insert(session.id);
            m_dirtySessions.insert(session.id);
            m_dirtyRooms.insert(session.room);
        }
    });
    connect(&m_manager, &ChatManager::sessionLeft, this, [this](const SessionInfo &session) {
        if (m_attached == 0)
            return;
        m_dirtySessions.remove(session.id);
        m_dirtyRooms.insert(session.room);
        if (!m_newSessions.remove(session.id))
            m_batch.sessionsClosed.append(session.id);
    });
    connect(&m_manager, &ChatManager::userJoined, this,
            [this](const RoomName &room, const UserName &user, SessionId, bool) {
        addComing({room, user, true, {}, now()});
    });
    connect(&m_manager, &ChatManager::userLeft, this,
            [this](const RoomName &room, const UserName &user, const QString &reason, bool) {
        addComing({room, user, false, reason, now()});
    });
    connect(&m_manager, &ChatManager::messagePosted, this, [this](const Message &message) {
        ++m_messages;
        if (m_attached == 0)
            return;
        m_dirtyRooms.insert(message.room);
        if (m_batch.messages.size() >= kMaxMessages) {
            m_batch.messages.removeFirst();
            ++m_batch.messagesSkipped;
        }
        m_batch.messages.append(message);
    });
    connect(&m_manager, &ChatManager::messageChanged, this, [this](const Message &message) {
        const ChangeKind kind = message.change->kind;
        if (m_attached > 0 && (kind == ChangeKind::Edit || kind == ChangeKind::Deletion))
            m_batch.changes.append(message);
    });
    connect(&m_manager, &ChatManager::sessionSpoke, this, [this](SessionId session) {
        if (m_attached > 0)
            m_dirtySessions.insert(session);
    });
}

void AdminFeed::addComing(const Coming &coming)
{
    if (m_attached == 0)
        return;
    if (m_batch.comings.size() >= kMaxComings)
        m_batch.comings.removeFirst();
    m_batch.comings.append(coming);
}

void AdminFeed::flush()
{
    AdminBatch batch = std::exchange(m_batch, {});
    for (const RoomName &name : std::as_const(m_dirtyRooms)) {
        if (const Room *room = m_manager.room(name))
            batch.roomsChanged.append(room->info());
    }
    batch.roomsClosed = QList<RoomName>(m_closedRooms.cbegin(), m_closedRooms.cend());
    for (const SessionId id : std::as_const(m_dirtySessions)) {
        if (const SessionInfo *info = m_manager.session(id))
            batch.sessionsChanged.append(*info);
    }
    m_dirtyRooms.clear();
    m_closedRooms.clear();
    m_newRooms.clear();
    m_dirtySessions.clear();
    m_newSessions.clear();
    if (!batch.isEmpty())
        emit changed(batch);
}

Statistics AdminFeed::measureNow() const
{
    Statistics now;
    now.timestamp = m_clock.wallClock().count();
    now.uptimeMs = (m_clock.monotonic() - m_startedAt).count();
    now.sessions = m_manager.sessionCount();
    now.rooms = m_manager.roomCount();
    now.users = m_manager.userCount();
    now.peakSessions = m_peakSessions;
    now.messages = m_messages;
    now.storageFault = m_manager.storageFault();
    if (m_surroundings.measure)
        m_surroundings.measure(now);
    return now;
}

void AdminFeed::measureSecond()
{
    Statistics now = measureNow();
    const double seconds = double(now.uptimeMs - m_last.uptimeMs) / 1000.0;
    if (seconds > 0) {
        now.messagesPerSecond = double(now.messages - m_last.messages) / seconds;
        now.deliveriesPerSecond = double(now.deliveries - m_last.deliveries) / seconds;
    }
    m_last = now;
    emit statistics(now);
}

AdminSnapshot AdminFeed::takeSnapshot() const
{
    AdminSnapshot snapshot;
    snapshot.serverName = m_surroundings.serverName;
    snapshot.version = m_surroundings.version;
    snapshot.durability = m_manager.durability();
    snapshot.urls = m_surroundings.urls;
    snapshot.rejoinAfter = m_surroundings.rejoinAfter;
    snapshot.rooms = m_manager.rooms();
    snapshot.sessions = m_manager.sessions();
    snapshot.statistics = m_last;
    for (const RoomInfo &room : std::as_const(snapshot.rooms))
        snapshot.messages += m_manager.newest(room.name, int(kMaxMessages));
    std::stable_sort(snapshot.messages.begin(), snapshot.messages.end(),
                     [](const Message &a, const Message &b) { return a.timestamp < b.timestamp; });
    if (snapshot.messages.size() > kMaxMessages)
        snapshot.messages.remove(0, snapshot.messages.size() - kMaxMessages);
    return snapshot;
}

} // namespace Parlance
