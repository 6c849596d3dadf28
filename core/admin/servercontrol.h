// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QObject>
#include <QStringList>

namespace Parlance {

/// Starting and stopping the server of this process from a window.
///
/// Thread: lives in the GUI thread; the server runs in the hub's.
class ServerControl : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServerControl)

public:
    enum class State { Stopped, Starting, Running, Stopping };
    Q_ENUM(State)

    explicit ServerControl(QObject *parent = nullptr) : QObject(parent) {}

    virtual State state() const = 0;
    /// The URLs of the page, one per address of this host, the most useful one first. Empty unless Running.
    virtual QStringList urls() const = 0;
    /// Port to use from the next start() on; 0 picks any free one.
    virtual void setPort(quint16 port) = 0;
    /// The port in use while Running, else the one that start() will use.
    virtual quint16 port() const = 0;

public slots:
    /// Does nothing unless Stopped. stateChanged follows: Starting, then Running; or failed() and Stopped.
    virtual void start() = 0;
    /// Drains: tells everybody, closes, then stops. At most 5 s. Does nothing unless Running.
    virtual void stop() = 0;

signals:
    void stateChanged(Parlance::ServerControl::State state);
    /// Why a start failed, for example AddressInUse.
    void failed(const Parlance::Error &error);
};

} // namespace Parlance
