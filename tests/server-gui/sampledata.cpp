// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampledata.h"

using namespace Qt::StringLiterals;

namespace Parlance::Sample {

RoomName room(const QString &name)
{
    return parseRoomName(name).take();
}

UserName user(const QString &name)
{
    return parseUserName(name).take();
}

RoomInfo roomInfo(const QString &name, int users, quint64 messages)
{
    return {room(name), users, users, messages, 1'700'000'000'000};
}

SessionInfo session(quint64 id, const QString &userName, const QString &roomName)
{
    return {SessionId(id), user(userName), room(roomName), ClientKind::Parlance, u"192.168.1.31"_s, {}, 1'700'000'000'000, 0};
}

Message message(const QString &roomName, const QString &author, const QString &text, qint64 timestamp)
{
    return {MessageId(u"m"_s), room(roomName), user(author), {}, text, timestamp, 1, {}};
}

AdminBatch messages(int count)
{
    AdminBatch batch;
    const Message pattern = message(u"general"_s, u"anna"_s, {});
    for (int i = 0; i < count; ++i) {
        Message each = pattern;
        each.content = u"message %1"_s.arg(i);
        batch.messages.append(each);
    }
    return batch;
}

AdminBatch Traffic::next(int messageCount)
{
    AdminBatch batch;
    m_now += 100;
    for (int i = m_random.bounded(4); i > 0; --i) {
        const RoomInfo info = roomInfo(u"room %1"_s.arg(m_random.bounded(40)), m_random.bounded(50));
        const bool twice = std::any_of(batch.roomsChanged.cbegin(), batch.roomsChanged.cend(),
                                       [&info](const RoomInfo &other) { return other.name == info.name; });
        if (twice)
            continue;
        m_rooms.insert(info.name, info);
        batch.roomsChanged.append(info);
    }
    for (int i = m_random.bounded(6); i > 0; --i) {
        SessionInfo fresh = session(++m_lastSession, u"user%1"_s.arg(m_random.bounded(90)),
                                    u"room %1"_s.arg(m_random.bounded(40)));
        fresh.since = m_now;
        m_sessions.insert(fresh.id, fresh);
        batch.sessionsChanged.append(fresh);
    }
    const QList<SessionId> ids = m_sessions.keys();
    for (const SessionId id : ids) {
        const int fate = m_random.bounded(20);
        if (fate == 0) {
            batch.sessionsClosed.append(id);
            m_sessions.remove(id);
        } else if (fate < 6) {
            SessionInfo changed = m_sessions.value(id);
            changed.messages += 3;
            if (fate == 1)
                changed.room = room(u"room %1"_s.arg(m_random.bounded(40)));
            m_sessions.insert(id, changed);
            const auto same = std::find_if(batch.sessionsChanged.begin(), batch.sessionsChanged.end(),
                                           [id](const SessionInfo &other) { return other.id == id; });
            if (same != batch.sessionsChanged.end())
                *same = changed;
            else
                batch.sessionsChanged.append(changed);
        }
    }
    const QList<RoomName> names = m_rooms.keys();
    for (const RoomName &name : names) {
        if (m_random.bounded(15) != 0)
            continue;
        batch.roomsClosed.append(name);
        m_rooms.remove(name);
    }
    for (int i = 0; i < messageCount; ++i) {
        batch.messages.append(message(u"room %1"_s.arg(m_random.bounded(40)), u"user%1"_s.arg(m_random.bounded(90)),
                                      u"text %1"_s.arg(i), m_now + i / 10));
    }
    if (m_random.bounded(3) == 0)
        batch.comings.append({room(u"room 1"_s), user(u"user1"_s), m_random.bounded(2) == 0, {}, m_now + m_random.bounded(50)});
    if (m_random.bounded(5) == 0)
        batch.messagesSkipped = m_random.bounded(3000u);
    return batch;
}

} // namespace Parlance::Sample
