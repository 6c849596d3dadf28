// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/ctldesk.h"

using namespace Qt::StringLiterals;

namespace Parlance {

void CtlDesk::serve()
{
    m_daemon = std::make_unique<DaemonProcess>();
    m_daemon->serve({u"--data-dir"_s, path(u"data"_s), u"--set"_s, u"limits.messages=off"_s, u"--set"_s,
                     u"limits.messages_per_address=off"_s, u"--set"_s, u"limits.commands=off"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_daemon->isListening(), 20'000);
}

void CtlDesk::stop()
{
    m_daemon->signalTermination();
    QTRY_VERIFY_WITH_TIMEOUT(m_daemon->hasEnded(), 20'000);
}

std::unique_ptr<QProcess> CtlDesk::begin(const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->start(QStringLiteral(PARLANCECTL), QStringList {u"--data-dir"_s, path(u"data"_s)} + arguments);
    return process;
}

CtlDesk::Ended CtlDesk::end(QProcess &process)
{
    const bool ended = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 60'000);
    return {ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

QByteArray CtlDesk::get(const QByteArray &path)
{
    RawClient client(m_daemon->port());
    if (!client.isOpen())
        return {};
    client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return QTest::qWaitFor([&client] { return client.isEnded(); }, 10'000) ? client.received() : QByteArray();
}

std::unique_ptr<WsClient> CtlDesk::join(const QString &name, const QString &room)
{
    auto client = std::make_unique<WsClient>(m_daemon->ws(room, name), WsClient::Speaks::Parlance);
    if (!QTest::qWaitFor([&client] { return !client->events(u"history_end"_s).isEmpty(); }, 10'000))
        qFatal("did not come in");
    return client;
}

void CtlDesk::say(WsClient &client, const QStringList &contents)
{
    const qsizetype before = client.contents().size();
    for (const QString &content : contents)
        client.say(content);
    QTRY_COMPARE_WITH_TIMEOUT(client.contents().size(), before + contents.size(), 20'000);
}

} // namespace Parlance
