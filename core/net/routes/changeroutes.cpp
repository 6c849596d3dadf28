// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/routes/changeroutes.h"

#include "base/tokens.h"
#include "model/chatmanager.h"
#include "net/addresscaps.h"
#include "net/bearer.h"
#include "net/routetable.h"
#include "wire/wire.h"
#include "protocol/eventcodec.h"
#include "protocol/flatcommand.h"
#include "protocol/jsonguard.h"
#include "protocol/limits.h"

#include <any>
#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

/// A change as a request asks for it.
struct Wanted
{
    PersonId person;
    RoomName room;
    Change change;
    QString content;
    Cid cid;
};

using Committed = Result<Message>;
using ReadWanted = std::function<Result<Wanted>(const HttpRequest &, const QStringList &)>;

/// What all of them have: who, in which room, about which message.
Result<Wanted> readWanted(ChangeKind kind, const HttpRequest &request, const QStringList &arguments)
{
    const QString token = QString::fromLatin1(bearerToken(request.head));
    if (!isTokenForm(token))
        return Error {ErrorCode::Unauthorized, u"send the resume token of your session as a bearer token"_s};
    const Result<RoomName> room = parseRoomName(arguments.at(0));
    if (!room)
        return room.error();
    if (arguments.at(1).size() > WireLimits::kMessageIdChars)
        return Error {ErrorCode::NotFound, u"there is no message of that id"_s, u"id"_s};
    Wanted wanted {PersonId(tokenHash(token)), room.value(), {kind, MessageId(arguments.at(1))}, {}, {}};
    if (arguments.size() > 2)
        wanted.change.emoji = arguments.at(2);
    return wanted;
}

Result<Wanted> readEdit(const HttpRequest &request, const QStringList &arguments)
{
    Result<Wanted> wanted = readWanted(ChangeKind::Edit, request, arguments);
    if (!wanted)
        return wanted;
    const Result<QJsonObject> body = parseGuardedObject(request.body);
    if (!body)
        return body.error();
    const QJsonValue content = body.value().value("content"_L1);
    if (!content.isString())
        return Error {ErrorCode::BadRequest, u"content must be a string"_s, u"content"_s};
    const QJsonValue cid = body.value().value("cid"_L1);
    if (!cid.isUndefined() && !isCid(cid.toString()))
        return Error {ErrorCode::BadRequest, u"cid must be 1 to %1 printable ASCII characters"_s.arg(WireLimits::kCidChars), u"cid"_s};
    wanted.value().content = content.toString();
    wanted.value().cid = Cid(cid.toString());
    return wanted;
}

ReadWanted reading(ChangeKind kind)
{
    return [kind](const HttpRequest &request, const QStringList &arguments) { return readWanted(kind, request, arguments); };
}

void addChange(RouteTable &routes, ChatManager &manager, const QByteArray &method, const QString &pattern, const ReadWanted &read)
{
    const auto prepare = [&manager, read](const HttpRequest &request, const QStringList &arguments,
                                          const std::function<void(std::any)> &ready) {
        const Result<Wanted> wanted = read(request, arguments);
        if (!wanted)
            return false; // the handler says why
        const Wanted &what = wanted.value();
        manager.changeAs(what.person, QString::fromLatin1(networkKey(request.peer).toHex()), what.room, what.change, what.content, what.cid,
                         [&manager, ready](const Committed &committed) {
            QMetaObject::invokeMethod(&manager, [ready, committed] { ready(committed); }, Qt::QueuedConnection);
        });
        return true;
    };
    routes.add(method, pattern, prepare, [read](const HttpRequest &request, const QStringList &arguments) {
        if (const auto *committed = std::any_cast<Committed>(&request.prepared))
            return *committed ? HttpReply {200, "application/json", encodeEvent(eventOf(committed->value()))}
                              : errorReply(committed->error());
        const Result<Wanted> wanted = read(request, arguments);
        return errorReply(wanted ? Error {ErrorCode::Unavailable, u"the change was not stored"_s} : wanted.error());
    });
}

} // namespace

void addChangeRoutes(RouteTable &routes, ChatManager &manager)
{
    const QString message = u"/api/rooms/{room}/messages/{id}"_s;
    const QString reaction = message + u"/reactions/{emoji}"_s;
    addChange(routes, manager, "PATCH", message, readEdit);
    addChange(routes, manager, "DELETE", message, reading(ChangeKind::Deletion));
    addChange(routes, manager, "PUT", reaction, reading(ChangeKind::Reaction));
    addChange(routes, manager, "DELETE", reaction, reading(ChangeKind::ReactionGone));
}

} // namespace Parlance
