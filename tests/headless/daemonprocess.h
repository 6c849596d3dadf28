// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

namespace Parlance {

/// A `parlanced` in a process of its own, with a home of its own and none of this process's settings.
///
/// Killed, should it still run, when this goes. For tests only.
class DaemonProcess
{
    Q_DISABLE_COPY_MOVE(DaemonProcess)

public:
    DaemonProcess();
    ~DaemonProcess();

    /// Before start().
    void setEnvironment(const QString &name, const QString &value) { m_environment.insert(name, value); }
    void start(const QStringList &arguments);
    /// As start(), on any free port of 127.0.0.1.
    void serve(const QStringList &arguments = {});
    void signalTermination() { m_process.terminate(); }
    void signalInterrupt();
    void kill() { m_process.kill(); }
    qint64 processId() const { return m_process.processId(); }

    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    bool hasEnded() const { return m_started && !isRunning(); }
    /// Of a process that ended by itself; -1 where a signal killed it.
    int exitCode() const { return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1; }
    /// What it has written so far.
    const QString &output() const { return m_output; }
    const QString &errors() const { return m_errors; }

    /// The addresses of its "listening on" lines so far.
    QStringList urls() const;
    bool isListening() const { return !urls().isEmpty(); }
    QUrl ws(const QString &room, const QString &name) const;
    quint16 port() const;

private:
    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
    QProcess m_process;
    QString m_output;
    QString m_errors;
    bool m_started = false;
};

} // namespace Parlance
