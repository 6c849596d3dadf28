// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tint.h"

namespace Parlance {

namespace {

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

QColor mixed(const QColor &a, const QColor &b, float shareOfB)
{
    const auto channel = [shareOfB](float x, float y) { return x + (y - x) * shareOfB; };
    return QColor::fromRgbF(channel(a.redF(), b.redF()), channel(a.greenF(), b.greenF()), channel(a.blueF(), b.blueF()));
}

} // namespace

QColor tintedMark(Hue hue, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (hue) {
    case Hue::Good: return dark ? QColor(0x5b, 0xc8, 0x7a) : QColor(0x1c, 0x86, 0x3e);
    case Hue::Caution: return dark ? QColor(0xe8, 0xb3, 0x4a) : QColor(0xb4, 0x72, 0x00);
    case Hue::Bad: return dark ? QColor(0xf0, 0x6f, 0x6a) : QColor(0xc0, 0x2b, 0x2b);
    case Hue::Neutral: break;
    }
    return mixed(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.5F);
}

QColor tintedBackground(Hue hue, const QPalette &palette)
{
    return mixed(palette.color(QPalette::Window), tintedMark(hue, palette), isDark(palette) ? 0.22F : 0.14F);
}

} // namespace Parlance
