// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/names.h"

#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

struct SpoofCloser
{
    void operator()(USpoofChecker *checker) const { uspoof_close(checker); }
};

/// ICU allows any number of threads to use one checker through const functions.
const USpoofChecker *spoofChecker()
{
    static const std::unique_ptr<USpoofChecker, SpoofCloser> checker = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<USpoofChecker, SpoofCloser>(uspoof_open(&status));
    }();
    return checker.get();
}

/// Folded and reduced to its look (UTS #39).
icu::UnicodeString foldedLook(icu::UnicodeString text)
{
    text.foldCase(); // ICU's and not Qt's, which keeps the sharp s
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(spoofChecker(), 0, text, skeleton, &status);
    return U_FAILURE(status) ? text : skeleton.foldCase();
}

/// The identity of a name. A look may be a capital letter whose small one looks like something else still
/// ("0" is "O", so "o"; U+2107 is U+0190, so U+025B, so U+A793), so it is sought until it stays.
QString identityKey(const QString &text)
{
    constexpr int kRounds = 8; // three are enough for Unicode 15
    icu::UnicodeString key(reinterpret_cast<const char16_t *>(text.utf16()), int32_t(text.size()));
    for (int round = 0; round < kRounds; ++round) {
        icu::UnicodeString look = foldedLook(key);
        if (look == key)
            break;
        key = std::move(look);
    }
    return QString::fromUtf16(key.getBuffer(), key.length());
}

bool isAllowed(char32_t c)
{
    if (c == U' ' || c == U'.' || c == U'_' || c == U'-')
        return true;
    switch (QChar::category(c)) {
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
        return true;
    default:
        return false;
    }
}

/// Letters of Unicode's categories that render as nothing; they would make two names look the same.
bool isInvisible(char32_t c)
{
    return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x034F || (c >= 0xFE00 && c <= 0xFE0F)
        || (c >= 0xE0100 && c <= 0xE01EF) || c == 0x17B4 || c == 0x17B5 || (c >= 0x180B && c <= 0x180F);
}

/// Marks stack up, and a tower of them reaches over the lines around it.
bool hasTower(const QList<uint> &points)
{
    int marks = 0;
    for (const uint c : points) {
        marks = QChar::isMark(c) ? marks + 1 : 0;
        if (marks > NameRules::kMarksMax)
            return true;
    }
    return false;
}

/// One space for several, which nobody can tell apart. Other white space is not allowed in a name anyway.
QString withSingleSpaces(QString text)
{
    while (text.contains("  "_L1))
        text.replace("  "_L1, " "_L1);
    return text;
}

QString describe(char32_t c)
{
    return u"U+%1"_s.arg(uint(c), 4, 16, QChar(u'0')).toUpper();
}

} // namespace

template <typename Tag>
Result<Name<Tag>> Name<Tag>::parse(QStringView text, int maxLength, const QString &field, Limit limit)
{
    const auto fail = [&field](const QString &detail) { return Error {ErrorCode::BadName, detail, field}; };
    const auto tooLong = [&] {
        Error error = fail(u"%1 must have at most %2 characters"_s.arg(field).arg(maxLength));
        error.limit = limit;
        return error;
    };

    // A name is bounded before it is normalised, so that no input makes ICU work long.
    if (text.size() > maxLength * 8)
        return tooLong();
    const QString clean = withSingleSpaces(text.trimmed().toString().normalized(QString::NormalizationForm_C));
    const QList<uint> points = clean.toUcs4();
    if (points.isEmpty())
        return fail(u"%1 must not be empty"_s.arg(field));
    if (points.size() > maxLength)
        return tooLong();
    for (const uint c : points) {
        if (!isAllowed(c) || isInvisible(c))
            return fail(u"%1 may have letters, digits, spaces and . _ - only, not %2"_s.arg(field, describe(c)));
    }
    if (!QChar::isLetterOrNumber(points.constFirst())) // "." and ".." are no names either
        return fail(u"%1 must start with a letter or a digit"_s.arg(field));
    if (hasTower(points))
        return fail(u"%1 may have at most %2 marks in a row"_s.arg(field).arg(NameRules::kMarksMax));

    Name name;
    name.m_text = clean;
    name.m_key = identityKey(clean);
    return name;
}

Result<RoomName> parseRoomName(QStringView text)
{
    return RoomName::parse(text, NameRules::kRoomNameMax, u"room"_s, Limit::RoomNameChars);
}

Result<UserName> parseUserName(QStringView text)
{
    return UserName::parse(text, NameRules::kUserNameMax, u"username"_s, Limit::UserNameChars);
}

UserName numberedName(const UserName &base, int number)
{
    const QString suffix = u"-%1"_s.arg(number);
    QList<uint> points = base.text().toUcs4();
    points.resize(qMin(points.size(), NameRules::kUserNameMax - suffix.size()));
    const QString text = QString::fromUcs4(reinterpret_cast<const char32_t *>(points.constData()), points.size());
    return parseUserName(text.trimmed() + suffix).take();
}

} // namespace Parlance
