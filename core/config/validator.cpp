// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/validator.h"

#include "config/checks.h"
#include "config/settings.h"
#include "config/units.h"

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kBytesPerChar = 4; // the longest character in UTF-8
constexpr int kEnvelopeBytes = 1024; // a command's field names, cid and quotes

QList<Violation> checkHeartbeat(const Config &config)
{
    const Config::Heartbeat &beat = config.heartbeat;
    if (beat.timeout > beat.interval)
        return {};
    return {{{u"heartbeat.interval"_s, u"heartbeat.timeout"_s},
             u"heartbeat.timeout (%1) must be longer than heartbeat.interval (%2), or every connection counts as dead "
             "before it is asked"_s.arg(printDuration(beat.timeout), printDuration(beat.interval))}};
}

QList<Violation> checkHistory(const Config &config)
{
    const Config::History &history = config.history;
    if (history.ring >= history.replay)
        return {};
    return {{{u"history.ring"_s, u"history.replay"_s},
             u"history.ring (%1) must be at least history.replay (%2), which is taken from it"_s.arg(history.ring).arg(
                 history.replay)}};
}

QList<Violation> checkSizes(const Config &config)
{
    const Config::Limits &limits = config.limits;
    QList<Violation> found;
    const qint64 longest = qint64(limits.contentChars) * kBytesPerChar + kEnvelopeBytes;
    if (limits.messageBytes < longest) {
        found.append({{u"limits.message_bytes"_s, u"limits.content_chars"_s},
                      u"limits.message_bytes (%1) must be at least %2 for limits.content_chars (%3) at 4 bytes a "
                      "character and 1KiB around them"_s.arg(printSize(limits.messageBytes), printSize(longest))
                          .arg(limits.contentChars)});
    }
    if (limits.sendQueueBytes < 2 * limits.messageBytes) {
        found.append({{u"limits.send_queue_bytes"_s, u"limits.message_bytes"_s},
                      u"limits.send_queue_bytes (%1) must be at least twice limits.message_bytes (%2), or one message "
                      "drops its readers"_s.arg(printSize(limits.sendQueueBytes), printSize(limits.messageBytes))});
    }
    return found;
}

QList<Violation> checkChatLogs(const Config &config)
{
    if (!config.chatLogs.enabled || config.storage != "memory"_L1)
        return {};
    return {{{u"chat_logs.enabled"_s, u"storage"_s},
             u"chat_logs.enabled needs a database, whose copy the chat logs are, and storage is memory"_s}};
}

QList<Violation> checkRetention(const Config &config)
{
    if (config.history.keepBytes == 0 || !config.storage.startsWith("postgresql"_L1))
        return {};
    return {{{u"history.keep_bytes"_s, u"storage"_s},
             u"history.keep_bytes bounds SQLite's file, and storage is PostgreSQL; set history.keep_age or history.keep_messages"_s}};
}

QList<Violation> checkMetrics(const Config &config)
{
    const Result<Endpoint> endpoint = parseEndpoint(config.metrics.listen);
    if (!endpoint || endpoint.value().port != config.port) // empty, or reported by the setting's own check
        return {};
    const bool same = config.listen.isEmpty() || config.listen.contains(endpoint.value().address);
    if (!same)
        return {};
    return {{{u"metrics.listen"_s, u"port"_s},
             u"metrics.listen (%1) is where the chat listens already"_s.arg(config.metrics.listen)}};
}

} // namespace

QList<Violation> validate(const Config &config)
{
    QList<Violation> found;
    for (const Setting &setting : settings()) {
        if (const Status fits = setting.check(config); !fits)
            found.append({{setting.name}, setting.name + u' ' + fits.error().detail});
    }
    return found + checkHeartbeat(config) + checkHistory(config) + checkRetention(config) + checkChatLogs(config) + checkSizes(config) + checkMetrics(config);
}

} // namespace Parlance
