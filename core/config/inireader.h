// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace Parlance {

/// `key = value` below `[section]`; the section is empty before the first.
struct IniEntry
{
    QString section;
    QString key;
    QString value;
    int line = 0; ///< from 1

    friend bool operator==(const IniEntry &, const IniEntry &) = default;
};

struct IniFault
{
    int line = 0;
    QString what; ///< never contains the value of a line

    friend bool operator==(const IniFault &, const IniFault &) = default;
};

/// What a text holds, in its order. Entries are good even where there are faults in other lines; what stands
/// below a faulty section line is left out.
struct IniDocument
{
    QList<IniEntry> entries;
    QList<IniFault> faults; ///< at most kMaxIniFaults, then reading stops
};

inline constexpr int kMaxIniFaults = 50;

/// Reads UTF-8 text (a byte order mark is skipped, lines end with LF or CRLF). QSettings knows no line
/// numbers and skips what it does not understand; this reports every line.
///
/// A line is blank, a comment (`#` or `;` as its first character), a section or `key = value`. Blanks around
/// key and value are dropped. After a value, a `#` or `;` with a blank before it starts a comment. A value in
/// double quotes keeps its blanks and signs; inside, `\"` and `\\` stand for `"` and `\`.
IniDocument readIni(const QByteArray &text);

/// \a value as it must stand behind `key = ` to be read back; must not contain control characters.
QString iniValue(const QString &value);

} // namespace Parlance
