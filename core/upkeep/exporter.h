// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/names.h"
#include "base/result.h"
#include "storage/sqlsource.h"
#include "upkeep/progress.h"

#include <QIODevice>
#include <QList>

namespace Parlance {

enum class ExportFormat {
    JsonLines, ///< one message to a line, as REST shows it
    Html, ///< one page that can be searched, with all it needs in it
    Csv, ///< RFC 4180, with a header; a cell that a spreadsheet would take for a formula gets an apostrophe in front
};

/// Writes all messages of \a rooms, or of every room where there is none named, to \a out, room by room, oldest first.
/// What was deleted is not among them. Progress is in messages.
///
/// Returns how many they were. NotFound for a room that was never written to; DataUnusable, StorageFull, Unavailable.
Result<qint64> exportMessages(const SqlSource &source, const QList<RoomName> &rooms, ExportFormat format, QIODevice &out,
                              const Progress &progress = {});

} // namespace Parlance
