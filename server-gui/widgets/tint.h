// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace Parlance {

/// What a colour means. It never says so alone: a word or a sign stands beside it.
enum class Hue { Good, Caution, Bad, Neutral };

/// The window's colour with a breath of \a hue: the palette's text stays readable on it, light or dark.
QColor tintedBackground(Hue hue, const QPalette &palette);

/// \a hue itself, for dots and edges on the palette's window or base.
QColor tintedMark(Hue hue, const QPalette &palette);

} // namespace Parlance
