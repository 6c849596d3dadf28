// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/listener.h"

#include "base/logging.h"

#include <QTimer>

namespace Parlance {

Listener::Listener(std::chrono::milliseconds retryAfter, QObject *parent)
    : QTcpServer(parent), m_retryAfter(retryAfter)
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
    qCWarning(lcNet).noquote() << "cannot accept:" << errorString() << "- trying again soon";
    QTimer::singleShot(m_retryAfter, this, [this] {
        if (isListening()) // resumeAccepting() of a closed server dereferences null
            resumeAccepting();
    });
}

} // namespace Parlance
