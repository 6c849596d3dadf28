// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/config.h"

#include <QString>

namespace Parlance {

enum class Secrets {
    Hidden, ///< a setting whose value is a secret is printed as a comment without its value
    Shown, ///< for a file that only the server's own user can read
};

/// A complete INI file: every setting with its explanation, what may be written, its default and the value
/// that \a config has. Reading it back gives the same configuration, hidden secrets apart.
QString printIni(const Config &config, Secrets secrets = Secrets::Hidden);

} // namespace Parlance
