// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/frontdoor.h"
#include "net/httpgateway.h"
#include "net/routes/serverroutes.h"
#include "net/routetable.h"

namespace Parlance {

/// The door for those who watch over the server: /metrics, /healthz and /readyz on an address and port of
/// their own, with few connections of their own. When the chat's door is full, these are still answered.
///
/// Thread: the hub.
class MonitorDoor final : public UpgradeHandler
{
public:
    /// What \a context refers to, and \a clock and \a metrics, must outlive the door. Of \a limits it takes
    /// all but the numbers of connections.
    MonitorDoor(const ServerRouteContext &context, const NetLimits &limits, const Clock &clock, Metrics &metrics);
    ~MonitorDoor() override;

    /// As FrontDoor::listen().
    Status listen(const QHostAddress &address, quint16 port);

    /// There is no chat here: 404.
    void upgrade(const RequestHead &head, std::unique_ptr<Stream> stream) override;

private:
    RouteTable m_routes;
    HttpGateway m_http;
    FrontDoor m_door;
};

} // namespace Parlance
