// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Parlance {

/// Foreign text made safe for one line of a table or sentence: line breaks become a visible arrow, other
/// control and direction characters go, at most four combining marks stay on one letter, and it is cut
/// with an ellipsis after \a maxChars UTF-16 units (never inside a surrogate pair).
QString visibleText(QStringView text, qsizetype maxChars = 300);

/// visibleText() between marks that keep its direction from reaching the sentence around it.
QString quoted(QStringView text, qsizetype maxChars = 80);

/// \a text for a tool tip, where Qt would otherwise take what looks like markup for markup.
QString plainToolTip(const QString &text);

} // namespace Parlance
