// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/namecollator.h"

namespace Parlance {

QCollator nameCollator()
{
    // The C locale sorts by code point and ignores both settings.
    const QLocale locale;
    QCollator collator(locale.language() == QLocale::C ? QLocale(QLocale::English) : locale);
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    return collator;
}

} // namespace Parlance
