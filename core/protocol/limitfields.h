// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/events.h"

#include <QLatin1StringView>

#include <array>

namespace Parlance {

class JsonWriter;

/// One figure of LimitsInfo and its name on the wire.
struct LimitField
{
    QLatin1StringView name;
    qint64 LimitsInfo::*member;
};

/// All of them, in the order in which they are written.
inline constexpr std::array kLimitFields {
    LimitField {QLatin1StringView("content_chars"), &LimitsInfo::contentChars},
    LimitField {QLatin1StringView("message_bytes"), &LimitsInfo::messageBytes},
    LimitField {QLatin1StringView("messages_burst"), &LimitsInfo::messagesBurst},
    LimitField {QLatin1StringView("messages_period_ms"), &LimitsInfo::messagesPeriodMs},
    LimitField {QLatin1StringView("heartbeat_interval_ms"), &LimitsInfo::heartbeatIntervalMs},
    LimitField {QLatin1StringView("heartbeat_timeout_ms"), &LimitsInfo::heartbeatTimeoutMs},
    LimitField {QLatin1StringView("room_name_chars"), &LimitsInfo::roomNameChars},
    LimitField {QLatin1StringView("user_name_chars"), &LimitsInfo::userNameChars},
    LimitField {QLatin1StringView("json_depth"), &LimitsInfo::jsonDepth},
    LimitField {QLatin1StringView("commands_burst"), &LimitsInfo::commandsBurst},
    LimitField {QLatin1StringView("commands_period_ms"), &LimitsInfo::commandsPeriodMs},
    LimitField {QLatin1StringView("messages_per_address_burst"), &LimitsInfo::messagesPerAddressBurst},
    LimitField {QLatin1StringView("messages_per_address_period_ms"), &LimitsInfo::messagesPerAddressPeriodMs},
    LimitField {QLatin1StringView("joins_burst"), &LimitsInfo::joinsBurst},
    LimitField {QLatin1StringView("joins_period_ms"), &LimitsInfo::joinsPeriodMs},
    LimitField {QLatin1StringView("rooms"), &LimitsInfo::rooms},
    LimitField {QLatin1StringView("sessions_per_user"), &LimitsInfo::sessionsPerUser},
    LimitField {QLatin1StringView("connections"), &LimitsInfo::connections},
    LimitField {QLatin1StringView("connections_per_address"), &LimitsInfo::connectionsPerAddress},
    LimitField {QLatin1StringView("unjoined"), &LimitsInfo::unjoined},
    LimitField {QLatin1StringView("head_bytes"), &LimitsInfo::headBytes},
    LimitField {QLatin1StringView("head_fields"), &LimitsInfo::headFields},
    LimitField {QLatin1StringView("head_timeout_ms"), &LimitsInfo::headTimeoutMs},
    LimitField {QLatin1StringView("body_bytes"), &LimitsInfo::bodyBytes},
    LimitField {QLatin1StringView("body_timeout_ms"), &LimitsInfo::bodyTimeoutMs},
    LimitField {QLatin1StringView("send_queue_bytes"), &LimitsInfo::sendQueueBytes},
    LimitField {QLatin1StringView("send_stall_ms"), &LimitsInfo::sendStallMs},
    LimitField {QLatin1StringView("history_ring"), &LimitsInfo::historyRing},
    LimitField {QLatin1StringView("history_bytes"), &LimitsInfo::historyBytes},
    LimitField {QLatin1StringView("history_replay"), &LimitsInfo::historyReplay},
};

/// Writes \a limits as one object: the value of the key `limits` in `welcome` and /api/info.
void writeLimits(JsonWriter &out, const LimitsInfo &limits);

} // namespace Parlance
