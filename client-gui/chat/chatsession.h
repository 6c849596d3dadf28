// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/chat/clientsettings.h"
#include "client-gui/chat/room.h"
#include "client-gui/chat/roomlistmodel.h"
#include "client-gui/chat/serverapi.h"
#include "client-gui/chat/serverroomsmodel.h"

#include <QObject>
#include <QTimer>

namespace Parlance::Client {

/// One person on one server: the rooms they are in, the rooms there are, and what is remembered of both.
///
/// Owns the rooms. Lives in the GUI thread; knows no widget. Changing server or name means a new session.
class ChatSession final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatSession)

public:
    static constexpr int kMaxJoinedRooms = 50;
    static constexpr int kRoomsRefreshMs = 15'000;

    /// \a settings and \a clock must outlive the session.
    ChatSession(const ServerAddress &address, const QString &userName, ClientSettings &settings,
                const Clock &clock, const ConnectionTiming &timing = {}, QObject *parent = nullptr);
    ~ChatSession() override;

    const ServerAddress &address() const { return m_address; }
    /// The name asked for; a room may have given another (RoomConnection::userName()).
    const QString &userName() const { return m_userName; }

    RoomListModel &rooms() { return m_rooms; }
    ServerRoomsModel &serverRooms() { return m_serverRooms; }
    Room *current() const { return m_current; }
    Room *find(const QString &name) const;

    /// Joins \a name, or goes there when joined. Fails with BadName or, beyond kMaxJoinedRooms, TooManyRooms.
    Status join(const QString &name);
    /// Leaves; the neighbour becomes current.
    void leave(Room *room);
    void setCurrent(Room *room);
    /// \a step rooms down the list, around its ends.
    void goBy(int step);
    /// Whether the person looks at the window: the current room is active only then.
    void setWatched(bool watched);
    /// Fetches messages of \a room from before those that are there, as many as the server gives at once.
    void loadOlder(Room *room);
    /// The network came back, or the machine woke up.
    void retryAll();
    void refreshRooms() { m_api.fetchRooms(); }
    /// Drafts, unsent messages and tokens to the settings.
    void save();

signals:
    void roomAdded(Parlance::Client::Room *room);
    /// Emitted while \a room still exists.
    void roomRemoved(Parlance::Client::Room *room);
    void currentChanged(Parlance::Client::Room *room);
    void unreadChanged(int unread);
    void messageMissed(Parlance::Client::Room *room, const QString &author, const QString &content);
    /// Once per notice, however many rooms it came through.
    void noticeReceived(const Parlance::NoticeEvent &notice);
    void olderLoaded(Parlance::Client::Room *room, int count, const QString &fault);

private:
    void watch(Room *room);
    void tellServerRooms();
    void updateUnread();
    void applyActive();
    void notice(const NoticeEvent &notice);

    const ServerAddress m_address;
    const QString m_userName;
    const QString m_server; ///< key of the settings
    ClientSettings &m_settings;
    const Clock &m_clock;
    const ConnectionTiming m_timing;
    ServerApi m_api;
    RoomListModel m_rooms;
    ServerRoomsModel m_serverRooms;
    QTimer m_refreshTimer;
    QTimer m_saveTimer;
    Room *m_current = nullptr;
    bool m_watched = false;
    int m_unread = 0;
    QList<std::pair<qint64, QString>> m_notices; ///< seen lately, at most 20
};

} // namespace Parlance::Client
