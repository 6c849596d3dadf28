// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/theme.h"

#include <QCryptographicHash>
#include <QTextBoundaryFinder>

#include <cmath>

namespace Parlance::Client::Theme {

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

/// Moves \a color towards the text colour until it can be read on the base.
QColor readable(QColor color, const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    for (int step = 0; step < 12 && contrast(color, base) < 4.5; ++step)
        color = blend(color, text, 0.15);
    return color;
}

/// Stable over runs and machines, which qHash is not.
int hueOf(const QString &name)
{
    const QByteArray hash = QCryptographicHash::hash(name.toCaseFolded().toUtf8(), QCryptographicHash::Md5);
    return uchar(hash.at(3)) % 24 * 15;
}

} // namespace

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Base)) < 0.25;
}

QColor blend(const QColor &base, const QColor &over, double share)
{
    return QColor::fromRgbF(float(base.redF() + (over.redF() - base.redF()) * share),
                            float(base.greenF() + (over.greenF() - base.greenF()) * share),
                            float(base.blueF() + (over.blueF() - base.blueF()) * share));
}

QColor dimText(const QPalette &palette)
{
    return readable(blend(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.55), palette);
}

QColor line(const QPalette &palette)
{
    return blend(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.14);
}

QColor accent(const QPalette &palette)
{
    return palette.color(QPalette::Highlight);
}

QColor accentText(const QPalette &palette)
{
    return readable(accent(palette), palette);
}

QColor link(const QPalette &palette)
{
    return readable(palette.color(QPalette::Link), palette);
}

QColor warning(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xff, 0xc1, 0x5e) : QColor(0x8a, 0x55, 0x00);
}

QColor danger(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xff, 0x8a, 0x80) : QColor(0xb3, 0x26, 0x1e);
}

QColor author(const QString &name, const QPalette &palette)
{
    return readable(QColor::fromHsl(hueOf(name), 150, isDark(palette) ? 180 : 90), palette);
}

QColor picture(const QString &name)
{
    QColor color = QColor::fromHsl(hueOf(name), 105, 118);
    while (contrast(color, Qt::white) < 4.5)
        color = color.darker(108);
    return color;
}

QString initial(const QString &name)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, name);
    const qsizetype end = finder.toNextBoundary();
    return end <= 0 ? QString() : name.left(end).toUpper();
}

QFont scaled(const QFont &font, double factor, QFont::Weight weight)
{
    QFont result = font;
    if (font.pointSizeF() > 0)
        result.setPointSizeF(font.pointSizeF() * factor);
    else
        result.setPixelSize(std::max(1, int(std::lround(font.pixelSize() * factor))));
    result.setWeight(weight);
    return result;
}

} // namespace Parlance::Client::Theme
