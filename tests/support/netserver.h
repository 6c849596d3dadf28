// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/localbus.h"
#include "model/chatmanager.h"
#include "net/frontdoor.h"
#include "net/httpgateway.h"
#include "net/metrics.h"
#include "net/netlimits.h"
#include "net/routetable.h"
#include "net/websocketgateway.h"
#include "storage/memorystore.h"
#include "support/fakeclock.h"

#include <functional>
#include <memory>

namespace Parlance {

/// The network rooms of a server on a free port of 127.0.0.1, with a clock whose hands the test turns and
/// with limits that no configuration could set.
///
/// TestServer is the whole server as people run it; this one is for deadlines, caps and abuse. Rate limits
/// are off unless they are set.
class NetServer
{
public:
    struct Settings
    {
        ModelLimits model;
        NetLimits net;
        QString metricsToken;
        int storedCids = 1000;
        std::function<void(RouteTable &)> addRoutes; ///< further routes, for the test's own purposes
    };
    using Adjust = std::function<void(Settings &)>;

    explicit NetServer(const Adjust &adjust = {});
    ~NetServer();

    quint16 port() const { return m_door->port(); }
    /// ws://127.0.0.1:PORT/ws/\a room/\a name, percent-encoded, and \a query.
    QUrl ws(const QString &room, const QString &name, const QString &query = {}) const;

    FakeClock &clock() { return m_clock; }
    /// Turns the clock and looks at all deadlines once.
    void advance(Clock::Millis by);
    void setReady(bool ready) { m_ready = ready; }

    ChatManager &chat() { return *m_manager; }
    const Metrics &metrics() const { return m_metrics; }
    FrontDoor &door() { return *m_door; }
    WebSocketGateway &sockets() { return *m_sockets; }
    HttpGateway &http() { return *m_http; }
    const Settings &settings() const { return m_settings; }

private:
    Settings m_settings;
    FakeClock m_clock;
    LocalBus m_bus;
    Metrics m_metrics;
    RouteTable m_routes;
    ServerIdentity m_identity;
    std::unique_ptr<MemoryStore> m_store;
    std::unique_ptr<ChatManager> m_manager;
    std::unique_ptr<WebSocketGateway> m_sockets;
    std::unique_ptr<HttpGateway> m_http;
    std::unique_ptr<FrontDoor> m_door;
    bool m_ready = true;
};

} // namespace Parlance
