// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QHashFunctions>
#include <QString>
#include <QStringView>

namespace Parlance {

namespace NameRules {
inline constexpr int kRoomNameMax = 64; ///< characters (code points)
inline constexpr int kUserNameMax = 32; ///< characters (code points)
inline constexpr int kMarksMax = 4; ///< combining marks in a row
}

/// A name that passed the rules: trimmed, NFC, letters, digits, marks, space and `. _ -` only, a letter or a digit
/// first, single spaces, no tower of marks.
///
/// Two names that look alike are equal: comparison and hash use the ICU skeleton of the folded text
/// (Unicode UTS #39), so "Anna", "anna" and "Аnna" with a Cyrillic А are one name. A default-made name
/// is null and belongs to nobody.
template <typename Tag>
class Name
{
public:
    Name() = default;

    bool isNull() const { return m_text.isEmpty(); }
    /// As the person wrote it: what to show.
    const QString &text() const { return m_text; }
    /// What makes it unique; never shown.
    const QString &key() const { return m_key; }

    friend bool operator==(const Name &a, const Name &b) { return a.m_key == b.m_key; }
    friend size_t qHash(const Name &name, size_t seed = 0) { return qHash(name.m_key, seed); }

    /// The rules of parse() applied to \a text; \a maxLength in code points, \a limit what it is called.
    static Result<Name> parse(QStringView text, int maxLength, const QString &field, Limit limit);

private:
    QString m_text;
    QString m_key;
};

using RoomName = Name<struct RoomNameTag>;
using UserName = Name<struct UserNameTag>;

/// Fails with ErrorCode::BadName; the detail says which rule was broken.
Result<RoomName> parseRoomName(QStringView text);
Result<UserName> parseUserName(QStringView text);

/// \a base with "-\a number" behind it, shortened so that it still fits into 32 characters.
UserName numberedName(const UserName &base, int number);

} // namespace Parlance

Q_DECLARE_METATYPE(Parlance::RoomName)
Q_DECLARE_METATYPE(Parlance::UserName)
