// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/names.h"
#include "model/roomsettings.h"
#include "storage/sqlconnection.h"

namespace Parlance {

// What the table of rooms says besides heads. Thread: that of the connection.

/// What \a room is set to; nothing special where there is no such room.
Result<RoomSettings> readRoomSettings(SqlConnection &connection, const RoomName &room);
/// Changes it, and makes the room where there is none, in a transaction of its own; what holds then. \a now: milliseconds
/// since the Unix epoch.
Result<RoomSettings> configureRoom(SqlConnection &connection, const RoomName &room, const RoomPatch &patch, qint64 now);

} // namespace Parlance
