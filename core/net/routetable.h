// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httptypes.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace Parlance {

/// A route's code: \a arguments are the path's variable segments, decoded, in order.
using RouteHandler = std::function<HttpReply(const HttpRequest &request, const QStringList &arguments)>;

/// As HttpHandler::prepare(), for one route.
using RoutePreparation =
    std::function<bool(const HttpRequest &request, const QStringList &arguments, const std::function<void(std::any)> &ready)>;

struct Route
{
    QByteArray method; ///< "GET", "POST", …; HEAD and OPTIONS come by themselves
    QString pattern; ///< "/api/rooms/{room}/users": a segment in braces matches any text
    RouteHandler handler;
    bool isDocumented = true; ///< stands in the OpenAPI document; files that a page loads do not
    RoutePreparation prepare = {}; ///< empty: the handler has all that it needs
};

/// Everything that the HTTP side offers, in one list: what QHttpServer is given, what 404 and 405 are
/// decided by, and what the OpenAPI document is compared with.
class RouteTable
{
public:
    void get(const QString &pattern, RouteHandler handler) { add("GET", pattern, std::move(handler)); }
    /// One whose answer may have to wait for \a prepare.
    void get(const QString &pattern, RoutePreparation prepare, RouteHandler handler)
    {
        add("GET", pattern, std::move(prepare), std::move(handler));
    }
    /// A file that a page loads.
    void asset(const QString &path, RouteHandler handler) { m_routes.append({"GET", path, std::move(handler), false}); }
    void add(const QByteArray &method, const QString &pattern, RouteHandler handler);
    void add(const QByteArray &method, const QString &pattern, RoutePreparation prepare, RouteHandler handler);

    const QList<Route> &routes() const { return m_routes; }
    /// The methods that \a segments can be asked for, HEAD included; empty when the path is unknown.
    QList<QByteArray> methods(const QStringList &segments) const;

private:
    QList<Route> m_routes;
};

/// The texts that stand for the braces of \a pattern in \a segments; nothing when it does not match.
std::optional<QStringList> matchPattern(const QString &pattern, const QStringList &segments);

} // namespace Parlance
