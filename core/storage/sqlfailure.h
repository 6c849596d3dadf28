// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/errorcode.h"
#include "storage/sqlsource.h"

namespace Parlance {

/// What a driver's own error number means for the chat: StorageFull, DataUnusable or Unavailable.
///
/// \a native is SQLite's (extended) result code in decimal (https://www.sqlite.org/rescode.html) or PostgreSQL's
/// SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html). Thread: any.
ErrorCode codeOfFailure(SqlDialect dialect, const QString &native);

} // namespace Parlance
