// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "config/config.h"
#include "control/controlhandler.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace Parlance {

class ControlServer;
class ServerApp;

/// A server that parlancectl can ask, and that lets go of its data for a while when parlancectl has to work on it.
///
/// Thread: the hub.
class ServerRunner final : public QObject, public ControlHandler
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServerRunner)

public:
    enum class Pause { Allowed, Refused };

    /// \a config must be valid; \a clock must outlive the runner.
    ServerRunner(const Config &config, const Clock &clock, Pause pause);
    ~ServerRunner() override;

    /// As ServerApp::start().
    Status start();
    ServerApp *server() { return m_server.get(); } ///< null before start() and during a pause
    /// As ServerApp::drain(); drained() follows.
    void drain();

signals:
    void drained();
    /// After a pause the server could not start again.
    void failed(const Parlance::Error &error);

private:
    enum class State { Running, Pausing, Paused, Resuming, Draining };

    void answer(const QString &command, const QJsonObject &request, const Reply &reply) override;
    Status pause(std::function<void()> paused) override;
    void resume() override;
    Status startServer();
    void listenForControl();
    void onDrained();
    void letGo();
    void tryAgain();
    QJsonObject status() const;
    QJsonObject who() const;

    Config m_config;
    const Clock &m_clock;
    Pause m_mayPause;
    std::unique_ptr<ServerApp> m_server;
    std::unique_ptr<ControlServer> m_control;
    State m_state = State::Running;
    std::function<void()> m_paused; ///< while State::Pausing
    bool m_mustResume = false; ///< while State::Pausing: nobody wants the pause any more
    QTimer m_retry; ///< while State::Resuming
    int m_attempts = 0;
    Clock::Millis m_since {0}; ///< monotonic; of the first start
};

} // namespace Parlance
