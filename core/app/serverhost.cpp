// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverhost.h"

#include "app/serverapp.h"
#include "app/serverrunner.h"
#include "eventloop/dispatcher.h"

#include <QCoreApplication>

#include <utility>

namespace Parlance {

namespace {

constexpr int kLastRounds = 3; ///< a session, its web socket, the socket of that

} // namespace

class ServerHost::Hub final : public QObject
{
public:
    Hub(const Config &config, const Clock &clock) : m_runner(config, clock, ServerRunner::Pause::Refused) { m_runner.setParent(this); }

    Result<ServerApp *> start()
    {
        const Status started = m_runner.start();
        return started ? Result<ServerApp *>(m_runner.server()) : started.error();
    }

    ServerApp *server() { return m_runner.server(); }

private:
    ServerRunner m_runner;
};

ServerHost::ServerHost(const Config &config, QObject *parent) : ServerControl(parent), m_config(config) {}

ServerHost::~ServerHost()
{
    m_admin.unbind();
    if (m_thread) {
        m_thread->quit();
        m_thread->wait();
    }
}

void ServerHost::start()
{
    if (m_state != State::Stopped)
        return;
    m_thread = std::make_unique<QThread>();
    m_thread->setObjectName(QStringLiteral("hub"));
    if (m_config.eventLoop == EventLoopKind::Epoll) {
        if (auto dispatcher = makeEpollDispatcher())
            m_thread->setEventDispatcher(dispatcher.release());
    }
    m_hub = new Hub(m_config, m_clock);
    m_hub->moveToThread(m_thread.get());
    // In the hub's thread, since there is no receiver. What is deleted later by what is deleted here, Qt would forget:
    // at the end of a thread it delivers such events once, and none that come meanwhile.
    connect(m_thread.get(), &QThread::finished, [hub = m_hub] {
        delete hub;
        for (int i = 0; i < kLastRounds; ++i)
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    });
    connect(m_thread.get(), &QThread::finished, this, [this] {
        m_hub = nullptr;
        m_thread.release()->deleteLater();
        setState(State::Stopped);
    });
    setState(State::Starting);
    m_thread->start();

    QMetaObject::invokeMethod(m_hub, [this, hub = m_hub] {
        const Result<ServerApp *> started = hub->start();
        if (!started) {
            const Error error = started.error();
            QMetaObject::invokeMethod(this, [this, error] { onFailed(error); });
            return;
        }
        ServerApp *server = started.value();
        connect(server, &ServerApp::drained, this, &ServerHost::endThread);
        QMetaObject::invokeMethod(this, [this, feed = &server->adminFeed(), urls = server->urls(),
                                         port = server->port()] { onStarted(feed, urls, port); });
    });
}

void ServerHost::onStarted(AdminFeed *feed, const QStringList &urls, quint16 port)
{
    m_urls = urls;
    m_port = port;
    m_admin.bind(feed);
    setState(State::Running);
}

void ServerHost::onFailed(const Error &error)
{
    emit failed(error);
    m_thread->quit();
}

void ServerHost::stop()
{
    if (m_state != State::Running)
        return;
    setState(State::Stopping);
    QMetaObject::invokeMethod(m_hub, [hub = m_hub] { hub->server()->drain(); });
}

void ServerHost::endThread()
{
    m_admin.unbind(); // before the feed goes with its thread
    m_thread->quit();
}

void ServerHost::setState(State state)
{
    if (state == State::Stopped || state == State::Starting) {
        m_urls.clear();
        m_port = 0;
    }
    if (std::exchange(m_state, state) != state)
        emit stateChanged(state);
}

} // namespace Parlance
