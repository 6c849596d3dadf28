// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QLoggingCategory>

namespace Parlance {

/// For the catch (...) around what a stranger can set off: writes what was thrown to the log, and gives the error
/// that the stranger is told, with the number by which the log's line is found. \a what failed, such as "a route".
/// Call it inside the catch block. Thread: any.
Error reportIncident(const QLoggingCategory &category, const char *what);

} // namespace Parlance
