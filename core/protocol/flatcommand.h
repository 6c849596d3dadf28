// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/commands.h"

#include <QStringView>

#include <optional>

namespace Parlance {

/// Whether \a text can be a client's message id: 1 to WireLimits::kCidChars printable ASCII characters.
bool isCid(QStringView text);

/// Reads a command in its usual form at a fifth of what a whole JSON document costs.
///
/// That form: one flat object with the keys type, content, cid and on, each at most once; strings without
/// escapes or control characters, true or false for `on`. Anything else is nullopt, which says nothing about
/// whether it is right: decodeCommand() then reads it with Qt's parser. What this does read, decodeCommand()
/// reads to the same value.
std::optional<Command> readFlatCommand(QStringView json);

} // namespace Parlance
