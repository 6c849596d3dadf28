// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "headless/ctl/commands.h"

namespace Parlance {

/// What the server that has \a directory says to `status` and `who`.
ControlOutcome askServer(const ControlArguments &arguments, const QString &directory);

} // namespace Parlance
