// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "harness/lines.h"
#include "protocol/events.h"

namespace Parlance::Fuzz {

/// The event whose type stands in the first line and whose members, in the order of their declaration, in
/// those that follow. Values are kept within what the wire can carry. An unknown type makes an UnknownEvent.
Event eventFromLines(Lines &lines);

/// All members of an event as text, for comparing and printing.
QByteArray describeEvent(const Event &event);

} // namespace Parlance::Fuzz
