// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/localadmin.h"
#include "admin/servercontrol.h"
#include "base/clock.h"
#include "config/config.h"

#include <QThread>

#include <memory>

namespace Parlance {

class ServerApp;

/// Runs a ServerApp in a hub thread beside a GUI, and binds the LocalAdmin to it while it runs.
///
/// Thread: the GUI's. The hub thread exists from start() until the server is drained.
class ServerHost final : public ServerControl
{
    Q_OBJECT

public:
    explicit ServerHost(const Config &config, QObject *parent = nullptr);
    /// Stops at once, without a drain, if the server still runs.
    ~ServerHost() override;

    AdminService &admin() { return m_admin; }

    State state() const override { return m_state; }
    QStringList urls() const override { return m_urls; }
    void setPort(quint16 port) override { m_config.port = port; }
    quint16 port() const override { return m_state == State::Running ? m_port : m_config.port; }
    void start() override;
    void stop() override;

private:
    /// Lives in the hub thread and owns the server there.
    class Hub;

    void onStarted(AdminFeed *feed, const QStringList &urls, quint16 port);
    void onFailed(const Error &error);
    void endThread();
    void setState(State state);

    Config m_config;
    SystemClock m_clock;
    LocalAdmin m_admin;
    std::unique_ptr<QThread> m_thread;
    Hub *m_hub = nullptr; ///< deleted in its thread when that ends
    State m_state = State::Stopped;
    QStringList m_urls;
    quint16 m_port = 0;
};

} // namespace Parlance
