// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/controlserver.h"

#include "base/logging.h"
#include "control/controlsocket.h"

#include <QJsonDocument>
#include <QLocalSocket>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Parlance {

ControlServer::ControlServer(ControlHandler &handler, Admission admission) : m_handler(handler), m_admission(std::move(admission))
{
    if (!m_admission)
        m_admission = [](qint64 user) { return user == 0 || user == qint64(::geteuid()); };
    connect(&m_server, &QLocalServer::newConnection, this, &ControlServer::onConnection);
}

/// The connections go with the listener, and have nobody to tell of it any more.
ControlServer::~ControlServer()
{
    for (QLocalSocket *socket : m_server.findChildren<QLocalSocket *>())
        socket->disconnect(this);
}

Status ControlServer::listen(const QString &directory)
{
    const Result<int> descriptor = ControlSocket(directory).listen();
    if (!descriptor)
        return descriptor.error();
    if (m_server.listen(descriptor.value()))
        return {};
    ::close(descriptor.value());
    return Error {ErrorCode::Unavailable, m_server.errorString()};
}

void ControlServer::onConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        const qint64 user = ControlSocket::peerOf(int(socket->socketDescriptor()));
        if (!m_admission(user) || m_connections >= kConnections) {
            qCWarning(lcApp) << "the control socket refuses the user" << user;
            say(socket, Error {ErrorCode::Forbidden, u"only the server's own user and root may use this"_s});
            socket->disconnectFromServer();
            continue;
        }
        ++m_connections;
        socket->setReadBufferSize(kLineBytes + 1);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { onReadable(socket); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            --m_connections;
            if (m_pausing == socket)
                resume();
        });
    }
}

void ControlServer::onReadable(QLocalSocket *socket)
{
    while (socket->canReadLine())
        perform(socket, socket->readLine());
    if (socket->bytesAvailable() > kLineBytes) {
        say(socket, Error {ErrorCode::TooLong, u"a line is longer than %1 bytes"_s.arg(kLineBytes)});
        socket->disconnectFromServer();
    }
}

void ControlServer::perform(QLocalSocket *socket, const QByteArray &line)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    const QJsonObject request = document.object();
    const QString command = request.value("command"_L1).toString();
    if (command.isEmpty())
        say(socket, Error {ErrorCode::BadRequest, u"a line is one JSON object with a command"_s});
    else if (command == "pause"_L1)
        pause(socket);
    else if (command == "resume"_L1 && m_pausing == socket)
        resume();
    else
        m_handler.answer(command, request, [to = QPointer(socket)](const Result<QJsonObject> &answer) {
            if (to)
                say(to, answer);
        });
}

void ControlServer::pause(QLocalSocket *socket)
{
    if (m_pausing) {
        say(socket, Error {ErrorCode::Conflict, u"somebody works on the data already"_s});
        return;
    }
    m_pausing = socket;
    const Status begun = m_handler.pause([this] {
        if (m_pausing)
            say(m_pausing, QJsonObject());
    });
    if (begun)
        return;
    m_pausing.clear();
    say(socket, begun.error());
}

void ControlServer::resume()
{
    m_pausing.clear();
    m_handler.resume();
}

void ControlServer::say(QLocalSocket *socket, const Result<QJsonObject> &answer)
{
    const QJsonObject line = answer
        ? QJsonObject {{"ok"_L1, answer.value()}}
        : QJsonObject {{"error"_L1, QJsonObject {{"code"_L1, QString::fromLatin1(errorName(answer.error().code))}, {"detail"_L1, answer.error().detail}}}};
    socket->write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
}

} // namespace Parlance
