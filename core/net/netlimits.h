// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/rate.h"

#include <QHostAddress>
#include <QList>
#include <QStringList>
#include <QtGlobal>

#include <chrono>
#include <utility>

namespace Parlance {

/// Each an address and the length of its prefix, as QHostAddress::isInSubnet() takes them.
using Subnets = QList<std::pair<QHostAddress, int>>;

/// What connections may cost; the composition root fills it from the configuration.
struct NetLimits
{
    using Millis = std::chrono::milliseconds;

    int connections = 10000; ///< open at once, in all
    int connectionsPerAddress = 256; ///< per IPv4 address or IPv6 /64
    int unjoined = 200; ///< of them, those that are not in a room
    Rate commands {200, Millis {10'000}}; ///< of one session, whatever they are
    qint64 headBytes = 16 * 1024;
    int headFields = 100;
    qint64 bodyBytes = 64 * 1024;
    qint64 messageBytes = 64 * 1024; ///< one WebSocket message
    int jsonDepth = 16; ///< of one command
    qint64 sendQueueBytes = 1024 * 1024; ///< what may wait for a client that reads slowly
    Millis headTimeout {10'000}; ///< from the accept to the end of the head
    Millis bodyTimeout {15'000};
    Millis keepAlive {15'000}; ///< an HTTP connection without a request
    Millis sendStall {15'000}; ///< no byte accepted by a client for so long
    Millis heartbeatInterval {25'000};
    Millis heartbeatTimeout {60'000};
    int replay = 50; ///< messages a newcomer gets
    QStringList origins; ///< allowed beside the server's own
    QStringList hosts; ///< names of this server in lower case, beside those that only a local network has
    Subnets proxies; ///< that are believed about their clients
};

/// How long a closing connection may take to finish its goodbye.
inline constexpr std::chrono::milliseconds kCloseGrace {3000};

} // namespace Parlance
