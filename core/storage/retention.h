// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Parlance {

/// How much of the history is kept; 0: without bound. A plain value. Thread: any; hand out copies.
struct Retention
{
    qint64 ageMs = 0; ///< of a message, in milliseconds
    qint64 perRoom = 0; ///< messages of each room
    qint64 bytes = 0; ///< what the file takes but for its free pages (SQLite only)

    bool isUnbounded() const { return ageMs <= 0 && perRoom <= 0 && bytes <= 0; }
};

} // namespace Parlance
