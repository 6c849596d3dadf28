// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httphandler.h"
#include "net/routetable.h"

#include <QHttpServer>

#include <optional>

namespace Parlance {

class Listener;

/// HTTP through QHttpServer: every request is written anew in canonical form, goes in through a
/// VirtualSocket of its own, and its answer is completed with the headers that all answers have.
///
/// Answers OPTIONS, HEAD, 404 and 405 itself, since QHttpServer of Qt 6.4 gets them wrong.
/// Thread: the hub.
class HttpGateway final : public HttpHandler
{
public:
    /// \a routes must outlive the gateway and not change any more.
    explicit HttpGateway(const RouteTable &routes);
    ~HttpGateway() override;

    /// \a listener must be listening, and outlive the gateway. Its own connections never come here.
    void attach(Listener &listener);

    bool prepare(const HttpRequest &request, const Ready &ready) override;
    QByteArray handle(const HttpRequest &request) override;

private:
    void registerRoute(const Route &route);
    HttpReply dispatch(const HttpRequest &request);
    HttpReply viaQt(const HttpRequest &request);
    const Route *find(const HttpRequest &request) const;
    static HttpReply run(const Route &route, const HttpRequest &request);

    const RouteTable &m_routes;
    QHttpServer m_server;
    Listener *m_listener = nullptr;
    const HttpRequest *m_request = nullptr; ///< the one being handled
    std::optional<HttpReply> m_reply; ///< what its route said
};

} // namespace Parlance
