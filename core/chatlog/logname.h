// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/names.h"

#include <QDate>
#include <QString>

#include <optional>
#include <utility>

namespace Parlance {

/// The name of a room's folder, as far as it follows from the room's: letters, digits, marks, spaces, `.`, `_` and `-` stay,
/// everything else and what some system takes for its own (a dot at the end, CON) is percent-encoded. At most 200 bytes of UTF-8. Two rooms may come to the same name; LogShelf keeps them apart.
QString folderNameOf(const RoomName &room);

/// Which file of a room's folder.
struct LogFileName
{
    QDate date; ///< UTC
    int part = 1; ///< from 1: another one begins where the one before is full

    friend bool operator==(const LogFileName &, const LogFileName &) = default;
    /// In the order in which they are written.
    friend bool operator<(const LogFileName &a, const LogFileName &b) { return std::pair(a.date, a.part) < std::pair(b.date, b.part); }
    /// `2026-11-27.jsonl`, `2026-11-27.2.jsonl`
    QString text() const;
    /// Nothing where \a text is no such name.
    static std::optional<LogFileName> parse(const QString &text);
};

} // namespace Parlance
