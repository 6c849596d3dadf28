// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "protocol/commands.h"
#include "protocol/limits.h"

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

/// Server side: one WebSocket text message to a command; \a maxDepth bounds the nesting of its JSON.
///
/// Faults: BadRequest (malformed, a missing or wrong field) and UnknownType. What the content may be is a
/// rule of the chat and not of the wire: it is passed on as it came.
DecodedCommand decodeCommand(QStringView json, int maxDepth = WireLimits::kJsonDepth);
/// The same for UTF-8, always with Qt's parser.
DecodedCommand decodeCommand(QByteArrayView json, int maxDepth = WireLimits::kJsonDepth);

/// Client side: the text of one WebSocket message.
QByteArray encodeCommand(const Command &command);

} // namespace Parlance
