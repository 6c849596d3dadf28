// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QMetaType>

namespace Parlance {

/// Why a command was refused. The core says this and an untranslated detail; each front turns the code
/// into its own words, HTTP status or close code.
enum class ErrorCode {
    None,
    BadRequest, ///< malformed JSON, a missing field, a wrong type
    BadParameter, ///< a query parameter or an option out of its range
    BadName, ///< a room or user name that breaks the naming rules
    UnknownType, ///< a command of a type that the server does not know
    Empty, ///< content that is empty after trimming
    TooLong, ///< content above limits.content_chars
    TooLarge, ///< a frame, body or head above its cap
    RateLimited, ///< a token bucket ran dry; retryAfterMs says when to try again
    NotFound,
    MethodNotAllowed,
    UnsupportedMedia,
    Unauthorized,
    Forbidden,
    Kicked, ///< the person was removed from the room and may not rejoin yet
    Frozen, ///< the room is: nothing can be said in it
    Locked, ///< the room is: nobody new comes in
    Conflict, ///< the same cid with other content
    ServerFull, ///< limits.connections or limits.connections_per_address
    TooManyRooms, ///< limits.rooms
    TooManySessions, ///< limits.sessions_per_user
    NotJoined, ///< the session is not, or no longer, in a room
    Unavailable, ///< the store does not answer
    StorageFull,
    ShuttingDown,
    AddressInUse, ///< another program holds the address and port
    DataInUse, ///< another server has the data directory
    DataUnusable, ///< the data directory or the database is damaged, another program's, or a newer version's
    Internal,
};

/// The wire name: lower case with underscores, for example "rate_limited". Never empty.
QByteArrayView errorName(ErrorCode code);

/// The code with that wire name; ErrorCode::Internal when there is none.
ErrorCode errorFromName(QByteArrayView name);

} // namespace Parlance

Q_DECLARE_METATYPE(Parlance::ErrorCode)
