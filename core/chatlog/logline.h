// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/message.h"

#include <QByteArray>

#include <optional>

namespace Parlance {

// A line of a chat log is the event that a client of parlance.v1 gets for the same entry of the history.

/// \a entry with a line feed. Reactions have lines of their own, so a message is without them.
QByteArray logLine(const Message &entry);

/// What a line says of itself.
struct LoggedEntry
{
    QString room;
    quint64 seq = 0;
    QString id; ///< of the message that it is or is about
};
/// Nothing where \a line is no whole line of a log.
std::optional<LoggedEntry> readLogLine(const QByteArray &line);

/// A line that says where a log has come to, and nothing else: what was said is too old to be kept.
QByteArray markLine(const LoggedEntry &entry);

/// Whether \a entry is a change after which an earlier text is not to be found any more.
bool replacesText(const Message &entry);
/// \a line, of the message that \a change is about or of an earlier change of it, as it has to be after \a change: without
/// the text that was replaced or taken back. The same line where \a change has nothing to do with it.
QByteArray afterChange(const QByteArray &line, const Message &change);

} // namespace Parlance
