// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/routes/serverroutes.h"

#include "base/clock.h"
#include "model/chatmanager.h"
#include "net/clientsession.h"
#include "net/metrics.h"
#include "net/bearer.h"
#include "net/routetable.h"
#include "protocol/jsonwriter.h"
#include "protocol/limitfields.h"

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

HttpReply info(const ServerRouteContext &context)
{
    JsonWriter out;
    out.beginObject()
        .member("name"_L1, QStringView(context.identity.name))
        .member("version"_L1, QStringView(context.identity.version));
    out.key("time"_L1).timestamp(context.clock.wallClock().count());
    out.member("access_mode"_L1, QStringView(context.accessMode))
        .member("durability"_L1, QStringView(context.manager.durability()))
        .member("features"_L1, context.identity.features)
        .key("limits"_L1);
    writeLimits(out, context.identity.limits);
    out.endObject();
    return {200, "application/json", out.take()};
}

QByteArrayView storageWord(ErrorCode fault)
{
    switch (fault) {
    case ErrorCode::None: return "ok";
    case ErrorCode::StorageFull: return "full";
    default: return "unavailable";
    }
}

HttpReply health(const ServerRouteContext &context, Clock::Millis startedAt)
{
    JsonWriter out;
    out.beginObject();
    const ErrorCode fault = context.manager.storageFault();
    out.key("status"_L1).rawString(fault == ErrorCode::None ? "ok" : "degraded");
    out.key("storage"_L1).rawString(storageWord(fault));
    out.member("durability"_L1, QStringView(context.manager.durability()))
        .member("version"_L1, QStringView(context.identity.version))
        .member("uptime_s"_L1, qint64((context.clock.monotonic() - startedAt).count() / 1000))
        .endObject();
    return {200, "application/json", out.take()};
}

/// Open to the host itself; from elsewhere only with the token, for the figures say much about people. What
/// a proxy on this host passes on comes from elsewhere.
bool maySeeMetrics(const ServerRouteContext &context, const HttpRequest &request)
{
    const RequestHead &head = request.head;
    if (request.peer.isLoopback() && !head.hasField("X-Forwarded-For") && !head.hasField("Forwarded"))
        return true;
    return !context.metricsToken.isEmpty() && bearerToken(head) == context.metricsToken.toUtf8();
}

} // namespace

void addInfoRoute(RouteTable &routes, const ServerRouteContext &context)
{
    routes.get(u"/api/info"_s, [context](const HttpRequest &, const QStringList &) { return info(context); });
}

void addHealthRoutes(RouteTable &routes, const ServerRouteContext &context)
{
    const Clock::Millis startedAt = context.clock.monotonic();
    routes.get(u"/healthz"_s,
               [context, startedAt](const HttpRequest &, const QStringList &) { return health(context, startedAt); });
    routes.get(u"/readyz"_s, [context](const HttpRequest &, const QStringList &) {
        if (!context.isReady())
            return errorReply(Error {ErrorCode::ShuttingDown, u"the server is not ready"_s});
        if (context.manager.storageFault() != ErrorCode::None)
            return errorReply(Error {context.manager.storageFault(), u"messages cannot be stored"_s});
        return HttpReply {200, "application/json", "{\"status\":\"ready\"}"};
    });
}

void addMetricsRoute(RouteTable &routes, const ServerRouteContext &context)
{
    routes.get(u"/metrics"_s, [context](const HttpRequest &request, const QStringList &) {
        if (!maySeeMetrics(context, request))
            return errorReply(Error {ErrorCode::Unauthorized,
                                     u"/metrics answers this host, or a bearer token (metrics.token)"_s});
        return HttpReply {200, "text/plain; version=0.0.4; charset=utf-8", context.metrics.exposition()};
    });
}

} // namespace Parlance
