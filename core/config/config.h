// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/logging.h"
#include "base/rate.h"

#include <QString>
#include <QStringList>

#include <chrono>

namespace Parlance {

/// Which event dispatcher the hub runs on.
enum class EventLoopKind {
    Epoll, ///< ours: wakes for the sockets that have something, however many there are (Linux)
    Qt, ///< the one that Qt chooses for the platform
};

/// What a stored message has survived when it is acknowledged. Means nothing while storage is `memory`.
enum class Durability {
    Durable, ///< a power cut
    Fast, ///< a crash of the server, not of the machine
};

/// Who may come in.
enum class AccessMode {
    Open, ///< guests choose a name
    Code, ///< guests need the join code
    Accounts, ///< login only
};

/// Every setting of a server, with its default. A plain value: made once at the start by loadConfig(), or
/// by hand (the console, tests) and then proved with validate(). Each member is one row of settings().
/// Thread: any; hand out copies.
struct Config
{
    using Millis = std::chrono::milliseconds;

    struct Log
    {
        LogFormat format = LogFormat::Plain;
        LogLevel level = LogLevel::Info;
        friend bool operator==(const Log &, const Log &) = default;
    };

    struct Access
    {
        AccessMode mode = AccessMode::Open;
        QStringList origins; ///< Origin values let in besides the server's own, as browsers send them
        QStringList hosts; ///< DNS names of this server, in lower case
        QStringList proxies; ///< addresses and subnets of reverse proxies, see parseSubnet()
        friend bool operator==(const Access &, const Access &) = default;
    };

    /// A limit of a size is in bytes, `…_chars` in Unicode code points. What has no effect in this version says so.
    struct Limits
    {
        int connections = 10'000; ///< at once, in all
        int connectionsPerAddress = 256; ///< at once, from one IP address
        int unjoined = 200; ///< connections that are not in a room (yet)
        int rooms = 1'000; ///< rooms with somebody inside
        int sessionsPerUser = 128; ///< of one person in one room
        Rate messages {10, Millis {10'000}}; ///< per user
        Rate messagesPerAddress {200, Millis {10'000}}; ///< of everybody behind one address
        Rate commands {200, Millis {10'000}}; ///< of one session, whatever they are
        Rate joins {50, Millis {10'000}}; ///< per address
        Rate logins {5, Millis {60'000}}; ///< failures per address; no effect
        int roomNameChars = 64; ///< what is not possible is refused however high this is, see NameRules
        int userNameChars = 32;
        int contentChars = 4'000;
        qint64 messageBytes = 64 * 1024; ///< one WebSocket message
        int jsonDepth = 16; ///< nesting in one WebSocket message
        qint64 headBytes = 16 * 1024; ///< request line and header fields
        int headFields = 100;
        qint64 bodyBytes = 64 * 1024; ///< REST
        qint64 uploadBytes = 25 * 1024 * 1024; ///< one file; 0: no uploads; no effect
        qint64 sendQueueBytes = 1024 * 1024; ///< unsent bytes of one client, then it is dropped
        Millis sendStall {15'000}; ///< unsent bytes without any progress, then it is dropped
        Millis headTimeout {10'000}; ///< from the first byte to the whole head
        Millis bodyTimeout {15'000};
        friend bool operator==(const Limits &, const Limits &) = default;
    };

    struct History
    {
        int ring = 1'000; ///< messages per active room kept at hand in memory
        qint64 bytes = 256 * 1024 * 1024; ///< of all rings together, about
        int replay = 50; ///< messages that a newcomer gets
        Millis keepAge {0}; ///< of a stored message, then it is deleted; 0: never
        int keepMessages = 0; ///< stored messages of each room, then the oldest is deleted; 0: any number
        qint64 keepBytes = 0; ///< of the database file, then the oldest messages are deleted; 0: any size
        friend bool operator==(const History &, const History &) = default;
    };

    struct Heartbeat
    {
        Millis interval {25'000}; ///< a ping every
        Millis timeout {60'000}; ///< a connection silent for this long is dead
        friend bool operator==(const Heartbeat &, const Heartbeat &) = default;
    };

    struct Kick
    {
        Millis rejoinAfter {60'000}; ///< 0: at once
        friend bool operator==(const Kick &, const Kick &) = default;
    };

    /// What is said, as lines in files of the data directory; see core/chatlog.
    struct ChatLogs
    {
        bool enabled = false;
        qint64 fileBytes = 16 * 1024 * 1024; ///< a file that is as large is followed by another
        Millis keepAge {0}; ///< 0: for ever
        friend bool operator==(const ChatLogs &, const ChatLogs &) = default;
    };

    struct Metrics
    {
        QString listen; ///< `ADDRESS:PORT` of a listener of its own, see parseEndpoint(); empty: the chat's port
        QString token; ///< the bearer token that reads /metrics from elsewhere; empty: this machine only
        friend bool operator==(const Metrics &, const Metrics &) = default;
    };

    QStringList listen; ///< IP addresses; empty: all, IPv4 and IPv6
    quint16 port = 8000; ///< 0: any free one
    QString name; ///< empty: see serverName()
    QString dataDir; ///< empty: see dataDirectory()
    QString storage = QStringLiteral("sqlite"); ///< `sqlite`, `memory` or a postgresql:// address
    Durability durability = Durability::Durable;
    EventLoopKind eventLoop = EventLoopKind::Epoll;
    Log log;
    Access access;
    Limits limits;
    History history;
    ChatLogs chatLogs;
    Heartbeat heartbeat;
    Kick kick;
    Metrics metrics;

    friend bool operator==(const Config &, const Config &) = default;
};

/// What the server calls itself: config.name, or "Parlance on <host name>" when that is empty.
QString serverName(const Config &config);

/// Absolute path of the data directory: config.dataDir, or when that is empty the directory that systemd
/// made for the service (STATE_DIRECTORY), or `parlance` below the user's data directory. Creates nothing.
QString dataDirectory(const Config &config);

} // namespace Parlance
