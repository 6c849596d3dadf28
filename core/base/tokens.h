// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Parlance {

/// 32 random bytes of the system's generator as base64url: 43 characters, safe in a URL.
QString makeToken();

/// 16 random bytes in lower-case hexadecimal: an id that nobody can guess or repeat.
QString makeRandomId();

/// Whether \a token has the form of makeToken(). Says nothing about who made it.
bool isTokenForm(const QString &token);

/// SHA-256 in hexadecimal: what may be kept and compared where the token itself must not be.
QString tokenHash(const QString &token);

} // namespace Parlance
