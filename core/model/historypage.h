// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/messagestore.h"

#include <optional>

namespace Parlance {

class Room;

/// What \a query finds among the messages that \a room has at hand; nothing where some of it may be in the store alone.
std::optional<HistoryPage> pageAtHand(const Room &room, const HistoryQuery &query);

/// What one message takes of HistoryQuery::bytes.
qint64 pageBytes(const Message &message);

} // namespace Parlance
