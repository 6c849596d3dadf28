// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace Parlance {

/// What happened, as one sentence for the operator.
QString errorText(ErrorCode code);

/// Why the server did not start, and what would help.
QString startFailureText(const Error &error, quint16 port);

/// What it means that messages cannot be stored, and what would help. \a code: Statistics::storageFault, not None.
QString storageFaultText(ErrorCode code);

} // namespace Parlance
