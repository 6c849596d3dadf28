// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/names.h"
#include "model/roomsettings.h"

#include <QMetaType>
#include <QString>

namespace Parlance {

/// What a connection understands.
enum class ClientKind {
    Plain, ///< part A of the contract only
    Parlance, ///< the subprotocol parlance.v1
};

/// What an operator sees of one session.
struct SessionInfo
{
    SessionId id {};
    UserName user;
    RoomName room;
    ClientKind kind = ClientKind::Plain;
    QString address; ///< of the peer, without a port
    QString agent; ///< what the client calls itself; foreign text, cut at 200 characters
    qint64 since = 0; ///< milliseconds since the Unix epoch
    quint64 messages = 0; ///< posted by this session
};

/// What an operator sees of one room.
struct RoomInfo
{
    RoomName name;
    int users = 0; ///< people; somebody with two windows counts once
    int sessions = 0;
    quint64 messages = 0; ///< seq of the newest message
    qint64 lastActivity = 0; ///< of the newest message, or when the room opened
    QString epoch = {}; ///< of the numbering that `messages` belongs to
    RoomSettings settings = {};
};

enum class Severity { Info, Warning, Urgent };

/// Something that the operator tells everybody, or one room.
struct Notice
{
    QString content; ///< plain text
    Severity severity = Severity::Info;
    bool sticky = false; ///< stays until dismissed
    qint64 until = 0; ///< milliseconds since the Unix epoch; 0: no end
};

} // namespace Parlance

Q_DECLARE_METATYPE(Parlance::SessionInfo)
Q_DECLARE_METATYPE(Parlance::RoomInfo)
Q_DECLARE_METATYPE(Parlance::Notice)
