// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/servercontrol.h"

namespace Parlance {

/// A ServerControl without a server; each step happens when the test says so.
class FakeServerControl final : public ServerControl
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FakeServerControl)

public:
    explicit FakeServerControl(QObject *parent = nullptr) : ServerControl(parent) {}

    State state() const override { return m_state; }
    QStringList urls() const override { return m_state == State::Running ? addresses : QStringList(); }
    void setPort(quint16 port) override { m_port = port; }
    quint16 port() const override { return m_port; }
    void start() override
    {
        if (m_state != State::Stopped)
            return;
        ++starts;
        setState(State::Starting);
    }
    void stop() override
    {
        if (m_state != State::Running)
            return;
        ++stops;
        setState(State::Stopping);
    }

    void setState(State state)
    {
        m_state = state;
        emit stateChanged(state);
    }
    void fail(const Error &error)
    {
        emit failed(error);
        setState(State::Stopped);
    }

    QStringList addresses {QStringLiteral("http://192.168.1.20:8000"), QStringLiteral("http://atelier.local:8000"),
                           QStringLiteral("http://[fd00::5a1c:20ff]:8000")};
    int starts = 0;
    int stops = 0;

private:
    State m_state = State::Stopped;
    quint16 m_port = 8000;
};

} // namespace Parlance
