// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/config.h"
#include "config/exitcodes.h"
#include "headless/ctl/arguments.h"

namespace Parlance {

/// How a command ended, and what there is to say about it.
struct ControlOutcome
{
    ExitCode code = ExitCode::Ok;
    QString text; ///< lines for people; empty: nothing
};

/// Does what \a arguments ask for with the data that \a config names. Waits for the disk; progress goes to stderr, where
/// that is a terminal.
ControlOutcome performControl(const ControlArguments &arguments, const Config &config);

} // namespace Parlance
