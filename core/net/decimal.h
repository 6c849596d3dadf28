// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <algorithm>
#include <optional>

namespace Parlance {

/// The number that \a text is, if it is nothing but ASCII digits and fits. Qt's own conversions take signs
/// and white space as well.
inline std::optional<quint64> parseDecimal(QStringView text)
{
    if (!std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; }))
        return std::nullopt;
    bool ok = false;
    const quint64 number = text.toULongLong(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

} // namespace Parlance
