// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/routes/roomroutes.h"

#include "model/chatmanager.h"
#include "net/decimal.h"
#include "net/routetable.h"
#include "wire/wire.h"
#include "protocol/eventcodec.h"
#include "protocol/jsonwriter.h"
#include "protocol/timestamp.h"

#include <algorithm>
#include <any>
#include <functional>
#include <utility>

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

/// The seq that the parameter \a name gives, from \a least on; nothing where it is not there.
Result<std::optional<quint64>> readSeq(const RequestHead &head, const QString &name, quint64 least)
{
    const QString text = head.parameter(name);
    if (text.isNull())
        return std::optional<quint64>();
    const std::optional<quint64> seq = parseDecimal(text);
    if (!seq || *seq < least)
        return Error {ErrorCode::BadParameter, u"%1 must be a seq of the room"_s.arg(name), name};
    return seq;
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
            .member("epoch"_L1, QStringView(room.epoch))
            .member("topic"_L1, QStringView(room.settings.topic))
            .member("slow_mode_s"_L1, room.settings.slowModeS)
            .member("frozen"_L1, room.settings.isFrozen)
            .member("locked"_L1, room.settings.isLocked);
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

/// What \a head asks for; the seqs are those of the room's messages.
Result<HistoryQuery> readQuery(const RoomName &name, const RequestHead &head)
{
    const Result<int> limit = readLimit(head);
    if (!limit)
        return limit.error();
    const Result<std::optional<quint64>> before = readSeq(head, u"before"_s, 1);
    if (!before)
        return before.error();
    const Result<std::optional<quint64>> after = readSeq(head, u"after"_s, 0);
    if (!after)
        return after.error();
    HistoryQuery query;
    query.room = name;
    query.count = limit.value();
    query.before = before.value().value_or(0);
    query.after = after.value();
    query.bytes = kMessagesBytes;
    return query;
}

/// Whether messages lie beyond \a page, in the direction in which the client reads.
bool hasMore(const HistoryPage &page, const HistoryQuery &query)
{
    if (page.messages.isEmpty())
        return false;
    if (!query.after)
        return page.messages.constFirst().seq > page.oldest;
    const quint64 end = query.before > 0 ? std::min(query.before - 1, page.head) : page.head;
    return page.messages.constLast().seq < end;
}

using PageResult = Result<HistoryPage>;

HttpReply listMessages(const ChatManager &manager, const RoomName &name, const HttpRequest &request)
{
    const Result<HistoryQuery> query = readQuery(name, request.head);
    if (!query)
        return errorReply(query.error());
    HistoryPage page;
    if (const auto *fetched = std::any_cast<PageResult>(&request.prepared)) {
        if (!*fetched)
            return errorReply(fetched->error());
        page = fetched->value();
    } else if (const std::optional<HistoryPage> atHand = manager.historyAtHand(query.value())) {
        page = *atHand;
    } else {
        return errorReply(Error {ErrorCode::Unavailable, u"the history was not found"_s});
    }
    const Room *room = manager.room(name);
    JsonWriter out;
    out.beginObject()
        .member("room"_L1, QStringView(room ? room->name().text() : name.text()))
        .key("messages"_L1)
        .beginArray();
    for (const Message &message : std::as_const(page.messages))
        writeMessage(out, toWire(message));
    out.endArray()
        .member("epoch"_L1, QStringView(page.epoch))
        .member("head"_L1, page.head)
        .member("has_more"_L1, hasMore(page, query.value()))
        .endObject();
    return jsonReply(out);
}

/// Asks the store for what is not at hand. What is wrong with the request, listMessages() says.
bool findMessages(ChatManager &manager, const HttpRequest &request, const QStringList &arguments,
                  const std::function<void(std::any)> &ready)
{
    const Result<RoomName> name = parseRoomName(arguments.constFirst());
    if (!name)
        return false;
    const Result<HistoryQuery> query = readQuery(name.value(), request.head);
    if (!query || manager.historyAtHand(query.value()))
        return false;
    manager.fetchHistory(query.value(), [ready](const PageResult &page) { ready(page); });
    return true;
}

} // namespace

void addRoomRoutes(RouteTable &routes, ChatManager &manager)
{
    routes.get(u"/api/rooms"_s, [&manager](const HttpRequest &, const QStringList &) { return listRooms(manager); });
    routes.get(u"/api/rooms/{room}/users"_s, [&manager](const HttpRequest &, const QStringList &arguments) {
        const Result<RoomName> name = parseRoomName(arguments.constFirst());
        return name ? listUsers(manager, name.value()) : errorReply(name.error());
    });
    routes.get(
        u"/api/rooms/{room}/messages"_s,
        [&manager](const HttpRequest &request, const QStringList &arguments, const std::function<void(std::any)> &ready) {
            return findMessages(manager, request, arguments, ready);
        },
        [&manager](const HttpRequest &request, const QStringList &arguments) {
            const Result<RoomName> name = parseRoomName(arguments.constFirst());
            return name ? listMessages(manager, name.value(), request) : errorReply(name.error());
        });
}

} // namespace Parlance
