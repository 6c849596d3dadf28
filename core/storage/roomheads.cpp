// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/roomheads.h"

#include "storage/messageid.h"

using namespace Qt::StringLiterals;

namespace Parlance {

Status RoomHeads::prepare(const Schema::Epoch &epoch)
{
    m_epoch = epoch.text;
    // On PostgreSQL the row's lock makes other nodes wait until this transaction has given its seqs.
    const bool isShared = m_connection.dialect() == SqlDialect::PostgreSql;
    const QString from = isShared ? u"rooms WHERE key = ? FOR UPDATE"_s : u"room_heads WHERE key = ?"_s;
    const std::pair<QSqlQuery *, QString> statements[] = {
        {&m_find, u"SELECT number, head FROM "_s + from},
        {&m_add, u"INSERT INTO rooms (key, name, created) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING"_s},
        {&m_save, u"UPDATE rooms SET head = ? WHERE number = ?"_s},
    };
    for (const auto &[query, statement] : statements) {
        Result<QSqlQuery> prepared = m_connection.prepare(statement);
        if (!prepared)
            return prepared.error();
        *query = prepared.take();
    }
    return {};
}

Result<RoomHeads::Room *> RoomHeads::find(const RoomName &name, qint64 now)
{
    if (m_last.second && m_last.first == name.key())
        return m_last.second;
    const Result<Room *> found = look(name, now);
    if (found)
        m_last = {name.key(), found.value()};
    return found;
}

Result<RoomHeads::Room *> RoomHeads::look(const RoomName &name, qint64 now)
{
    if (const auto known = m_rooms.find(name.key()); known != m_rooms.end())
        return &known->second;
    const Result<Room> room = read(name, now);
    if (!room)
        return room.error();
    return &m_rooms.emplace(name.key(), room.value()).first->second;
}

Result<RoomHeads::Room> RoomHeads::read(const RoomName &name, qint64 now)
{
    for (;;) {
        m_find.bindValue(0, name.key());
        if (const Status done = m_connection.execute(m_find); !done)
            return done.error();
        if (m_find.next()) {
            const qint64 number = m_find.value(0).toLongLong();
            const Room room {number, m_find.value(1).toULongLong(), messageIdStart(m_epoch, number)};
            m_find.finish();
            return room;
        }
        m_find.finish();
        m_add.bindValue(0, name.key());
        m_add.bindValue(1, name.text());
        m_add.bindValue(2, now);
        if (const Status done = m_connection.execute(m_add); !done)
            return done.error();
    }
}

void RoomHeads::advance(Room &room, quint64 seq, bool isJournaled)
{
    room.head = seq;
    if (isJournaled)
        return; // the journal's row says it
    if (!std::exchange(room.isTouched, true))
        m_touched.push_back(&room);
}

Status RoomHeads::save()
{
    for (Room *room : m_touched) {
        room->isTouched = false;
        m_save.bindValue(0, room->head);
        m_save.bindValue(1, room->number);
        if (Status done = m_connection.execute(m_save); !done)
            return done;
    }
    m_touched.clear();
    return {};
}

void RoomHeads::forget(const RoomName &name)
{
    m_last = {};
    m_rooms.erase(name.key());
}

void RoomHeads::forgetAll()
{
    m_last = {};
    m_touched.clear();
    m_rooms.clear();
}

} // namespace Parlance
