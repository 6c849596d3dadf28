// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTimer>

#include <chrono>
#include <memory>

namespace Parlance {

/// Accepts descriptors on one address and hands them on raw, before any socket object exists.
///
/// A QTcpServer, since QHttpServer takes its connections from one, but it accepts without Qt: QTcpServer stops
/// for good at a first "too many open files", and where it has once found its queue empty before, it spins
/// instead, because its engine keeps the first error it had.
///
/// Holds one descriptor in reserve: where the process has no other left, whoever connects is still accepted
/// with that one, to be told so, instead of waiting in a queue that nobody empties.
class Listener final : public QTcpServer
{
    Q_OBJECT

public:
    /// Where even the reserve is gone, the next attempt is made \a retryAfter later.
    explicit Listener(std::chrono::milliseconds retryAfter = std::chrono::seconds(1), QObject *parent = nullptr);
    ~Listener() override;

    /// Instead of listen() and close().
    bool open(const QHostAddress &address, quint16 port = 0);
    void shut();

    /// The virtual connections that QHttpServer is to see come this way.
    using QTcpServer::addPendingConnection;
    QTcpSocket *nextPendingConnection() override;

signals:
    /// The receiver owns \a descriptor from now on.
    void accepted(qintptr descriptor);
    /// Accepted with the last descriptor there was. The receiver owns \a descriptor and closes it before it
    /// returns.
    void overflowed(qintptr descriptor);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    enum class Outcome { Accepted, QueueEmpty, NotNow };

    void onReadable();
    Outcome acceptOne();
    Outcome acceptWithReserve();
    void takeReserve();
    void waitAndRetry();

    int m_descriptor = -1; ///< a second one of the listening socket, for two notifiers on one would be one too many
    std::unique_ptr<QSocketNotifier> m_readable;
    QTimer m_retry;
    int m_reserve = -1;
    QDeadlineTimer m_quiet; ///< until then a shortage of descriptors is not told again
};

} // namespace Parlance
