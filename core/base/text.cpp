// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"

namespace Parlance {

QString storable(QString text)
{
    constexpr QChar kNull(u'\0');
    if (text.isValidUtf16() && !text.contains(kNull))
        return text;
    const qsizetype size = text.size();
    for (qsizetype i = 0; i < size; ++i) {
        const QChar c = text.at(i);
        if (c.isHighSurrogate() && i + 1 < size && text.at(i + 1).isLowSurrogate())
            ++i;
        else if (c.isSurrogate() || c == kNull)
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace Parlance
