// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QStringView>

namespace Parlance {

/// The one of \a known that somebody who wrote \a typed most likely meant: the same letters apart from case
/// and separators, the last part of a dotted name, or few slips of the keyboard away. Empty when none is near.
QString nearestName(QStringView typed, const QStringList &known);

} // namespace Parlance
