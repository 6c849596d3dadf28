// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/closereason.h"

namespace Parlance {

CloseCode closeCodeFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Unauthorized: return CloseCode::NotLoggedIn;
    case ErrorCode::Forbidden: return CloseCode::NotAllowed;
    case ErrorCode::Kicked: return CloseCode::Kicked;
    case ErrorCode::Locked: return CloseCode::RoomLocked;
    case ErrorCode::NotFound:
    case ErrorCode::NotJoined: return CloseCode::NoSuchRoom;
    case ErrorCode::RateLimited:
    case ErrorCode::TooManySessions: return CloseCode::Flooding;
    case ErrorCode::ServerFull:
    case ErrorCode::TooManyRooms:
    case ErrorCode::Unavailable:
    case ErrorCode::StorageFull:
    case ErrorCode::ShuttingDown: return CloseCode::ShuttingDown;
    default: return CloseCode::BadRequest;
    }
}

} // namespace Parlance
