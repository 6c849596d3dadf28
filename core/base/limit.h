// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace Parlance {

/// A bound that something ran into. Whoever refuses names it, and /metrics counts each by itself.
enum class Limit {
    None,
    Connections, ///< limits.connections
    ConnectionsPerAddress, ///< limits.connections_per_address
    Unjoined, ///< limits.unjoined
    OpenFiles, ///< the system's, for this process or for all
    RequestLine, ///< 4 KiB
    HeadBytes, ///< limits.head_bytes
    HeadFields, ///< limits.head_fields
    HeadTimeout, ///< limits.head_timeout
    BodyBytes, ///< limits.body_bytes
    BodyTimeout, ///< limits.body_timeout
    RoomNameChars, ///< limits.room_name_chars
    UserNameChars, ///< limits.user_name_chars
    ContentChars, ///< limits.content_chars
    MessageBytes, ///< limits.message_bytes
    JsonDepth, ///< limits.json_depth
    JsonKeys, ///< 64 keys of one command
    Messages, ///< limits.messages
    MessagesPerAddress, ///< limits.messages_per_address
    Commands, ///< limits.commands
    Joins, ///< limits.joins
    Faults, ///< 20 faulty commands of a session in a minute
    Floods, ///< 100 commands of a session in a minute that were refused for their rate
    Rooms, ///< limits.rooms
    SessionsPerUser, ///< limits.sessions_per_user
    SendQueueBytes, ///< limits.send_queue_bytes
    SendStall, ///< limits.send_stall
    HeartbeatTimeout, ///< heartbeat.timeout
    HistoryRing, ///< history.ring
    HistoryBytes, ///< history.bytes
};

inline constexpr int kLimitCount = int(Limit::HistoryBytes) + 1;

/// Lower case with underscores, as the setting is called: "connections_per_address". Never empty.
QByteArrayView limitName(Limit limit);

} // namespace Parlance
