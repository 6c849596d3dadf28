// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/relay.h"

#include <QHostAddress>

#include <utility>

namespace Parlance {

Relay::Relay(quint16 target, QObject *parent) : QObject(parent), m_target(target)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &Relay::accept);
    m_listener.listen(QHostAddress::LocalHost, 0);
}

/// A socket that is destroyed says that it disconnects, which must find nobody listening.
Relay::~Relay()
{
    cut();
}

void Relay::accept()
{
    while (QTcpSocket *client = m_listener.nextPendingConnection()) {
        auto *server = new QTcpSocket(this);
        m_pairs.insert(client, server);
        connect(client, &QTcpSocket::readyRead, this, [this, client, server] { forward(client, server); });
        connect(server, &QTcpSocket::connected, this, [this, client, server] { forward(client, server); });
        connect(server, &QTcpSocket::readyRead, this, [this, client, server] {
            const QByteArray data = server->readAll();
            if (!m_serverMuted)
                client->write(data);
        });
        connect(server, &QTcpSocket::disconnected, this, [client] { client->disconnectFromHost(); });
        connect(client, &QTcpSocket::disconnected, this, [this, client] { drop(client); });
        connect(server, &QTcpSocket::errorOccurred, this, [this, client](QAbstractSocket::SocketError error) {
            // An orderly end still has bytes to deliver: disconnected() follows.
            if (error != QAbstractSocket::RemoteHostClosedError)
                drop(client);
        });
        server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
    }
}

void Relay::forward(QTcpSocket *client, QTcpSocket *server)
{
    if (server->state() != QAbstractSocket::ConnectedState || !m_pairs.contains(client))
        return;
    if (client->bytesAvailable() == 0)
        return;
    const QByteArray data = client->readAll();
    // A kept-alive connection may turn into a WebSocket later, so every request line is looked at.
    if (data.startsWith("GET /ws/")) {
        if (m_webSocketsBlocked) {
            drop(client);
            return;
        }
        ++m_webSockets;
    }
    server->write(data);
}

void Relay::drop(QTcpSocket *client)
{
    QTcpSocket *server = m_pairs.take(client);
    if (!server)
        return;
    // Neither may call the other any more: they are destroyed one after the other.
    client->disconnect(this);
    server->disconnect(this);
    client->abort();
    server->abort();
    client->deleteLater();
    server->deleteLater();
}

void Relay::cut()
{
    const QList<QTcpSocket *> clients = m_pairs.keys();
    for (QTcpSocket *client : clients)
        drop(client);
}

void Relay::cutClients()
{
    const QHash<QTcpSocket *, QTcpSocket *> pairs = std::exchange(m_pairs, {});
    for (auto pair = pairs.cbegin(); pair != pairs.cend(); ++pair) {
        pair.key()->disconnect(this);
        pair.value()->disconnect(this);
        pair.key()->abort();
        pair.key()->deleteLater();
    }
}

} // namespace Parlance
