// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/limits.h"

#include "protocol/limits.h"

namespace Parlance {

ModelLimits modelLimits(const Config &config)
{
    ModelLimits limits;
    limits.messages = config.limits.messages;
    limits.messagesPerAddress = config.limits.messagesPerAddress;
    limits.joins = config.limits.joins;
    limits.contentChars = config.limits.contentChars;
    limits.rooms = config.limits.rooms;
    limits.sessionsPerPerson = config.limits.sessionsPerUser;
    limits.ring = config.history.ring;
    limits.historyBytes = config.history.bytes;
    limits.quietRoom = WireLimits::kQuietRoom;
    return limits;
}

NetLimits netLimits(const Config &config)
{
    NetLimits limits;
    limits.connections = config.limits.connections;
    limits.connectionsPerAddress = config.limits.connectionsPerAddress;
    limits.unjoined = config.limits.unjoined;
    limits.commands = config.limits.commands;
    limits.headBytes = config.limits.headBytes;
    limits.bodyBytes = config.limits.bodyBytes;
    limits.messageBytes = config.limits.messageBytes;
    limits.sendQueueBytes = config.limits.sendQueueBytes;
    limits.headTimeout = config.limits.headTimeout;
    limits.bodyTimeout = config.limits.bodyTimeout;
    limits.sendStall = config.limits.sendStall;
    limits.heartbeatInterval = config.heartbeat.interval;
    limits.heartbeatTimeout = config.heartbeat.timeout;
    limits.replay = config.history.replay;
    limits.origins = config.access.origins;
    return limits;
}

LimitsInfo wireLimits(const Config &config)
{
    LimitsInfo limits;
    limits.contentChars = config.limits.contentChars;
    limits.messageBytes = int(config.limits.messageBytes);
    limits.messagesBurst = config.limits.messages.isOff() ? 0 : config.limits.messages.burst;
    limits.messagesPeriodMs = config.limits.messages.isOff() ? 0 : int(config.limits.messages.period.count());
    limits.heartbeatIntervalMs = int(config.heartbeat.interval.count());
    return limits;
}

} // namespace Parlance
