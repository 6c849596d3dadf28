// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serverapp.h"
#include "base/clock.h"
#include "config/config.h"

#include <QUrl>

#include <functional>
#include <memory>

namespace Parlance {

/// A real server on a free port of 127.0.0.1, in the thread of the test and driven by its event loop.
///
/// Rate limits are off unless \a adjust sets them.
class TestServer
{
public:
    /// Adjusts the configuration before the start.
    using Adjust = std::function<void(Config &)>;

    /// \a clock defaults to the system's and must outlive the server.
    explicit TestServer(const Adjust &adjust = {}, const Clock *clock = nullptr);
    ~TestServer();

    ServerApp &app() { return *m_app; }
    quint16 port() const { return m_app->port(); }
    /// http://127.0.0.1:PORT and \a path.
    QUrl http(const QString &path = QStringLiteral("/")) const;
    /// ws://127.0.0.1:PORT/ws/\a room/\a name, percent-encoded, and \a query.
    QUrl ws(const QString &room, const QString &name, const QString &query = {}) const;

    /// Stops at once and starts anew on the same port: memory storage has forgotten everything.
    void restart();
    void stop() { m_app.reset(); }

private:
    SystemClock m_systemClock;
    const Clock &m_clock;
    Config m_config;
    std::unique_ptr<ServerApp> m_app;
};

} // namespace Parlance
