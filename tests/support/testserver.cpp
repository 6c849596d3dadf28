// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testserver.h"

using namespace Qt::StringLiterals;

namespace Parlance {

TestServer::TestServer(const Adjust &adjust, const Clock *clock) : m_clock(clock ? *clock : m_systemClock)
{
    m_config.listen = {u"127.0.0.1"_s};
    m_config.port = 0;
    m_config.name = u"Test server"_s;
    m_config.storage = u"memory"_s;
    m_config.limits.messages = {};
    m_config.limits.messagesPerAddress = {};
    m_config.limits.joins = {};
    m_config.limits.commands = {};
    if (adjust)
        adjust(m_config);
    restart();
    m_config.port = port();
}

TestServer::~TestServer() = default;

void TestServer::restart()
{
    m_app.reset();
    Result<std::unique_ptr<ServerApp>> started = ServerApp::start(m_config, m_clock);
    if (!started)
        qFatal("the test server does not start: %s", qPrintable(started.error().detail));
    m_app = started.take();
}

QUrl TestServer::http(const QString &path) const
{
    return QUrl(u"http://127.0.0.1:%1%2"_s.arg(port()).arg(path));
}

QUrl TestServer::ws(const QString &room, const QString &name, const QString &query) const
{
    const auto encoded = [](const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); };
    QUrl url(u"ws://127.0.0.1:%1/ws/%2/%3"_s.arg(port()).arg(encoded(room), encoded(name)), QUrl::StrictMode);
    if (!query.isEmpty())
        url.setQuery(query);
    return url;
}

} // namespace Parlance
