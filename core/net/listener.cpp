// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/listener.h"

#include "base/logging.h"

#include <QTimer>

namespace Parlance {

Listener::Listener(QObject *parent) : QTcpServer(parent)
{
    setMaxPendingConnections(1024);
    setListenBacklogSize(4096);
    connect(this, &QTcpServer::acceptError, this, &Listener::onAcceptError);
}

void Listener::incomingConnection(qintptr descriptor)
{
    emit accepted(descriptor);
}

/// Qt stops accepting after an error such as "too many open files" and never starts again by itself.
void Listener::onAcceptError()
{
    qCWarning(lcNet).noquote() << "cannot accept:" << errorString() << "- trying again in 1 s";
    QTimer::singleShot(1000, this, &QTcpServer::resumeAccepting);
}

} // namespace Parlance
