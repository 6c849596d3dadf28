// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/settings.h"

#include "base/names.h"
#include "config/checks.h"
#include "config/configfault.h"
#include "config/nearestname.h"
#include "config/settingkinds.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

using namespace SettingKinds;
using namespace std::chrono_literals;

constexpr qint64 kKiB = 1024;
constexpr qint64 kMiB = 1024 * kKiB;
constexpr qint64 kGiB = 1024 * kMiB;

Status named(const QString &name, Status status)
{
    if (status)
        return status;
    Error error = status.error();
    error.field = name;
    return error;
}

/// \a member gives the field of a Config, const or not.
template <typename T, typename Member>
Setting row(const QString &name, const Kind<T> &kind, Member member, const QString &help,
            Setting::Secrecy secrecy = Setting::Secrecy::Public)
{
    Setting setting {name, help, kind.form, secrecy, {}, {}, {}, {}};
    setting.apply = [name, kind, member](Config &config, const QString &written) -> Status {
        Result<T> parsed = kind.parse(written.trimmed());
        if (!parsed)
            return named(name, parsed.error());
        if (Status fits = kind.check(parsed.value()); !fits)
            return named(name, std::move(fits));
        member(config) = parsed.take();
        return {};
    };
    setting.print = [kind, member](const Config &config) { return kind.print(member(config)); };
    setting.check = [name, kind, member](const Config &config) { return named(name, kind.check(member(config))); };
    return setting;
}

/// Settings of what comes later: they can be written already, and their help says that nothing follows.
Setting idle(Setting setting, const QString &because)
{
    setting.help += u"; no effect in this version"_s;
    setting.idleBecause = because;
    return setting;
}

Kind<AccessMode> accessMode()
{
    Kind<AccessMode> kind = choice<AccessMode>(
        {{AccessMode::Open, "open"_L1}, {AccessMode::Code, "code"_L1}, {AccessMode::Accounts, "accounts"_L1}});
    kind.check = [](const AccessMode &mode) -> Status {
        if (mode == AccessMode::Open)
            return {};
        return Error {ErrorCode::BadParameter,
                      u"must be open: this version has no join codes and no accounts, they come later"_s};
    };
    return kind;
}

QList<Setting> serverSettings()
{
    return {
        row(u"listen"_s, list(u"IP addresses with commas between; empty: all, IPv4 and IPv6"_s, checkAddresses),
            [](auto &c) -> auto & { return c.listen; }, u"The addresses to listen on"_s),
        row(u"port"_s, port(), [](auto &c) -> auto & { return c.port; },
            u"The TCP port; 0 takes any free one and prints it"_s),
        row(u"name"_s, text(u"text of at most 64 characters; empty: Parlance on HOSTNAME"_s, checkServerName),
            [](auto &c) -> auto & { return c.name; }, u"What the server calls itself"_s),
        row(u"data_dir"_s, text(u"path; empty: the service's state directory, else that of the user"_s, checkPath),
            [](auto &c) -> auto & { return c.dataDir; }, u"The directory for everything that the server keeps"_s),
        row(u"storage"_s, text(u"sqlite, memory or postgresql://…"_s, checkStorage),
            [](auto &c) -> auto & { return c.storage; }, u"Where the history is kept"_s,
            Setting::Secrecy::SecretInUrl),
        row(u"durability"_s,
            choice<Durability>({{Durability::Durable, "durable"_L1}, {Durability::Fast, "fast"_L1}}),
            [](auto &c) -> auto & { return c.durability; },
            u"What an acknowledged message survives: durable a power cut, fast a crash of the server"_s),
        row(u"event_loop"_s,
            choice<EventLoopKind>({{EventLoopKind::Epoll, "epoll"_L1}, {EventLoopKind::Qt, "qt"_L1}}),
            [](auto &c) -> auto & { return c.eventLoop; },
            u"What waits for the sockets: epoll is made for many connections (Linux), qt works everywhere"_s),
        row(u"log.format"_s, choice<LogFormat>({{LogFormat::Plain, "plain"_L1}, {LogFormat::Json, "json"_L1}}),
            [](auto &c) -> auto & { return c.log.format; }, u"The form of the log lines"_s),
        row(u"log.level"_s,
            choice<LogLevel>({{LogLevel::Debug, "debug"_L1},
                              {LogLevel::Info, "info"_L1},
                              {LogLevel::Warning, "warning"_L1},
                              {LogLevel::Error, "error"_L1}}),
            [](auto &c) -> auto & { return c.log.level; }, u"The least severity that is logged"_s),
        row(u"access.mode"_s, accessMode(), [](auto &c) -> auto & { return c.access.mode; },
            u"Who may come in: guests, guests with the join code, or accounts; this version: open only"_s),
        row(u"access.origins"_s, list(u"origins such as https://chat.example.org with commas between"_s, checkOrigins),
            [](auto &c) -> auto & { return c.access.origins; },
            u"Other sites whose pages may connect from a browser, besides the server's own"_s),
        row(u"access.hosts"_s, list(u"DNS names such as chat.example.org with commas between"_s, checkHosts),
            [](auto &c) -> auto & { return c.access.hosts; },
            u"The server's own names in the public DNS; browsers are not answered under others"_s),
        row(u"access.proxies"_s, list(u"addresses or subnets such as 10.1.0.0/16 with commas between"_s, checkSubnets),
            [](auto &c) -> auto & { return c.access.proxies; },
            u"Reverse proxies that are believed whom they ask for"_s),
    };
}

QList<Setting> limitSettings()
{
    return {
        row(u"limits.connections"_s, number(1, 1'000'000), [](auto &c) -> auto & { return c.limits.connections; },
            u"Connections at once, in all"_s),
        row(u"limits.connections_per_address"_s, number(1, 1'000'000),
            [](auto &c) -> auto & { return c.limits.connectionsPerAddress; },
            u"Connections at once from one IP address"_s),
        row(u"limits.unjoined"_s, number(1, 1'000'000), [](auto &c) -> auto & { return c.limits.unjoined; },
            u"Connections at once that are not in a room"_s),
        row(u"limits.rooms"_s, number(1, 1'000'000), [](auto &c) -> auto & { return c.limits.rooms; },
            u"Rooms at once with somebody inside"_s),
        row(u"limits.sessions_per_user"_s, number(1, 100'000),
            [](auto &c) -> auto & { return c.limits.sessionsPerUser; }, u"Sessions at once of one person"_s),
        row(u"limits.messages"_s, rate(), [](auto &c) -> auto & { return c.limits.messages; },
            u"Messages of one person"_s),
        row(u"limits.messages_per_address"_s, rate(),
            [](auto &c) -> auto & { return c.limits.messagesPerAddress; },
            u"Messages of all people behind one IP address together"_s),
        row(u"limits.commands"_s, rate(), [](auto &c) -> auto & { return c.limits.commands; },
            u"Commands of one session, whatever they are"_s),
        row(u"limits.joins"_s, rate(), [](auto &c) -> auto & { return c.limits.joins; },
            u"Joins from one IP address"_s),
        idle(row(u"limits.logins"_s, rate(), [](auto &c) -> auto & { return c.limits.logins; },
                 u"Failed logins from one IP address"_s),
             u"there are no accounts"_s),
        row(u"limits.room_name_chars"_s, number(1, NameRules::kRoomNameMax),
            [](auto &c) -> auto & { return c.limits.roomNameChars; }, u"Characters in the name of a room"_s),
        row(u"limits.user_name_chars"_s, number(1, NameRules::kUserNameMax),
            [](auto &c) -> auto & { return c.limits.userNameChars; },
            u"Characters in the name that somebody asks for"_s),
        row(u"limits.content_chars"_s, number(1, 1'000'000),
            [](auto &c) -> auto & { return c.limits.contentChars; }, u"Characters in one chat message"_s),
        row(u"limits.message_bytes"_s, size(kKiB, 16 * kMiB), [](auto &c) -> auto & { return c.limits.messageBytes; },
            u"One WebSocket message"_s),
        row(u"limits.json_depth"_s, number(1, 64), [](auto &c) -> auto & { return c.limits.jsonDepth; },
            u"Nesting of the JSON in one WebSocket message"_s),
        row(u"limits.head_bytes"_s, size(kKiB, kMiB), [](auto &c) -> auto & { return c.limits.headBytes; },
            u"Request line and header fields of one request"_s),
        row(u"limits.head_fields"_s, number(10, 1000), [](auto &c) -> auto & { return c.limits.headFields; },
            u"Header fields of one request"_s),
        row(u"limits.body_bytes"_s, size(kKiB, 64 * kMiB), [](auto &c) -> auto & { return c.limits.bodyBytes; },
            u"The body of one REST request"_s),
        idle(row(u"limits.upload_bytes"_s, size(0, 1024 * kGiB),
                 [](auto &c) -> auto & { return c.limits.uploadBytes; }, u"One uploaded file; 0 allows none"_s),
             u"there are no uploads"_s),
        row(u"limits.send_queue_bytes"_s, size(64 * kKiB, kGiB),
            [](auto &c) -> auto & { return c.limits.sendQueueBytes; },
            u"What may wait to be sent to one client before it is dropped as too slow"_s),
        row(u"limits.send_stall"_s, duration(10ms, 1h), [](auto &c) -> auto & { return c.limits.sendStall; },
            u"How long a client may take nothing of what waits for it before it is dropped as too slow"_s),
        row(u"limits.head_timeout"_s, duration(10ms, 1h), [](auto &c) -> auto & { return c.limits.headTimeout; },
            u"How long a client may take to send the head of a request"_s),
        row(u"limits.body_timeout"_s, duration(10ms, 1h), [](auto &c) -> auto & { return c.limits.bodyTimeout; },
            u"How long a client may take to send the body of a request"_s),
    };
}

QList<Setting> otherSettings()
{
    return {
        row(u"history.ring"_s, number(1, 1'000'000), [](auto &c) -> auto & { return c.history.ring; },
            u"Messages of each active room that are kept at hand in memory"_s),
        row(u"history.bytes"_s, size(kMiB, 1024 * kGiB), [](auto &c) -> auto & { return c.history.bytes; },
            u"What the messages at hand may take in memory, all rooms together; the room with the most forgets its oldest"_s),
        row(u"history.replay"_s, number(0, 10'000), [](auto &c) -> auto & { return c.history.replay; },
            u"The latest messages that a newcomer to a room gets"_s),
        row(u"history.keep_age"_s, duration(0ms, 87'600h), [](auto &c) -> auto & { return c.history.keepAge; },
            u"How long a message is kept in the database; 0s: for ever"_s),
        row(u"history.keep_messages"_s, number(0, 1'000'000'000), [](auto &c) -> auto & { return c.history.keepMessages; },
            u"How many messages of each room are kept in the database; 0: all"_s),
        row(u"history.keep_bytes"_s, size(0, 1024 * 1024 * kGiB), [](auto &c) -> auto & { return c.history.keepBytes; },
            u"What the database may take on the disk before the oldest messages go; 0: any size; SQLite only"_s),
        row(u"chat_logs.enabled"_s, choice<bool>({{false, "off"_L1}, {true, "on"_L1}}), [](auto &c) -> auto & { return c.chatLogs.enabled; },
            u"Whether what is said is also written into files, chat_logs/ROOM/DATE.jsonl in the data directory"_s),
        row(u"chat_logs.file_bytes"_s, size(kKiB, 1024 * kGiB), [](auto &c) -> auto & { return c.chatLogs.fileBytes; },
            u"How large a file of them gets before another one of the same day begins"_s),
        row(u"chat_logs.keep_age"_s, duration(0ms, 87'600h), [](auto &c) -> auto & { return c.chatLogs.keepAge; },
            u"How long a day's file of them is kept; 0s: for ever"_s),
        row(u"heartbeat.interval"_s, duration(10ms, 1h), [](auto &c) -> auto & { return c.heartbeat.interval; },
            u"How often a connection is asked for a sign of life"_s),
        row(u"heartbeat.timeout"_s, duration(10ms, 24h), [](auto &c) -> auto & { return c.heartbeat.timeout; },
            u"How long a connection may be silent before it counts as dead"_s),
        row(u"kick.rejoin_after"_s, duration(0ms, 24h), [](auto &c) -> auto & { return c.kick.rejoinAfter; },
            u"How long somebody who was kicked must stay out of the room, where the operator chooses nothing else"_s),
        row(u"metrics.listen"_s, text(u"ADDRESS:PORT; empty: on the port of the chat"_s, checkEndpoint),
            [](auto &c) -> auto & { return c.metrics.listen; }, u"A listener of its own for /metrics"_s),
        row(u"metrics.token"_s, text(u"16 to 256 characters; empty: only this machine may read /metrics"_s, checkToken),
            [](auto &c) -> auto & { return c.metrics.token; },
            u"The bearer token that lets other machines read /metrics"_s, Setting::Secrecy::Secret),
    };
}

} // namespace

QString Setting::environmentName() const
{
    return "PARLANCE_"_L1 + QString(name).replace(u'.', u'_').toUpper();
}

QString Setting::iniSection() const
{
    return name.contains(u'.') ? name.section(u'.', 0, 0) : u"server"_s;
}

QString Setting::iniKey() const
{
    return name.section(u'.', -1);
}

bool Setting::hidesValue(const Config &config) const
{
    switch (secrecy) {
    case Secrecy::Public: return false;
    case Secrecy::Secret: return !print(config).isEmpty();
    // A password may stand before the host or among the query's parameters; better to hide one too many.
    case Secrecy::SecretInUrl: return print(config).contains(u'@') || print(config).contains(u'?');
    }
    return true;
}

const QList<Setting> &settings()
{
    static const QList<Setting> table = serverSettings() + limitSettings() + otherSettings();
    return table;
}

const Setting *findSetting(QStringView name)
{
    const QList<Setting> &table = settings();
    const auto found
        = std::find_if(table.cbegin(), table.cend(), [name](const Setting &setting) { return setting.name == name; });
    return found == table.cend() ? nullptr : &*found;
}

QStringList settingNames()
{
    QStringList names;
    for (const Setting &setting : settings())
        names += setting.name;
    return names;
}

QString unknownSetting(QStringView name)
{
    const QString near = nearestName(name, settingNames());
    const QString fault = u"there is no setting "_s + shown(name);
    return near.isEmpty() ? fault : fault + u"; did you mean %1?"_s.arg(near);
}

} // namespace Parlance
