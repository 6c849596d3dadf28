// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QString>
#include <QStringList>

namespace Parlance {

class ChatManager;
class Clock;
class Metrics;
class RouteTable;
struct ServerIdentity;

/// What the routes about the server itself need; every reference must outlive the table.
struct ServerRouteContext
{
    const ChatManager &manager;
    const Metrics &metrics;
    const Clock &clock;
    const ServerIdentity &identity;
    QString accessMode;
    QString metricsToken; ///< opens /metrics from elsewhere than loopback; empty: nothing does
    std::function<bool()> isReady; ///< false while the server starts or drains
};

// GET /api/info
void addInfoRoute(RouteTable &routes, const ServerRouteContext &context);
// GET /healthz   GET /readyz
void addHealthRoutes(RouteTable &routes, const ServerRouteContext &context);
// GET /metrics
void addMetricsRoute(RouteTable &routes, const ServerRouteContext &context);

} // namespace Parlance
