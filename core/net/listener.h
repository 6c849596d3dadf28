// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>

#include <chrono>

namespace Parlance {

/// Accepts descriptors on one address and hands them on raw, before any socket object exists.
class Listener final : public QTcpServer
{
    Q_OBJECT

public:
    /// After a failed accept the next attempt is made \a retryAfter later.
    explicit Listener(std::chrono::milliseconds retryAfter = std::chrono::seconds(1), QObject *parent = nullptr);

    /// QHttpServer takes its connections from a listening QTcpServer; the virtual ones come this way.
    using QTcpServer::addPendingConnection;

signals:
    /// The receiver owns \a descriptor from now on.
    void accepted(qintptr descriptor);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void onAcceptError();

    std::chrono::milliseconds m_retryAfter;
};

} // namespace Parlance
