// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/config.h"
#include "model/limits.h"
#include "net/netlimits.h"
#include "protocol/events.h"

namespace Parlance {

// From the settings to what each room of the house wants to know.

ModelLimits modelLimits(const Config &config);
NetLimits netLimits(const Config &config);
LimitsInfo wireLimits(const Config &config);

} // namespace Parlance
