// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

namespace Parlance::Client::Theme {

// Colours that the system's palette has no role for, derived from it so that light and dark follow.

bool isDark(const QPalette &palette);
/// \a share of \a over on \a base, 0 to 1.
QColor blend(const QColor &base, const QColor &over, double share);
/// For times and hints: dimmer than text, still at least 4.5 : 1 on the base.
QColor dimText(const QPalette &palette);
/// Hair lines between parts.
QColor line(const QPalette &palette);
/// The one accent: the palette's highlight.
QColor accent(const QPalette &palette);
/// The accent as text on the base, dark or light enough to read.
QColor accentText(const QPalette &palette);
QColor link(const QPalette &palette);
QColor warning(const QPalette &palette);
QColor danger(const QPalette &palette);
/// Always the same for one name; readable as text on the base.
QColor author(const QString &name, const QPalette &palette);
/// The ground of a round picture with the name's first letter; white reads well on it.
QColor picture(const QString &name);
/// The first letter of a name, as people count letters.
QString initial(const QString &name);

/// \a font times \a factor, in whichever unit it is measured.
QFont scaled(const QFont &font, double factor, QFont::Weight weight = QFont::Normal);

} // namespace Parlance::Client::Theme
