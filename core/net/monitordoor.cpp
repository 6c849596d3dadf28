// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/monitordoor.h"

#include "net/metrics.h"
#include "net/stream.h"

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kConnections = 64;
constexpr int kConnectionsPerAddress = 16;

NetLimits fewConnections(NetLimits limits)
{
    limits.connections = kConnections;
    limits.unjoined = kConnections;
    limits.connectionsPerAddress = kConnectionsPerAddress;
    return limits;
}

RouteTable monitorRoutes(const ServerRouteContext &context)
{
    RouteTable routes;
    addHealthRoutes(routes, context);
    addMetricsRoute(routes, context);
    return routes;
}

} // namespace

MonitorDoor::MonitorDoor(const ServerRouteContext &context, const NetLimits &limits, const Clock &clock,
                         Metrics &metrics)
    : m_routes(monitorRoutes(context))
    , m_http(m_routes)
    , m_door(fewConnections(limits), clock, metrics, m_http, *this)
{
}

MonitorDoor::~MonitorDoor() = default;

Status MonitorDoor::listen(const QHostAddress &address, quint16 port)
{
    const Status listening = m_door.listen({address}, port);
    if (listening)
        m_http.attach(*m_door.firstListener());
    return listening;
}

void MonitorDoor::upgrade(const RequestHead &, std::unique_ptr<Stream> stream)
{
    stream->write(serialise(errorReply(Error {ErrorCode::NotFound, u"there is no chat at this port"_s}), false, true));
    stream->closeWhenWritten();
}

} // namespace Parlance
