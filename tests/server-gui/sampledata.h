// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"

#include <QRandomGenerator>

namespace Parlance::Sample {

RoomName room(const QString &name);
UserName user(const QString &name);
RoomInfo roomInfo(const QString &name, int users, quint64 messages = 0);
SessionInfo session(quint64 id, const QString &user, const QString &room);
Message message(const QString &room, const QString &author, const QString &text, qint64 timestamp = 1);
/// \a count messages whose texts are "message 0", "message 1", …
AdminBatch messages(int count);

/// Invents batches that fit onto each other: sessions and rooms open, change and close, people talk.
class Traffic
{
public:
    explicit Traffic(quint32 seed) : m_random(seed) {}

    AdminBatch next(int messageCount);
    const QHash<SessionId, SessionInfo> &sessions() const { return m_sessions; }
    const QHash<RoomName, RoomInfo> &rooms() const { return m_rooms; }

private:
    QRandomGenerator m_random;
    QHash<SessionId, SessionInfo> m_sessions;
    QHash<RoomName, RoomInfo> m_rooms;
    quint64 m_lastSession = 0;
    qint64 m_now = 1'700'000'000'000;
};

} // namespace Parlance::Sample
