// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace Parlance::Bench {

/// How much one read takes, and how long a frame may be.
constexpr size_t kSwarmBufferBytes = 256 * 1024;
constexpr size_t kMaxFrameBytes = 1024 * 1024;

} // namespace Parlance::Bench
