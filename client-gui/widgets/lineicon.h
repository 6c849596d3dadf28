// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace Parlance::Client {

enum class LineShape { Menu, People, Send, Plus, Close, ArrowDown };

/// A small drawing in the palette's text colour, sharp at every scale, light and dark followed live.
QIcon lineIcon(LineShape shape);

/// The program's own icon, the same as the page has. \a badge: with a dot for unread messages.
QIcon appIcon(bool badge = false);

} // namespace Parlance::Client
