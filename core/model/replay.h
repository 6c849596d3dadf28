// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/message.h"

#include <QString>

namespace Parlance {

class Room;

/// Messages of a room for somebody who comes, or comes back.
struct Replay
{
    enum class Gap {
        None, ///< the messages continue where the client was
        Fresh, ///< the client asked for no particular place
        Epoch, ///< seq started anew since the client was here
        Retention, ///< what the client missed is partly gone
        Ahead, ///< the client knows more than the room has
    };
    Gap gap = Gap::Fresh;
    quint64 after = 0; ///< everything with a seq above it is the client's
    MessageList messages; ///< oldest first, from \a after on
    bool isInStore = false; ///< the oldest of it is not at hand: messages is empty, and the store has to be asked
    bool complete = true; ///< nothing older exists, or the client has it
};

/// What a client gets that was at \a since of \a epoch, or the newest \a count without \a epoch or after a gap.
Replay replayOf(const Room &room, quint64 since, const QString &epoch, int count);

} // namespace Parlance
