// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "storage/sqlsource.h"
#include "upkeep/progress.h"

#include <QIODevice>
#include <QStringList>

namespace Parlance {

/// What became of the lines of an import.
struct ImportReport
{
    qint64 imported = 0;
    qint64 known = 0; ///< were imported before
    qint64 refused = 0;
    QStringList reasons; ///< of the first kReasons refused lines: "line 12: …"
};

inline constexpr int kReasons = 20;

/// Puts the messages of \a in, one JSON object to a line as exportMessages() writes them, behind what is in \a source:
/// they get new ids and seqs, and keep room, name, text and time. The same line imported again changes nothing. Nobody is
/// their author in the sense that they could be edited. Lines that are no message are left out, or end the import where
/// \a isStrict: what was imported before stays.
///
/// No server may be at work on \a source. Progress is in bytes of \a in, where its size is known.
Result<ImportReport> importMessages(const SqlSource &source, QIODevice &in, bool isStrict, const Progress &progress = {});

} // namespace Parlance
