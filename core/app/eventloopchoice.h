// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/config.h"

namespace Parlance {

/// Makes \a kind the dispatcher of the main thread. Before the QCoreApplication exists.
void chooseEventLoop(EventLoopKind kind);

} // namespace Parlance
