// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "protocol/events.h"
#include "protocol/jsonwriter.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Parlance {

/// Server side: the JSON of one event, UTF-8, without a frame. An UnknownEvent cannot be encoded: empty.
QByteArray encodeEvent(const Event &event);

/// The JSON object of a message as REST shows it: the same keys as the event.
void writeMessage(JsonWriter &writer, const MessageView &message);
/// Appends the message's event as one text frame.
void appendMessageFrame(QByteArray &out, const MessageView &message);

/// The JSON object of an error for REST: {"error":{"code":…,"detail":…}}.
QByteArray encodeRestError(const Error &error);

/// Client side. Fails with BadRequest when \a json is no object or lacks what its type needs. A
/// message_type that this version does not know is an UnknownEvent.
Result<Event> decodeEvent(QByteArrayView json);

} // namespace Parlance
