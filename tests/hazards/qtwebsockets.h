// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hazardbytes.h"
#include "probe.h"
#include "support/rawclient.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

namespace Parlance {

/// Sockets go to QWebSocketServer::handleConnection(), as they would from a listener of one's own.
struct QtWebSockets
{
    QTcpServer tcp;
    QWebSocketServer web {QStringLiteral("probe"), QWebSocketServer::NonSecureMode};
    QList<QTcpSocket *> sockets;
    QList<QWebSocket *> open;
    QStringList texts;
    bool drains = true;

    QtWebSockets()
    {
        tcp.listen(QHostAddress(QHostAddress::LocalHost));
        QObject::connect(&tcp, &QTcpServer::newConnection, &web, [this] {
            while (QTcpSocket *socket = tcp.nextPendingConnection()) {
                sockets.append(socket);
                web.handleConnection(socket);
            }
        });
        QObject::connect(&web, &QWebSocketServer::newConnection, &web, [this] {
            while (drains && web.hasPendingConnections()) {
                QWebSocket *socket = web.nextPendingConnection();
                open.append(socket);
                QObject::connect(socket, &QWebSocket::textMessageReceived, &web, [this](const QString &text) { texts.append(text); });
            }
        });
    }
};

/// One client with a WebSocket on such a server.
struct QtWebSocketPair
{
    QtWebSockets server;
    RawClient client;

    explicit QtWebSocketPair(int receiveBuffer = 0)
        : client(server.tcp.serverPort(), {QHostAddress(QHostAddress::LocalHost), receiveBuffer})
    {
        client.send(Hazard::upgrade("/"));
        until([this] { return client.received().contains("\r\n\r\n") && !server.open.isEmpty(); });
        client.take();
    }

    QWebSocket *socket() const { return server.open.value(0); }
    QTcpSocket *tcp() const { return server.sockets.value(0); }
};

} // namespace Parlance
