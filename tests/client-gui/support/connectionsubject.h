// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/chat/roomconnection.h"
#include "client-gui/support/fakeserver.h"
#include "support/fakeclock.h"

#include <QStringList>

namespace Parlance {

/// Waits of milliseconds instead of seconds; the fake clock decides what is a long time.
Client::ConnectionTiming quick();

/// A RoomConnection of "anna" to "general", and everything of it that a test wants to see.
struct Subject
{
    explicit Subject(const FakeServer &server, const Client::ConnectionTiming &timing = quick());
    explicit Subject(const QString &address, const Client::ConnectionTiming &timing = quick());

    Client::Link link() const { return connection.state().link; }
    Client::Cause cause() const { return connection.state().cause; }

    FakeClock clock;
    Client::RoomConnection connection;
    QStringList texts; ///< of the messages that stand in the room
    QList<Client::Link> links; ///< every state so far
    int replaced = 0; ///< how often all messages were replaced
};

/// Another client loses its connection and comes back: as long as any reconnecting takes.
bool loseAndReturn(FakeServer &server);

} // namespace Parlance
