// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/netserver.h"

namespace Parlance {

/// Bytes of the body of /big: more than the kernel's buffers of both ends take.
inline constexpr qsizetype kBig = 24 * 1024 * 1024;

/// Routes for tests of HTTP: /echo/{text}, /big, /body (POST), /throw, /throw/odd. \a calls counts those to /big.
NetServer::Adjust withRoutes(int *calls = nullptr);

} // namespace Parlance
