// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Parlance {

/// RFC 3339 in UTC with milliseconds: "2026-11-22T09:30:00.123Z". \a msecs since the Unix epoch, in the
/// years 1 to 9999 (anything outside is clamped).
QByteArray formatTimestamp(qint64 msecs);
inline constexpr int kTimestampBytes = 24;
/// The same into \a out, kTimestampBytes without an end.
void writeTimestamp(qint64 msecs, char *out);

/// Milliseconds since the Unix epoch; nothing when \a text is no RFC 3339 time, or one that is
/// not within the years 1 to 9999 in UTC.
std::optional<qint64> parseTimestamp(const QString &text);

} // namespace Parlance
