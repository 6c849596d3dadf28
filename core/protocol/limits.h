// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Parlance::WireLimits {

// The defaults of the contract; a server's own figures stand in `welcome` and /api/info.
inline constexpr int kMessageBytes = 64 * 1024; ///< one WebSocket message, bytes
inline constexpr int kContentChars = 4000; ///< content of a message, Unicode code points
inline constexpr int kCidChars = 64; ///< a client's message id, characters
inline constexpr int kMessageIdChars = 128; ///< what may name a message, characters
inline constexpr int kJsonDepth = 16; ///< nesting of objects and arrays
inline constexpr int kJsonKeys = 64; ///< keys in all objects of one command together
inline constexpr int kFaultsPerMinute = 20; ///< refused commands before the connection is closed
inline constexpr int kQuietRoom = 200; ///< members above which joins and leaves are told as `presence`
inline constexpr int kPageBytes = 256 * 1024; ///< one write of replayed history: Qt clients split at 512 KiB

/// The subprotocol of part B of the contract.
inline constexpr char kSubprotocol[] = "parlance.v1";

} // namespace Parlance::WireLimits
