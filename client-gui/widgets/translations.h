// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;
class QLocale;

namespace Parlance::Client {

/// Puts the program, and Qt's own buttons, into the language of \a locale where there is a translation.
/// Call before the first widget is made.
void installTranslations(QCoreApplication &app, const QLocale &locale);

} // namespace Parlance::Client
