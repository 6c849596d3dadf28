// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/info.h"
#include "model/message.h"
#include "protocol/events.h"

namespace Parlance {

// From the chat's values to the wire's; model and protocol do not know each other.

/// Something said.
MessageEvent toWire(const Message &message);
/// Any entry of a history: the message, or the event that tells the change.
Event eventOf(const Message &entry);
/// For encoding at once: valid as long as \a message stays as it is.
MessageView viewOf(const Message &message);
/// Appends something said as one text frame.
void appendMessage(QByteArray &frames, const Message &message);
QString toWire(Severity severity);
NoticeEvent toWire(const Notice &notice, qint64 timestamp);

} // namespace Parlance
