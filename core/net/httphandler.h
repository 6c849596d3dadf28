// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httptypes.h"

#include <any>
#include <functional>
#include <memory>

namespace Parlance {

class Stream;

/// Where the front door sends proven requests. Thread: the hub.
class HttpHandler
{
public:
    virtual ~HttpHandler() = default;

    /// Called with what a request waited for, once, from the event loop.
    using Ready = std::function<void(std::any prepared)>;

    /// What must be found before handle(), such as rows of a database. False: nothing, or all of it is at hand. True:
    /// \a ready brings it, to be put into HttpRequest::prepared; never from inside this call.
    virtual bool prepare(const HttpRequest &request, const Ready &ready)
    {
        Q_UNUSED(request)
        Q_UNUSED(ready)
        return false;
    }
    /// The whole answer for \a request, as bytes for the wire. Synchronous.
    virtual QByteArray handle(const HttpRequest &request) = 0;
};

/// Where the front door sends WebSocket upgrades.
class UpgradeHandler
{
public:
    virtual ~UpgradeHandler() = default;

    /// Takes over \a stream. \a head asks for an upgrade to `websocket`; nothing came behind it. What is
    /// refused is answered on the stream, which is then closed.
    virtual void upgrade(const RequestHead &head, std::unique_ptr<Stream> stream) = 0;
};

} // namespace Parlance
