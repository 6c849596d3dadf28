// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/roomtable.h"

using namespace Qt::StringLiterals;

namespace Parlance {

Result<RoomSettings> readRoomSettings(SqlConnection &connection, const RoomName &room)
{
    Result<QSqlQuery> row = connection.ask(u"SELECT topic, slow_mode, frozen, locked FROM rooms WHERE key = ?"_s, {room.key()});
    if (!row)
        return row.error();
    const QSqlQuery &query = row.value();
    if (!row.value().next())
        return RoomSettings();
    return RoomSettings {query.value(0).toString(), query.value(1).toInt(), query.value(2).toInt() != 0, query.value(3).toInt() != 0};
}

Result<RoomSettings> configureRoom(SqlConnection &connection, const RoomName &room, const RoomPatch &patch, qint64 now)
{
    SqlTransaction transaction(connection);
    if (const Status begun = transaction.begin(SqlTransaction::Kind::Write); !begun)
        return begun.error();
    const Result<RoomSettings> before = readRoomSettings(connection, room);
    if (!before)
        return before;
    const RoomSettings after = patch.applied(before.value());
    if (after != before.value()) {
        const Result<QSqlQuery> made =
            connection.ask(u"INSERT INTO rooms (key, name, created) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING"_s, {room.key(), room.text(), now});
        if (!made)
            return made.error();
        const Result<QSqlQuery> set = connection.ask(u"UPDATE rooms SET topic = ?, slow_mode = ?, frozen = ?, locked = ? WHERE key = ?"_s,
                                                     {after.topic.isNull() ? u""_s : after.topic, after.slowModeS, after.isFrozen ? 1 : 0, after.isLocked ? 1 : 0, room.key()});
        if (!set)
            return set.error();
    }
    if (const Status done = transaction.commit(); !done)
        return done.error();
    return after;
}

} // namespace Parlance
