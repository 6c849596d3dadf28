// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemonprocess.h"

#include <QEventLoop>
#include <QTimer>

#include <csignal>

using namespace Qt::StringLiterals;

namespace Parlance {

DaemonProcess::DaemonProcess() : m_environment(QProcessEnvironment::systemEnvironment())
{
    for (const QString &name : m_environment.keys()) {
        if (name.startsWith(u"PARLANCE_") || name.startsWith(u"QT_LOGGING"))
            m_environment.remove(name);
    }
    m_environment.insert(u"HOME"_s, m_home.path());
    m_environment.insert(u"XDG_CONFIG_HOME"_s, m_home.path());
    m_environment.insert(u"XDG_DATA_HOME"_s, m_home.path());
    m_environment.remove(u"STATE_DIRECTORY"_s);
    QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process,
                     [this] { m_output += QString::fromUtf8(m_process.readAllStandardOutput()); });
    QObject::connect(&m_process, &QProcess::readyReadStandardError, &m_process,
                     [this] { m_errors += QString::fromUtf8(m_process.readAllStandardError()); });
}

DaemonProcess::~DaemonProcess()
{
    if (!isRunning())
        return;
    QEventLoop loop;
    QObject::connect(&m_process, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(5000, &loop, &QEventLoop::quit);
    m_process.kill();
    loop.exec();
}

void DaemonProcess::start(const QStringList &arguments)
{
    m_process.setProcessEnvironment(m_environment);
    m_process.start(QStringLiteral(PARLANCED), arguments);
    m_started = true;
}

void DaemonProcess::serve(const QStringList &arguments)
{
    start(QStringList {u"--listen"_s, u"127.0.0.1"_s, u"--port"_s, u"0"_s} + arguments);
}

void DaemonProcess::signalInterrupt()
{
    ::kill(pid_t(m_process.processId()), SIGINT);
}

QStringList DaemonProcess::urls() const
{
    QStringList found;
    const QStringList lines = m_output.split(u'\n');
    for (const QString &line : lines.first(lines.size() - 1)) { // the last one is not complete yet
        if (line.startsWith(u"listening on "))
            found.append(line.mid(13));
    }
    return found;
}

quint16 DaemonProcess::port() const
{
    return isListening() ? quint16(QUrl(urls().constFirst()).port()) : 0;
}

QUrl DaemonProcess::ws(const QString &room, const QString &name) const
{
    return QUrl(u"ws://127.0.0.1:%1/ws/%2/%3"_s.arg(port()).arg(room, name));
}

} // namespace Parlance
