// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqlsource.h"
#include "base/result.h"
#include "upkeep/progress.h"

#include <QStringList>

namespace Parlance {

/// What a look through a database found.
struct CheckReport
{
    int version = 0; ///< of its tables
    int rooms = 0;
    qint64 messages = 0; ///< rows: changes of messages count too
    QStringList problems; ///< one line each; empty: it is whole
};

/// Looks whether \a source is whole: the file itself (SQLite), the seqs of each room without gaps up to its head, and
/// every change's message. Reads all of it. Fails with DataUnusable for what is no Parlance database, and Unavailable.
Result<CheckReport> checkDatabase(const SqlSource &source, const Progress &progress = {});

} // namespace Parlance
