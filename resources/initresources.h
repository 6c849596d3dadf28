// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Parlance {

/// Makes `:/web/…` and `:/openapi.json` known to QFile. Any thread; may be called more than once.
void initResources();

} // namespace Parlance
