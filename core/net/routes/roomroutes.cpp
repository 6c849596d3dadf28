// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/routes/roomroutes.h"

#include "model/chatmanager.h"
#include "net/decimal.h"
#include "net/routetable.h"
#include "net/wire.h"
#include "protocol/eventcodec.h"
#include "protocol/jsonwriter.h"
#include "protocol/timestamp.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kMessagesDefault = 50;
constexpr int kMessagesMax = 1000;
constexpr qint64 kMessagesBytes = 1024 * 1024; ///< of one answer, about; has_more says when it was the bound

HttpReply jsonReply(JsonWriter &writer)
{
    return {200, "application/json", writer.take()};
}

Result<int> readLimit(const RequestHead &head)
{
    const QString text = head.parameter(u"limit");
    if (text.isNull())
        return kMessagesDefault;
    const std::optional<quint64> limit = parseDecimal(text);
    if (!limit || *limit < 1 || *limit > kMessagesMax)
        return Error {ErrorCode::BadParameter, u"limit must be 1..%1"_s.arg(kMessagesMax), u"limit"_s};
    return int(*limit);
}

/// The seq below which the messages are wanted; 0: all of them.
Result<quint64> readBefore(const RequestHead &head)
{
    const QString text = head.parameter(u"before");
    if (text.isNull())
        return quint64(0);
    const std::optional<quint64> before = parseDecimal(text);
    if (!before || *before < 1)
        return Error {ErrorCode::BadParameter, u"before must be a seq of the room"_s, u"before"_s};
    return *before;
}

HttpReply listRooms(const ChatManager &manager)
{
    const QList<RoomInfo> rooms = manager.rooms();
    JsonWriter out;
    out.beginObject().key("rooms"_L1).beginArray();
    for (const RoomInfo &room : rooms)
        out.value(QStringView(room.name.text()));
    out.endArray().key("details"_L1).beginArray();
    for (const RoomInfo &room : rooms) {
        out.beginObject()
            .member("name"_L1, QStringView(room.name.text()))
            .member("users"_L1, room.users)
            .member("sessions"_L1, room.sessions)
            .member("messages"_L1, room.messages)
            .member("epoch"_L1, QStringView(room.epoch));
        out.key("last_activity"_L1).timestamp(room.lastActivity).endObject();
    }
    out.endArray().endObject();
    return jsonReply(out);
}

HttpReply listUsers(const ChatManager &manager, const RoomName &name)
{
    const Room *room = manager.room(name);
    JsonWriter out;
    out.beginObject()
        .member("room"_L1, QStringView(room ? room->name().text() : name.text()))
        .member("users"_L1, manager.userNames(name))
        .endObject();
    return jsonReply(out);
}

/// The newest of \a messages that fit into \a bytes, but at least one.
MessageList newestWithin(const MessageList &messages, qint64 bytes)
{
    qsizetype from = messages.size();
    while (from > 0) {
        bytes -= messages.at(from - 1).content.size() * 3 + 300; // UTF-8 and the keys around it, at most about
        if (bytes < 0 && from < messages.size())
            break;
        --from;
    }
    return messages.mid(from);
}

/// Of \a messages in seq order the newest \a count below \a before.
MessageList newestBelow(quint64 before, const MessageList &messages, qsizetype count)
{
    const auto end = std::lower_bound(messages.cbegin(), messages.cend(), before,
                                      [](const Message &message, quint64 seq) { return message.seq < seq; });
    const qsizetype below = end - messages.cbegin();
    const qsizetype from = std::max(below - count, qsizetype(0));
    return messages.mid(from, below - from);
}

HttpReply listMessages(const ChatManager &manager, const RoomName &name, const RequestHead &head)
{
    const Result<int> limit = readLimit(head);
    if (!limit)
        return errorReply(limit.error());
    const Result<quint64> before = readBefore(head);
    if (!before)
        return errorReply(before.error());
    const MessageList found = before.value() == 0
        ? manager.newest(name, limit.value())
        : newestBelow(before.value(), manager.newest(name, std::numeric_limits<int>::max()), limit.value());
    const Room *room = manager.room(name);
    JsonWriter out;
    const MessageList messages = newestWithin(found, kMessagesBytes);
    out.beginObject()
        .member("room"_L1, QStringView(room ? room->name().text() : name.text()))
        .key("messages"_L1)
        .beginArray();
    for (const Message &message : messages)
        writeMessage(out, viewOf(message));
    out.endArray()
        .member("epoch"_L1, QStringView(room ? room->epoch : QString()))
        .member("head"_L1, room ? room->head : quint64(0))
        .member("has_more"_L1, !messages.isEmpty() && messages.constFirst().seq > 1)
        .endObject();
    return jsonReply(out);
}

} // namespace

void addRoomRoutes(RouteTable &routes, const ChatManager &manager)
{
    routes.get(u"/api/rooms"_s, [&manager](const HttpRequest &, const QStringList &) { return listRooms(manager); });
    routes.get(u"/api/rooms/{room}/users"_s, [&manager](const HttpRequest &, const QStringList &arguments) {
        const Result<RoomName> name = parseRoomName(arguments.constFirst());
        return name ? listUsers(manager, name.value()) : errorReply(name.error());
    });
    routes.get(u"/api/rooms/{room}/messages"_s, [&manager](const HttpRequest &request, const QStringList &arguments) {
        const Result<RoomName> name = parseRoomName(arguments.constFirst());
        return name ? listMessages(manager, name.value(), request.head) : errorReply(name.error());
    });
}

} // namespace Parlance
