// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace Parlance {

enum class Glyph { Start, Stop, Notice, Code, Overview, Rooms, People, Messages, Copy, Open, Kick, Close, Down, Filter };

/// A line drawing in the palette's text colour, sharp at any size, following light and dark as they change.
QIcon icon(Glyph glyph);

} // namespace Parlance
