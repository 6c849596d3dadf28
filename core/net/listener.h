// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>

namespace Parlance {

/// Accepts descriptors on one address and hands them on raw, before any socket object exists.
class Listener final : public QTcpServer
{
    Q_OBJECT

public:
    explicit Listener(QObject *parent = nullptr);

    /// QHttpServer takes its connections from a listening QTcpServer; the virtual ones come this way.
    using QTcpServer::addPendingConnection;

signals:
    /// The receiver owns \a descriptor from now on.
    void accepted(qintptr descriptor);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void onAcceptError();
};

} // namespace Parlance
