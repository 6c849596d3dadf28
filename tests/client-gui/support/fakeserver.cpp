// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/support/fakeserver.h"

#include "protocol/eventcodec.h"
#include "protocol/limits.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QWebSocket>

using namespace Qt::StringLiterals;

namespace Parlance {

FakeServer::FakeServer(const FakeManners &how) : manners(how)
{
    listen();
}

/// The TCP sockets belong to the server and tell their WebSockets of their end: those go first.
FakeServer::~FakeServer()
{
    for (QWebSocket *socket : std::as_const(m_sockets)) {
        socket->disconnect(this);
        delete socket;
    }
}

void FakeServer::listen()
{
    m_server = std::make_unique<QWebSocketServer>(u"fake"_s, QWebSocketServer::NonSecureMode);
    if (manners.subprotocol)
        m_server->setSupportedSubprotocols({QString::fromLatin1(WireLimits::kSubprotocol)});
    connect(m_server.get(), &QWebSocketServer::newConnection, this, &FakeServer::accept);
    if (!m_server->listen(QHostAddress::LocalHost, m_port))
        qFatal("the fake server cannot listen");
    m_port = m_server->serverPort();
}

void FakeServer::stop()
{
    m_server->close();
    abort();
}

void FakeServer::accept()
{
    while (QWebSocket *socket = m_server->nextPendingConnection()) {
        socket->setParent(this);
        m_sockets.append(socket);
        m_requests.append(socket->requestUrl());
        connect(socket, &QWebSocket::textMessageReceived, this,
                [this, socket](const QString &text) { read(socket, text); });
        connect(socket, &QWebSocket::disconnected, this, [this, socket] {
            m_sockets.removeAll(socket);
            socket->deleteLater();
        });
        if (manners.welcome)
            sendWelcome(socket);
        emit joined();
    }
}

void FakeServer::sendWelcome(QWebSocket *socket)
{
    const auto to = [socket](const Event &event) { socket->sendTextMessage(QString::fromUtf8(encodeEvent(event))); };
    const QUrl url = socket->requestUrl();
    const QStringList path = url.path().split(u'/');
    const QUrlQuery query(url);
    WelcomeEvent welcome;
    welcome.session = QString::number(connections());
    welcome.username = grantedName.isEmpty() ? path.value(3) : grantedName;
    welcome.room = path.value(2);
    welcome.role = u"guest"_s;
    welcome.resumeToken = u"token-of-%1"_s.arg(path.value(3));
    welcome.epoch = epoch;
    welcome.head = m_head;
    welcome.server = {u"Fake"_s, u"1.0"_s, QDateTime::currentMSecsSinceEpoch(), u"memory"_s};
    welcome.limits = limits;
    welcome.users = people;
    welcome.users.prepend(welcome.username);
    to(welcome);
    const bool resumes = query.hasQueryItem(u"since"_s) && query.queryItemValue(u"epoch"_s) == epoch;
    const quint64 since = resumes ? query.queryItemValue(u"since"_s).toULongLong() : 0;
    if (query.hasQueryItem(u"since"_s) && !resumes)
        to(ResyncEvent {u"epoch"_s});
    HistoryEndEvent end {0, m_head, true};
    for (const MessageEvent &message : std::as_const(history)) {
        if (message.seq <= since)
            continue;
        if (end.from == 0)
            end.from = message.seq;
        to(message);
    }
    to(end);
}

void FakeServer::read(QWebSocket *socket, const QString &text)
{
    const QJsonObject command = QJsonDocument::fromJson(text.toUtf8()).object();
    m_received.append(command);
    emit commandReceived(command);
    if (manners.echo && command.value("type"_L1).toString() == u"message") {
        const QString author = grantedName.isEmpty() ? socket->requestUrl().path().section(u'/', 3) : grantedName;
        say(author, command.value("content"_L1).toString(), command.value("cid"_L1).toString());
    }
}

QList<QJsonObject> FakeServer::received(const QString &type) const
{
    QList<QJsonObject> found;
    for (const QJsonObject &command : m_received) {
        if (command.value("type"_L1).toString() == type)
            found.append(command);
    }
    return found;
}

void FakeServer::send(const Event &event)
{
    sendText(QString::fromUtf8(encodeEvent(event)));
}

void FakeServer::sendText(const QString &text)
{
    for (QWebSocket *socket : std::as_const(m_sockets))
        socket->sendTextMessage(text);
}

MessageEvent FakeServer::say(const QString &author, const QString &content, const QString &cid)
{
    ++m_head;
    const MessageEvent message {u"m%1"_s.arg(m_head), author, content, QDateTime::currentMSecsSinceEpoch(),
                                u"general"_s,         m_head, cid};
    history.append(message);
    send(message);
    return message;
}

void FakeServer::close(int code, const QString &reason)
{
    const QList<QWebSocket *> sockets = m_sockets;
    for (QWebSocket *socket : sockets)
        socket->close(QWebSocketProtocol::CloseCode(code), reason);
}

void FakeServer::abort()
{
    const QList<QWebSocket *> sockets = m_sockets;
    for (QWebSocket *socket : sockets)
        socket->abort();
}

} // namespace Parlance
