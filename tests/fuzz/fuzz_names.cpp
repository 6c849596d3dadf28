// SPDX-License-Identifier: GPL-3.0-or-later
// The text rules: what is shown never has a forbidden character, is in normal form and stays what it is;
// names that are one stay one however they are written; looking alike is an equivalence. ICU is asked, not
// Qt.
#include "base/names.h"
#include "base/text.h"
#include "harness/check.h"
#include "harness/lines.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

using namespace Parlance;

namespace {

constexpr uint32_t kAllowed = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK;

icu::UnicodeString toIcu(const QString &text)
{
    return icu::UnicodeString(reinterpret_cast<const char16_t *>(text.utf16()), int32_t(text.size()));
}

QString fromIcu(const icu::UnicodeString &text)
{
    return QString::fromUtf16(text.getBuffer(), text.length());
}

QByteArray show(const QString &text)
{
    QByteArray shown = text.toUtf8() + " =";
    for (const uint c : text.toUcs4())
        shown += " U+" + QByteArray::number(c, 16).toUpper();
    return shown + '\n';
}

void checkShown(const QString &text, int most)
{
    const icu::UnicodeString name = toIcu(text);
    FUZZ_CHECK(name.countChar32() >= 1 && name.countChar32() <= most, show(text));
    FUZZ_CHECK(text.front().isSurrogate() || text.front().isLetterOrNumber(), show(text));
    FUZZ_CHECK(!text.contains(QStringLiteral("  ")), show(text));
    FUZZ_CHECK(text.front() != QChar(u' ') && text.back() != QChar(u' '), show(text));
    for (int32_t i = 0; i < name.length(); i = name.moveIndex32(i, 1)) {
        const UChar32 c = name.char32At(i);
        const bool isPlain = c == u' ' || c == u'.' || c == u'_' || c == u'-';
        FUZZ_CHECK(isPlain || (U_MASK(u_charType(c)) & kAllowed), show(text));
        FUZZ_CHECK(!u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT),
                   show(text)); // renders as nothing
        FUZZ_CHECK(!u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL), show(text));
        FUZZ_CHECK(c == u' ' || !u_isUWhiteSpace(c), show(text));
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2 *nfc = icu::Normalizer2::getNFCInstance(status);
    FUZZ_CHECK(U_SUCCESS(status) && nfc->isNormalized(name, status), show(text));
}

/// Another way to write the same name: the same name again, or refused (it may have grown too long).
void checkVariant(const UserName &name, const QString &variant, const char *what)
{
    const Result<UserName> other = parseUserName(variant);
    FUZZ_CHECK(!other || other.value() == name,
               QByteArray(what) + ": " + show(name.text()) + show(variant) + show(name.key())
                   + show(other.value().key()));
}

void checkVariants(const UserName &name)
{
    const Result<UserName> again = parseUserName(name.text());
    FUZZ_CHECK(again && again.value().text() == name.text() && again.value().key() == name.key(),
               show(name.text()));
    const icu::UnicodeString text = toIcu(name.text());
    checkVariant(name, fromIcu(icu::UnicodeString(text).foldCase()), "folded");
    checkVariant(name, fromIcu(icu::UnicodeString(text).toLower(icu::Locale::getRoot())), "small letters");
    checkVariant(name, fromIcu(icu::UnicodeString(text).toUpper(icu::Locale::getRoot())), "capital letters");
    checkVariant(name, name.text().normalized(QString::NormalizationForm_D), "decomposed");
    checkVariant(name, u' ' + name.text() + u'\t', "with blanks around");
    // Whoever is called like somebody's key looks like them.
    checkVariant(name, name.key(), "key");
}

void checkNumbered(const UserName &name)
{
    QStringList keys{name.key()};
    for (const int number : {2, 3, 10, 11, 999}) {
        const UserName numbered = numberedName(name, number);
        checkShown(numbered.text(), NameRules::kUserNameMax);
        FUZZ_CHECK(numbered.text().endsWith(u'-' + QString::number(number)), show(numbered.text()));
        FUZZ_CHECK(!keys.contains(numbered.key()) || numbered.text() == name.text(),
                   show(name.text()) + show(numbered.text()));
        keys << numbered.key();
    }
}

void checkCount(const QString &text)
{
    const QByteArray utf8 = Fuzz::withoutLoneSurrogates(text).toUtf8();
    const auto starts = std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; });
    FUZZ_CHECK(codePointCount(text) == starts, show(text));
}

Result<UserName> check(const QString &text)
{
    checkCount(text);
    Result<UserName> name = parseUserName(text);
    const Result<RoomName> room = parseRoomName(text);
    FUZZ_CHECK(room || !name, show(text)); // a room's name may be longer, nothing else
    if (room)
        checkShown(room.value().text(), NameRules::kRoomNameMax);
    if (!name) {
        FUZZ_CHECK(name.error().code == ErrorCode::BadName && !name.error().detail.isEmpty(), show(text));
        return name;
    }
    FUZZ_CHECK(!name.value().isNull() && !name.value().key().isEmpty(), show(text));
    FUZZ_CHECK(room.value().text() == name.value().text() && room.value().key() == name.value().key(),
               show(text));
    checkShown(name.value().text(), NameRules::kUserNameMax);
    checkVariants(name.value());
    checkNumbered(name.value());
    return name;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Fuzz::Lines lines(QByteArrayView(reinterpret_cast<const char *>(data), qsizetype(size)));
    QList<UserName> names;
    while (!lines.atEnd() && names.size() < 8) {
        if (const Result<UserName> name = check(lines.text()))
            names << name.value();
    }
    for (const UserName &a : std::as_const(names)) {
        for (const UserName &b : std::as_const(names)) {
            FUZZ_CHECK((a == b) == (b == a) && (a != b || qHash(a, 7) == qHash(b, 7)),
                       show(a.text()) + show(b.text()));
            for (const UserName &c : std::as_const(names))
                FUZZ_CHECK(a != b || b != c || a == c, show(a.text()) + show(b.text()) + show(c.text()));
        }
    }
    return 0;
}
