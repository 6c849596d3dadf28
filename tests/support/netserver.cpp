// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/netserver.h"

#include "net/routes/roomroutes.h"
#include "net/routes/serverroutes.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace Parlance {

NetServer::NetServer(const Adjust &adjust)
{
    m_settings.model.messages = {};
    m_settings.model.messagesPerAddress = {};
    m_settings.model.joins = {};
    m_settings.net.commands = {};
    if (adjust)
        adjust(m_settings);
    m_identity = {u"Net test"_s, u"0"_s, {4000, int(m_settings.net.messageBytes), 0, 0, 25000}, {u"resume"_s}};
    m_store = std::make_unique<MemoryStore>(m_settings.storedCids);
    m_manager = std::make_unique<ChatManager>(*m_store, m_bus, m_clock, m_settings.model);
    addRoomRoutes(m_routes, *m_manager);
    const ServerRouteContext context {*m_manager,  m_metrics,   m_clock, m_identity, u"open"_s, m_settings.metricsToken,
                                      [this] { return m_ready; }};
    addInfoRoute(m_routes, context);
    addHealthRoutes(m_routes, context);
    addMetricsRoute(m_routes, context);
    m_metrics.countElsewhere(Limit::HistoryRing, [this] { return m_manager->forgotten().byRing; });
    m_metrics.countElsewhere(Limit::HistoryBytes, [this] { return m_manager->forgotten().byBytes; });
    if (m_settings.addRoutes)
        m_settings.addRoutes(m_routes);
    m_sockets = std::make_unique<WebSocketGateway>(*m_manager, m_settings.net, m_clock, m_metrics, m_identity);
    m_http = std::make_unique<HttpGateway>(m_routes);
    m_door = std::make_unique<FrontDoor>(m_settings.net, m_clock, m_metrics, *m_http, *m_sockets);
    if (const Status listening = m_door->listen({QHostAddress(QHostAddress::LocalHost)}, 0); !listening)
        qFatal("the test server does not listen: %s", qPrintable(listening.error().detail));
    m_http->attach(*m_door->firstListener());
}

NetServer::~NetServer()
{
    // As in the composition root: the door first, the chat last.
    m_door.reset();
    m_http.reset();
    m_sockets.reset();
}

QUrl NetServer::ws(const QString &room, const QString &name, const QString &query) const
{
    const auto encoded = [](const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); };
    QUrl url(u"ws://127.0.0.1:%1/ws/%2/%3"_s.arg(port()).arg(encoded(room), encoded(name)), QUrl::StrictMode);
    if (!query.isEmpty())
        url.setQuery(query);
    return url;
}

void NetServer::advance(Clock::Millis by)
{
    m_clock.advance(by);
    m_door->sweep();
    m_sockets->sweep();
}

} // namespace Parlance
