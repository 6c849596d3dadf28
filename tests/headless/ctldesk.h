// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "headless/daemonprocess.h"
#include "support/rawclient.h"
#include "support/wsclient.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace Parlance {

/// A data directory, a daemon on it, and parlancectl as a program. For tests only.
class CtlDesk
{
public:
    struct Ended
    {
        int code = -1; ///< -1: a signal ended it
        QString out;
        QString err;
    };

    CtlDesk()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_folder.path());
        m_environment = environment;
    }

    QString path(const QString &name) const { return m_folder.filePath(name); }
    DaemonProcess &daemon() { return *m_daemon; }
    void serve();
    void stop();
    /// Starts parlancectl; for who wants to do something meanwhile.
    std::unique_ptr<QProcess> begin(const QStringList &arguments);
    static Ended end(QProcess &process);
    Ended run(const QStringList &arguments) { return end(*begin(arguments)); }
    std::unique_ptr<WsClient> join(const QString &name, const QString &room = QStringLiteral("general"));
    static void say(WsClient &client, const QStringList &contents);
    /// What the running server answers; empty where nobody listens.
    QByteArray get(const QByteArray &path);

private:
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
    std::unique_ptr<DaemonProcess> m_daemon;
};

} // namespace Parlance
