// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limit.h"

#include <array>

namespace Parlance {

QByteArrayView limitName(Limit limit)
{
    // In the order of the enumeration.
    static constexpr std::array<const char *, kLimitCount> kNames {
        "none",
        "connections",
        "connections_per_address",
        "unjoined",
        "open_files",
        "request_line",
        "head_bytes",
        "head_fields",
        "head_timeout",
        "body_bytes",
        "body_timeout",
        "room_name_chars",
        "user_name_chars",
        "content_chars",
        "message_bytes",
        "json_depth",
        "json_keys",
        "messages",
        "messages_per_address",
        "commands",
        "joins",
        "faults",
        "floods",
        "rooms",
        "sessions_per_user",
        "send_queue_bytes",
        "send_stall",
        "heartbeat_timeout",
        "history_ring",
        "history_bytes",
    };
    return kNames.at(size_t(limit));
}

} // namespace Parlance
