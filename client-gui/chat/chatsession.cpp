// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/chatsession.h"

#include "base/names.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance::Client {

namespace {

constexpr qsizetype kNoticesRemembered = 20;

} // namespace

ChatSession::ChatSession(const ServerAddress &address, const QString &userName, ClientSettings &settings,
                         const Clock &clock, const ConnectionTiming &timing, QObject *parent)
    : QObject(parent)
    , m_address(address)
    , m_userName(userName)
    , m_server(address.toString())
    , m_settings(settings)
    , m_clock(clock)
    , m_timing(timing)
    , m_api(address)
{
    m_settings.rememberServer(m_server, userName);
    connect(&m_api, &ServerApi::roomsFetched, &m_serverRooms, &ServerRoomsModel::setRooms);
    connect(&m_api, &ServerApi::olderFetched, this,
            [this](const QString &name, const QList<MessageEvent> &messages, bool hasMore) {
                Room *room = find(name);
                if (!room)
                    return;
                const int count = room->messages().prepend(messages);
                room->setHasOlder(hasMore && count > 0); // where nothing fits any more there is nothing to ask for
                emit olderLoaded(room, count, {});
            });
    connect(&m_api, &ServerApi::olderFailed, this, [this](const QString &name, const QString &detail) {
        if (Room *room = find(name))
            emit olderLoaded(room, 0, detail);
    });
    connect(&m_refreshTimer, &QTimer::timeout, this, [this] {
        if (m_watched)
            refreshRooms();
    });
    m_refreshTimer.start(kRoomsRefreshMs);
    m_saveTimer.setSingleShot(true);
    m_saveTimer.setInterval(2s);
    connect(&m_saveTimer, &QTimer::timeout, this, &ChatSession::save);
    refreshRooms();
}

ChatSession::~ChatSession()
{
    save();
    for (Room *room : m_rooms.rooms())
        room->disconnect(this);
}

Room *ChatSession::find(const QString &name) const
{
    const Result<RoomName> wanted = parseRoomName(name);
    if (!wanted)
        return nullptr;
    for (Room *room : m_rooms.rooms()) {
        const Result<RoomName> its = parseRoomName(room->name());
        if (its && its.value() == wanted.value())
            return room;
    }
    return nullptr;
}

Status ChatSession::join(const QString &name)
{
    const Result<RoomName> wanted = parseRoomName(name);
    if (!wanted)
        return wanted.error();
    if (Room *room = find(name)) {
        setCurrent(room);
        return {};
    }
    if (m_rooms.rowCount() >= kMaxJoinedRooms)
        return Error {ErrorCode::TooManyRooms, u"at most %1 rooms at once"_s.arg(kMaxJoinedRooms)};

    auto *room = new Room(m_address, wanted.value().text(), m_userName, m_clock, m_timing, this);
    room->setDraft(m_settings.draft(m_server, room->name()));
    room->restoreOutbox(m_settings.unsent(m_server, room->name()));
    room->connection().setResumeToken(m_settings.resumeToken(m_server, room->name(), m_userName));
    watch(room);
    m_rooms.add(room);
    tellServerRooms();
    emit roomAdded(room);
    room->connection().open();
    setCurrent(room);
    return {};
}

void ChatSession::watch(Room *room)
{
    connect(room, &Room::changed, this, &ChatSession::updateUnread);
    // A crash or a power cut takes no more than the last moments: not put off by each letter that follows.
    for (const auto changed : {&Room::outboxChanged, &Room::draftChanged}) {
        connect(room, changed, this, [this] {
            if (!m_saveTimer.isActive())
                m_saveTimer.start();
        });
    }
    connect(room, &Room::noticeReceived, this, &ChatSession::notice);
    connect(room, &Room::messageMissed, this, [this, room](const QString &author, const QString &content) {
        emit messageMissed(room, author, content);
    });
    connect(&room->connection(), &RoomConnection::welcomed, this, [this, room](const WelcomeEvent &welcome) {
        m_settings.setResumeToken(m_server, room->name(), m_userName, welcome.resumeToken);
        m_saveTimer.start();
    });
    connect(&room->connection(), &RoomConnection::stateChanged, this, [this](const ConnectionState &state) {
        if (state.link == Link::Online)
            refreshRooms();
    });
}

void ChatSession::leave(Room *room)
{
    const int row = m_rooms.rowOf(room);
    if (row < 0)
        return;
    m_settings.setDraft(m_server, room->name(), room->draft());
    m_settings.setUnsent(m_server, room->name(), room->outbox().entries());
    if (m_current == room) {
        const bool last = row == m_rooms.rowCount() - 1;
        Room *neighbour = m_rooms.room(last ? row - 1 : row + 1);
        setCurrent(neighbour);
    }
    room->connection().close();
    m_rooms.remove(room);
    room->disconnect(this);
    emit roomRemoved(room);
    room->deleteLater();
    tellServerRooms();
    updateUnread();
    refreshRooms();
}

void ChatSession::setCurrent(Room *room)
{
    if (m_current == room)
        return;
    m_current = room;
    applyActive();
    emit currentChanged(room);
}

void ChatSession::goBy(int step)
{
    const int count = m_rooms.rowCount();
    if (count == 0)
        return;
    const int row = std::max(0, m_rooms.rowOf(m_current));
    setCurrent(m_rooms.room(((row + step) % count + count) % count));
}

void ChatSession::setWatched(bool watched)
{
    if (m_watched == watched)
        return;
    m_watched = watched;
    applyActive();
}

void ChatSession::applyActive()
{
    for (Room *room : m_rooms.rooms())
        room->setActive(m_watched && room == m_current);
}

void ChatSession::loadOlder(Room *room)
{
    m_api.fetchOlder(room->name(), room->messages().firstSeq());
}

void ChatSession::retryAll()
{
    for (Room *room : m_rooms.rooms()) {
        if (room->connection().state().link == Link::Waiting)
            room->connection().retryNow();
    }
}

void ChatSession::tellServerRooms()
{
    QStringList names;
    for (const Room *room : m_rooms.rooms())
        names.append(room->name());
    m_serverRooms.setJoined(names);
    m_settings.setRooms(m_server, names);
}

void ChatSession::updateUnread()
{
    const int unread = m_rooms.unread();
    if (m_unread == unread)
        return;
    m_unread = unread;
    emit unreadChanged(unread);
}

void ChatSession::notice(const NoticeEvent &notice)
{
    const std::pair<qint64, QString> key(notice.timestamp, notice.content);
    if (m_notices.contains(key))
        return;
    m_notices.append(key);
    if (m_notices.size() > kNoticesRemembered)
        m_notices.removeFirst();
    emit noticeReceived(notice);
}

void ChatSession::save()
{
    for (const Room *room : m_rooms.rooms()) {
        m_settings.setDraft(m_server, room->name(), room->draft());
        m_settings.setUnsent(m_server, room->name(), room->outbox().entries());
    }
    if (m_current)
        m_settings.setCurrentRoom(m_server, m_current->name());
    m_settings.sync();
}

} // namespace Parlance::Client
