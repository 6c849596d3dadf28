// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatlog/logline.h"

#include "protocol/eventcodec.h"
#include "wire/wire.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <variant>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr auto kMark = "log_end"_L1;
constexpr qsizetype kMarkBytes = 2048; ///< a line of this kind is shorter

} // namespace

QByteArray logLine(const Message &entry)
{
    Event event = eventOf(entry);
    if (auto *message = std::get_if<MessageEvent>(&event))
        message->reactions.clear();
    return encodeEvent(event) + '\n';
}

QByteArray markLine(const LoggedEntry &entry)
{
    return QJsonDocument(QJsonObject {{"message_type"_L1, kMark}, {"room"_L1, entry.room}, {"seq"_L1, qint64(entry.seq)}, {"id"_L1, entry.id}})
               .toJson(QJsonDocument::Compact)
        + '\n';
}

std::optional<LoggedEntry> readLogLine(const QByteArray &line)
{
    if (!line.endsWith('\n'))
        return std::nullopt;
    if (line.size() < kMarkBytes && line.contains(kMark.data())) {
        const QJsonObject mark = QJsonDocument::fromJson(line).object();
        if (mark.value("message_type"_L1).toString() == kMark)
            return LoggedEntry {mark.value("room"_L1).toString(), quint64(mark.value("seq"_L1).toInteger()), mark.value("id"_L1).toString()};
    }
    const Result<Event> event = decodeEvent(line);
    if (!event)
        return std::nullopt;
    return std::visit(
        [](const auto &one) -> std::optional<LoggedEntry> {
            if constexpr (requires { one.seq; one.id; one.room; })
                return LoggedEntry {one.room, one.seq, one.id};
            else
                return std::nullopt;
        },
        event.value());
}

bool replacesText(const Message &entry)
{
    return entry.change && (entry.change->kind == ChangeKind::Edit || entry.change->kind == ChangeKind::Deletion);
}

QByteArray afterChange(const QByteArray &line, const Message &change)
{
    const QString id = change.change->target.toString();
    if (!line.contains(id.toUtf8()))
        return line;
    Result<Event> event = decodeEvent(line);
    if (!event)
        return line;
    const bool isEdit = change.change->kind == ChangeKind::Edit && !change.content.isEmpty();
    if (auto *message = std::get_if<MessageEvent>(&event.value()); message && message->id == id) {
        message->content = isEdit ? change.content : QString();
        message->edited = isEdit ? change.timestamp : 0;
        message->isDeleted = !isEdit;
        return encodeEvent(*message) + '\n';
    }
    if (auto *edited = std::get_if<MessageEditedEvent>(&event.value()); edited && edited->id == id) {
        if (isEdit) {
            edited->content = change.content;
            return encodeEvent(*edited) + '\n';
        }
        return encodeEvent(MessageDeletedEvent {edited->id, edited->targetSeq, edited->room, edited->username, edited->timestamp,
                                                edited->seq, edited->cid})
            + '\n';
    }
    return line;
}

} // namespace Parlance
