// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>

class QCoreApplication;

namespace Parlance {

/// Makes \a application speak the language of \a locale, Qt's own texts included where they are installed.
/// False where there is no translation of the console for it: then it speaks English.
bool installTranslations(QCoreApplication &application, const QLocale &locale);

} // namespace Parlance
