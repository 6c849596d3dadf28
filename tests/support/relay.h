// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

namespace Parlance {

/// A stretch of network that a test can break: passes bytes between clients and a server on loopback.
///
/// Owns its sockets. Lives in the thread of the test; the server may be in the same one.
class Relay final : public QObject
{
    Q_OBJECT

public:
    /// Listens on a free port and passes everything on to \a target of 127.0.0.1.
    explicit Relay(quint16 target, QObject *parent = nullptr);
    ~Relay() override;

    quint16 port() const { return m_listener.serverPort(); }

    /// Ends every connection without a goodbye, as a pulled cable does.
    void cut();
    /// The same for the clients alone: the server goes on talking to nobody.
    void cutClients();
    /// As long as it is on, connections that begin a WebSocket are ended at once; plain HTTP still passes.
    void setWebSocketsBlocked(bool blocked) { m_webSocketsBlocked = blocked; }
    /// As long as it is on, nothing that the server says comes through, though it hears everything.
    void setServerMuted(bool muted) { m_serverMuted = muted; }
    /// WebSockets that were let through since the start.
    int webSockets() const { return m_webSockets; }

private:
    void accept();
    void forward(QTcpSocket *client, QTcpSocket *server);
    void drop(QTcpSocket *client);

    quint16 m_target;
    QTcpServer m_listener;
    QHash<QTcpSocket *, QTcpSocket *> m_pairs; ///< client -> server
    bool m_webSocketsBlocked = false;
    bool m_serverMuted = false;
    int m_webSockets = 0;
};

} // namespace Parlance
