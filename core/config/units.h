// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/rate.h"
#include "base/result.h"

#include <QString>
#include <QStringView>

#include <chrono>

namespace Parlance {

// How numbers are written in settings. Every parse takes the whole text or fails: no signs, no fractions, no
// trailing junk, no overflow. Blanks around the text and before a unit are skipped, and units may be written
// in any case. Failures are ErrorCode::BadParameter, and the detail reads on from the name of what was
// parsed ("must be a whole number, not “x”"). What a print function gives, its parse takes back unchanged.

/// Decimal digits: 0 to 2^63-1.
Result<qint64> parseInteger(QStringView text);

/// Bytes: `B`, `KiB`, `MiB`, `GiB`, or a plain number of bytes.
Result<qint64> parseSize(QStringView text);
QString printSize(qint64 bytes);

/// A number with its unit: `ms`, `s`, `min`, `h`, `d`.
Result<std::chrono::milliseconds> parseDuration(QStringView text);
QString printDuration(std::chrono::milliseconds duration);

/// `BURST/PERIOD`, for example 10/60s: ten in sixty seconds; or `off` for no limit.
Result<Rate> parseRate(QStringView text);
QString printRate(const Rate &rate);

/// `true yes on 1` or `false no off 0`.
Result<bool> parseBoolean(QStringView text);
QString printBoolean(bool value);

} // namespace Parlance
