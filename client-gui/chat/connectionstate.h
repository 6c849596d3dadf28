// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QMetaType>
#include <QString>

namespace Parlance::Client {

/// Where a room's connection stands.
enum class Link {
    Offline, ///< not started, or left by the person
    Connecting,
    CatchingUp, ///< let in; the replayed messages are arriving
    Online,
    Waiting, ///< reconnects by itself at retryAt
    Kicked, ///< comes back only when the person wants it, from retryAt on
    Refused, ///< the server will not have it; trying again is the person's decision
};

/// Why it is not online; the faces put it into words.
enum class Cause {
    None,
    HostNotFound,
    ConnectionRefused, ///< nobody listens there
    Unreachable, ///< any other network error
    TimedOut, ///< no answer to the upgrade, or no welcome
    NotAServer, ///< something answered that speaks no WebSocket here
    OtherProtocol, ///< a WebSocket without our subprotocol: another program or version
    TlsFailed, ///< the certificate was not accepted
    ConnectionLost,
    NoHeartbeat, ///< nothing came for the heartbeat timeout
    ServerClosing,
    ServerFull,
    TooManySessions, ///< of this person
    ServerTrouble, ///< it is up and cannot serve, for example without its store
    TooSlow,
    Flooding,
    BadRequest,
    BadName,
    NotLoggedIn,
    NotAllowed,
    NoSuchRoom,
    TooManyRooms,
    Replaced, ///< the same session came back elsewhere
    RoomLocked,
    Kicked,
    RoomClosed, ///< by the operator, with everybody in it
    Other, ///< a refusal that this version has no words for: detail has the server's
};

/// All that a banner needs. Value type.
struct ConnectionState
{
    Link link = Link::Offline;
    Cause cause = Cause::None;
    QString detail = {}; ///< the other side's own words, untranslated and untrusted; may be empty
    Clock::Millis retryAt {0}; ///< Clock::monotonic(); 0: no time is known
    int attempt = 0; ///< failed attempts since the last time online

    friend bool operator==(const ConnectionState &, const ConnectionState &) = default;
};

} // namespace Parlance::Client

Q_DECLARE_METATYPE(Parlance::Client::ConnectionState)
