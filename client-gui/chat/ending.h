// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client-gui/chat/connectionstate.h"
#include "protocol/events.h"

#include <QAbstractSocket>

#include <optional>

namespace Parlance::Client {

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

/// The end of one that never came up. \a answered: somebody took the connection but did not upgrade it;
/// \a httpStatus is what they said instead, 0 where it is not known.
Ending endingOfAttempt(QAbstractSocket::SocketError error, bool answered, int httpStatus, const QString &text);

} // namespace Parlance::Client
