// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QUrl>
#include <QWebSocket>

namespace Parlance {

/// A WebSocket client that knows nothing of Parlance: keeps every JSON object that came.
class WsClient : public QObject
{
    Q_OBJECT

public:
    enum class Speaks { Plain, Parlance };

    explicit WsClient(const QUrl &url, Speaks speaks = Speaks::Plain);

    void send(const QJsonObject &command);
    void sendText(const QString &text) { m_socket.sendTextMessage(text); }
    void say(const QString &content, const QString &cid = {});

    QWebSocket &socket() { return m_socket; }
    bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    bool isClosed() const { return m_closed; }
    int closeCode() const { return int(m_socket.closeCode()); }

    const QList<QJsonObject> &events() const { return m_events; }
    /// Those of one message_type.
    QList<QJsonObject> events(const QString &type) const;
    /// The content of every `message`, in order.
    QStringList contents() const;
    void clear() { m_events.clear(); }

private:
    QWebSocket m_socket;
    QList<QJsonObject> m_events;
    bool m_closed = false;
};

} // namespace Parlance
