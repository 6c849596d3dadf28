// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"

#include <QList>

namespace Parlance {

/// \a sessions as a table for a spreadsheet: RFC 4180, a heading first, times in ISO 8601 UTC. Cells that a
/// spreadsheet would take for a formula start with an apostrophe, since names and agents are foreign text.
QString sessionsAsCsv(const QList<SessionInfo> &sessions);

} // namespace Parlance
