// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <functional>

namespace Parlance {

/// Called now and then with how much of how much is done; \a total is an estimate, 0 where there is none. The unit is the
/// work's own. Thread: that of the work's caller.
using Progress = std::function<void(qint64 done, qint64 total)>;

} // namespace Parlance
