// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client-gui/chat/connectionstate.h"
#include "protocol/events.h"

#include <QAbstractSocket>

#include <optional>

namespace Parlance {

/// What the server said before it closed.
struct LastWords
{
    std::optional<Error> refusal; ///< an error before the welcome
    std::optional<KickedEvent> kicked;
    std::optional<ServerClosingEvent> closing;
};

/// What the end of a connection means: how it goes on, why, and the earliest moment.
struct Ending
{
    Link link = Link::Waiting; ///< Waiting, Kicked or Refused
    Cause cause = Cause::ConnectionLost;
    QString detail = {};
    Clock::Millis earliest {0}; ///< from now; 0: the back-off alone decides
};

/// The end of a connection that was up: \a closeCode as QWebSocket reports it.
Ending endingOfClose(int closeCode, const QString &reason, const LastWords &words);

/// The end of one that never came up, or broke.
Ending endingOfError(QAbstractSocket::SocketError error, bool wasConnected, const QString &text);

} // namespace Parlance
