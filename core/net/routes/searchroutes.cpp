// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/routes/searchroutes.h"

#include "model/chatmanager.h"
#include "net/decimal.h"
#include "net/routetable.h"
#include "protocol/jsonwriter.h"

#include <any>
#include <functional>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kHitsDefault = 20;
constexpr int kHitsMax = 100;
constexpr int kQueryChars = 200;

using Found = Result<SearchHits>;

Result<SearchQuery> readSearch(const HttpRequest &request, const QStringList &arguments)
{
    SearchQuery query;
    if (!arguments.isEmpty()) {
        const Result<RoomName> room = parseRoomName(arguments.constFirst());
        if (!room)
            return room.error();
        query.room = room.value();
    }
    const QString text = request.head.parameter(u"q");
    if (text.size() > kQueryChars)
        return Error {ErrorCode::BadParameter, u"q must have at most %1 characters"_s.arg(kQueryChars), u"q"_s};
    query.terms = searchTerms(text);
    if (query.terms.isEmpty())
        return Error {ErrorCode::BadParameter, u"q must have a word to look for"_s, u"q"_s};
    query.count = kHitsDefault;
    if (const QString limit = request.head.parameter(u"limit"); !limit.isNull()) {
        const std::optional<quint64> count = parseDecimal(limit);
        if (!count || *count < 1 || *count > kHitsMax)
            return Error {ErrorCode::BadParameter, u"limit must be 1..%1"_s.arg(kHitsMax), u"limit"_s};
        query.count = int(*count);
    }
    return query;
}

void writeHit(JsonWriter &out, const Message &message, const QList<SearchTerm> &terms)
{
    const Snippet snippet = snippetOf(message.content, terms);
    out.beginObject()
        .member("room"_L1, QStringView(message.room.text()))
        .member("seq"_L1, message.seq)
        .member("id"_L1, QStringView(message.id.toString()))
        .member("username"_L1, QStringView(message.author.text()));
    out.key("timestamp"_L1).timestamp(message.timestamp);
    out.member("snippet"_L1, QStringView(snippet.text)).key("marks"_L1).beginArray();
    for (const auto &[from, to] : snippet.marks)
        out.beginArray().value(from).value(to).endArray();
    out.endArray().endObject();
}

HttpReply listHits(const SearchHits &hits, const SearchQuery &query)
{
    JsonWriter out;
    out.beginObject().key("hits"_L1).beginArray();
    for (const Message &message : hits.messages)
        writeHit(out, message, query.terms);
    out.endArray().member("epoch"_L1, QStringView(hits.epoch)).member("has_more"_L1, hits.hasMore).endObject();
    return {200, "application/json", out.take()};
}

} // namespace

void addSearchRoutes(RouteTable &routes, ChatManager &manager)
{
    const auto prepare = [&manager](const HttpRequest &request, const QStringList &arguments,
                                    const std::function<void(std::any)> &ready) {
        const Result<SearchQuery> query = readSearch(request, arguments);
        if (!query)
            return false; // the handler says why
        manager.search(query.value(), [ready](const Found &found) { ready(found); });
        return true;
    };
    const auto handle = [](const HttpRequest &request, const QStringList &arguments) {
        const Result<SearchQuery> query = readSearch(request, arguments);
        if (!query)
            return errorReply(query.error());
        const auto *found = std::any_cast<Found>(&request.prepared);
        if (!found)
            return errorReply(Error {ErrorCode::Unavailable, u"nothing could be looked for"_s});
        return *found ? listHits(found->value(), query.value()) : errorReply(found->error());
    };
    routes.get(u"/api/search"_s, prepare, handle);
    routes.get(u"/api/rooms/{room}/search"_s, prepare, handle);
}

} // namespace Parlance
