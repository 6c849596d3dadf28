// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "storage/datadirectory.h"

namespace Parlance {

/// Puts the backup \a file into the place of the database \a name in \a directory, which the caller holds, so that no
/// server is at work. Brings it up to date, and begins a new epoch.
///
/// What was there before is kept; its new name is returned, empty where there was nothing. Fails with DataUnusable where
/// the backup is damaged, foreign or of a newer program, StorageFull and Unavailable; nothing is changed then.
Result<QString> restoreDatabase(const DataDirectory &directory, const QString &name, const QString &file);

} // namespace Parlance
