// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/errorcode.h"
#include "protocol/closecode.h"

namespace Parlance {

/// The close code that says to a parlance.v1 client what HTTP says with a status.
CloseCode closeCodeFor(ErrorCode code);

} // namespace Parlance
