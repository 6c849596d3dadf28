// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QLoggingCategory>
#include <QString>

namespace Parlance {

Q_DECLARE_LOGGING_CATEGORY(lcApp) ///< start, stop, configuration
Q_DECLARE_LOGGING_CATEGORY(lcNet) ///< connections, refusals
Q_DECLARE_LOGGING_CATEGORY(lcChat) ///< joins, kicks, rooms
Q_DECLARE_LOGGING_CATEGORY(lcStore) ///< storage

enum class LogFormat { Plain, Json };
enum class LogLevel { Debug, Info, Warning, Error };

/// One line of the log, without a line feed.
///
/// Plain: `2026-11-22T09:30:00.123Z info  app  text`. JSON: an object with time, level, category and
/// message. In both every control character and U+2028/2029 is escaped, and the text is cut at 2,000
/// characters, so that nothing a person types can forge a line. Thread: any.
QByteArray formatLogLine(LogFormat format, QtMsgType type, const char *category, const QString &text);

/// Sends every Qt message to standard error in that format. Call once, before the first thread starts.
void installLogging(LogFormat format, LogLevel level);

} // namespace Parlance
