// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/wsclient.h"

#include <QJsonDocument>
#include <QNetworkProxy>
#include <QWebSocketHandshakeOptions>

using namespace Qt::StringLiterals;

namespace Parlance {

WsClient::WsClient(const QUrl &url, Speaks speaks)
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        m_events.append(QJsonDocument::fromJson(text.toUtf8()).object());
    });
    connect(&m_socket, &QWebSocket::disconnected, this, [this] { m_closed = true; });
    QWebSocketHandshakeOptions options;
    if (speaks == Speaks::Parlance)
        options.setSubprotocols({u"parlance.v1"_s});
    m_socket.open(url, options);
}

void WsClient::send(const QJsonObject &command)
{
    m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(command).toJson(QJsonDocument::Compact)));
}

void WsClient::say(const QString &content, const QString &cid)
{
    QJsonObject command {{u"type"_s, u"message"_s}, {u"content"_s, content}};
    if (!cid.isEmpty())
        command.insert(u"cid"_s, cid);
    send(command);
}

QList<QJsonObject> WsClient::events(const QString &type) const
{
    QList<QJsonObject> found;
    for (const QJsonObject &event : m_events) {
        if (event.value(u"message_type"_s) == type)
            found.append(event);
    }
    return found;
}

QStringList WsClient::contents() const
{
    QStringList texts;
    for (const QJsonObject &event : events(u"message"_s))
        texts.append(event.value(u"content"_s).toString());
    return texts;
}

} // namespace Parlance
