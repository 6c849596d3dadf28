// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/limits.h"

#include "config/checks.h"
#include "protocol/limits.h"

#include <QHostInfo>

namespace Parlance {

namespace {

/// What is configured, and what the machine calls itself.
QStringList ownNames(const Config &config)
{
    QStringList names = config.access.hosts;
    const QString host = QHostInfo::localHostName().toLower();
    const QString domain = QHostInfo::localDomainName().toLower();
    names.append(host);
    if (!domain.isEmpty() && !host.contains(u'.'))
        names.append(host + u'.' + domain);
    names.removeDuplicates();
    return names;
}

Subnets subnets(const QStringList &written)
{
    Subnets found;
    for (const QString &text : written) {
        if (const Result<Subnet> subnet = parseSubnet(text))
            found.append({QHostAddress(subnet.value().address), subnet.value().prefix});
    }
    return found;
}

void setRate(qint64 &burst, qint64 &periodMs, const Rate &rate)
{
    burst = rate.isOff() ? 0 : rate.burst;
    periodMs = rate.isOff() ? 0 : rate.period.count();
}

} // namespace

ModelLimits modelLimits(const Config &config)
{
    ModelLimits limits;
    limits.messages = config.limits.messages;
    limits.messagesPerAddress = config.limits.messagesPerAddress;
    limits.joins = config.limits.joins;
    limits.contentChars = config.limits.contentChars;
    limits.roomNameChars = config.limits.roomNameChars;
    limits.userNameChars = config.limits.userNameChars;
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
    limits.headFields = config.limits.headFields;
    limits.bodyBytes = config.limits.bodyBytes;
    limits.messageBytes = config.limits.messageBytes;
    limits.jsonDepth = config.limits.jsonDepth;
    limits.sendQueueBytes = config.limits.sendQueueBytes;
    limits.headTimeout = config.limits.headTimeout;
    limits.bodyTimeout = config.limits.bodyTimeout;
    limits.sendStall = config.limits.sendStall;
    limits.heartbeatInterval = config.heartbeat.interval;
    limits.heartbeatTimeout = config.heartbeat.timeout;
    limits.replay = config.history.replay;
    limits.origins = config.access.origins;
    limits.hosts = ownNames(config);
    limits.proxies = subnets(config.access.proxies);
    return limits;
}

LimitsInfo wireLimits(const Config &config)
{
    const Config::Limits &from = config.limits;
    LimitsInfo limits;
    limits.contentChars = from.contentChars;
    limits.messageBytes = from.messageBytes;
    setRate(limits.messagesBurst, limits.messagesPeriodMs, from.messages);
    setRate(limits.commandsBurst, limits.commandsPeriodMs, from.commands);
    setRate(limits.messagesPerAddressBurst, limits.messagesPerAddressPeriodMs, from.messagesPerAddress);
    setRate(limits.joinsBurst, limits.joinsPeriodMs, from.joins);
    limits.heartbeatIntervalMs = config.heartbeat.interval.count();
    limits.heartbeatTimeoutMs = config.heartbeat.timeout.count();
    limits.roomNameChars = from.roomNameChars;
    limits.userNameChars = from.userNameChars;
    limits.jsonDepth = from.jsonDepth;
    limits.rooms = from.rooms;
    limits.sessionsPerUser = from.sessionsPerUser;
    limits.connections = from.connections;
    limits.connectionsPerAddress = from.connectionsPerAddress;
    limits.unjoined = from.unjoined;
    limits.headBytes = from.headBytes;
    limits.headFields = from.headFields;
    limits.headTimeoutMs = from.headTimeout.count();
    limits.bodyBytes = from.bodyBytes;
    limits.bodyTimeoutMs = from.bodyTimeout.count();
    limits.sendQueueBytes = from.sendQueueBytes;
    limits.sendStallMs = from.sendStall.count();
    limits.historyRing = config.history.ring;
    limits.historyBytes = config.history.bytes;
    limits.historyReplay = config.history.replay;
    return limits;
}

} // namespace Parlance
