// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace Parlance {

/// Characters as people and the wire contract count them: Unicode code points. Half a surrogate pair that
/// stands alone counts as one, as the replacement character that it becomes on the wire does.
inline qsizetype codePointCount(QStringView text)
{
    qsizetype pairs = 0;
    for (qsizetype i = 1; i < text.size(); ++i)
        pairs += text[i].isLowSurrogate() && text[i - 1].isHighSurrogate() ? 1 : 0;
    return text.size() - pairs;
}

/// More characters than \a most? Counts only where the size in UTF-16 does not tell.
inline bool isLongerThan(QStringView text, qsizetype most)
{
    return text.size() > most && codePointCount(text) > most;
}

/// \a text as every store can keep it and every client gets it: U+0000, which PostgreSQL does not take, and half a
/// surrogate pair, which has no UTF-8, become U+FFFD. Nearly always the same text.
QString storable(QString text);

} // namespace Parlance
