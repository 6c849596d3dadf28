// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "protocol/commands.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Parlance {

/// Why a command was refused, and which one: the cid is there as soon as it could be read, so that a
/// client's outbox knows what became of its message.
struct CommandFault
{
    Error error;
    QString cid;
};

using DecodedCommand = std::variant<Command, CommandFault>;

/// Server side: one WebSocket text message to a command. \a contentChars is limits.content_chars.
///
/// Faults: BadRequest (malformed, a missing or wrong field), UnknownType, TooLong (content in code points
/// after trimming). Content is trimmed here; empty content is no fault.
DecodedCommand decodeCommand(QByteArrayView json, int contentChars);

/// Client side: the text of one WebSocket message.
QByteArray encodeCommand(const Command &command);

} // namespace Parlance
