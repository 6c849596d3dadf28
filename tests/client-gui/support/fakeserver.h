// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/events.h"

#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QUrl>
#include <QUrlQuery>
#include <QWebSocketServer>

#include <memory>

namespace Parlance {

/// What a FakeServer does by itself; a test switches off what it wants to do by hand.
struct FakeManners
{
    bool welcome = true; ///< welcome, history and history_end on each connection
    bool echo = true; ///< each message comes back with the next seq
    bool subprotocol = true;
};

/// Speaks parlance.v1 on a free port of 127.0.0.1 and does exactly what a test tells it, hostile things too.
class FakeServer : public QObject
{
    Q_OBJECT

public:
    explicit FakeServer(const FakeManners &manners = {});
    ~FakeServer() override;

    FakeManners manners;
    QString epoch = QStringLiteral("e1");
    QString grantedName; ///< empty: the one asked for
    QStringList people {QStringLiteral("Ben")}; ///< in every room besides the newcomer
    QList<MessageEvent> history; ///< replayed to those who do not resume
    LimitsInfo limits {4000, 65536, 0, 0, 25000};

    quint16 port() const { return m_server->serverPort(); }
    QString address() const { return QStringLiteral("127.0.0.1:%1").arg(port()); }
    /// Hangs up on everybody and listens no more; listen() comes back on the same port.
    void stop();
    void listen();

    int connections() const { return int(m_requests.size()); }
    QUrl request(int connection) const { return m_requests.value(connection); }
    QUrlQuery query(int connection) const { return QUrlQuery(m_requests.value(connection)); }
    /// Connected at the moment.
    int clients() const { return int(m_sockets.size()); }
    /// Commands of one type, of all connections, in the order of their arrival.
    QList<QJsonObject> received(const QString &type) const;

    /// To every client.
    void send(const Event &event);
    void sendText(const QString &text);
    /// A message of the room with the next seq.
    MessageEvent say(const QString &author, const QString &content, const QString &cid = {});
    void close(int code, const QString &reason = {});
    void abort();
    quint64 head() const { return m_head; }
    void setHead(quint64 head) { m_head = head; }
    void sendWelcome(QWebSocket *socket);

signals:
    void joined();
    void commandReceived(const QJsonObject &command);

private:
    void accept();
    void read(QWebSocket *socket, const QString &text);

    std::unique_ptr<QWebSocketServer> m_server;
    QList<QWebSocket *> m_sockets;
    QList<QUrl> m_requests;
    QList<QJsonObject> m_received;
    quint64 m_head = 0;
    quint16 m_port = 0;
};

} // namespace Parlance
