// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "control/controlhandler.h"

#include <QLocalServer>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <memory>

class QLocalSocket;

namespace Parlance {

/// Listens for parlancectl in the data directory.
///
/// A request is a line with one JSON object, `{"command":"status",…}`; its answer is one line, `{"ok":{…}}` or
/// `{"error":{"code":…,"detail":…}}`. `pause` is answered once the data is free, and the pause lasts until `resume` or the
/// end of the connection. Only the own user and root get in: by the mode of socket and directory, and by SO_PEERCRED.
/// Thread: the hub.
class ControlServer final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ControlServer)

public:
    static constexpr qint64 kLineBytes = 64 * 1024;
    static constexpr int kConnections = 16;

    /// Whether the user \a user may use the socket.
    using Admission = std::function<bool(qint64 user)>;

    /// \a handler must outlive the server.
    explicit ControlServer(ControlHandler &handler, Admission admission = {});
    ~ControlServer() override;

    /// In \a directory, which this process holds. Unavailable.
    Status listen(const QString &directory);

private:
    void onConnection();
    void onReadable(QLocalSocket *socket);
    void perform(QLocalSocket *socket, const QByteArray &line);
    void pause(QLocalSocket *socket);
    void resume();
    static void say(QLocalSocket *socket, const Result<QJsonObject> &answer);

    ControlHandler &m_handler;
    Admission m_admission;
    QLocalServer m_server;
    int m_connections = 0;
    QPointer<QLocalSocket> m_pausing; ///< who asked for the pause
};

} // namespace Parlance
