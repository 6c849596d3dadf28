// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "storage/sqlsource.h"
#include "upkeep/progress.h"

namespace Parlance {

/// Copies the SQLite database \a source, as it is at this moment, to \a file, and looks whether the copy is whole. A
/// server may go on writing meanwhile. Progress is in bytes.
///
/// Fails with Conflict where \a file is there, unless \a mayReplace; DataUnusable for a damaged or foreign source;
/// StorageFull; Unavailable, also for PostgreSQL, which has tools of its own.
Status backUpDatabase(const SqlSource &source, const QString &file, bool mayReplace, const Progress &progress = {});

} // namespace Parlance
