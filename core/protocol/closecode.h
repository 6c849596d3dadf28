// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Parlance {

/// WebSocket close codes of Parlance. Only 4000-4999: Qt 6 clients turn 1012-2999 into a protocol error.
enum class CloseCode : quint16 {
    BadRequest = 4400, ///< more than 20 faults in a minute, or a name that cannot be
    NotLoggedIn = 4401,
    NotAllowed = 4403,
    NoSuchRoom = 4404,
    TooSlow = 4408, ///< does not read, or no heartbeat
    Replaced = 4409, ///< the same session came back on another connection
    RoomLocked = 4423,
    Flooding = 4429,
    Kicked = 4430,
    ShuttingDown = 4503,
};

} // namespace Parlance
