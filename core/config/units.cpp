// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/units.h"

#include "config/configfault.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

struct Unit
{
    QLatin1StringView name;
    qint64 factor;
};

// Ascending: printing takes the largest that divides the value.
constexpr std::array<Unit, 4> kSizes {{
    {"B"_L1, 1},
    {"KiB"_L1, 1024},
    {"MiB"_L1, 1024 * 1024},
    {"GiB"_L1, 1024 * 1024 * 1024},
}};
constexpr std::array<Unit, 5> kDurations {{
    {"ms"_L1, 1},
    {"s"_L1, 1000},
    {"min"_L1, 60 * 1000},
    {"h"_L1, 60 * 60 * 1000},
    {"d"_L1, 24 * 60 * 60 * 1000},
}};

constexpr auto kIntegerForm = "a whole number"_L1;
constexpr auto kSizeForm = "a size such as 512B, 64KiB, 25MiB or 1GiB"_L1;
constexpr auto kDurationForm = "a time with its unit such as 500ms, 25s, 5min, 1h or 1d"_L1;
constexpr auto kRateForm = "a rate such as 10/60s (ten in sixty seconds) or off"_L1;
constexpr auto kBooleanForm = "true or false"_L1;

Error notA(QLatin1StringView form, QStringView text)
{
    if (text.isEmpty())
        return {ErrorCode::BadParameter, u"is empty but must be "_s + form};
    return {ErrorCode::BadParameter, u"must be "_s + form + ", not "_L1 + shown(text)};
}

Error tooLarge(QStringView text)
{
    return {ErrorCode::BadParameter, u"is too large with "_s + shown(text)};
}

/// QString::toLongLong takes signs, blanks and digits of other scripts; settings do not.
qsizetype leadingDigits(QStringView text)
{
    const auto end = std::find_if_not(text.cbegin(), text.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return end - text.cbegin();
}

Result<qint64> parseWithUnit(QStringView text, std::span<const Unit> units, QLatin1StringView plainUnit,
                             QLatin1StringView form)
{
    const QStringView trimmed = text.trimmed();
    const qsizetype digits = leadingDigits(trimmed);
    if (digits == 0)
        return notA(form, trimmed);
    const QStringView rest = trimmed.sliced(digits).trimmed();
    const QString written = rest.isEmpty() ? QString(plainUnit) : rest.toString();
    const auto unit = std::find_if(units.begin(), units.end(), [&written](const Unit &u) {
        return written.compare(u.name, Qt::CaseInsensitive) == 0;
    });
    if (unit == units.end())
        return notA(form, trimmed);
    bool fits = false;
    const qint64 number = trimmed.first(digits).toLongLong(&fits);
    if (!fits || number > std::numeric_limits<qint64>::max() / unit->factor)
        return tooLarge(trimmed);
    return number * unit->factor;
}

QString printWithUnit(qint64 value, std::span<const Unit> units)
{
    for (auto unit = units.rbegin(); unit != units.rend(); ++unit) {
        if (value % unit->factor == 0)
            return QString::number(value / unit->factor) + unit->name;
    }
    return QString::number(value);
}

} // namespace

Result<qint64> parseInteger(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    if (trimmed.isEmpty() || leadingDigits(trimmed) != trimmed.size())
        return notA(kIntegerForm, trimmed);
    bool fits = false;
    const qint64 number = trimmed.toLongLong(&fits);
    if (!fits)
        return tooLarge(trimmed);
    return number;
}

Result<qint64> parseSize(QStringView text)
{
    return parseWithUnit(text, kSizes, "B"_L1, kSizeForm);
}

QString printSize(qint64 bytes)
{
    return bytes == 0 ? u"0"_s : printWithUnit(bytes, kSizes);
}

Result<std::chrono::milliseconds> parseDuration(QStringView text)
{
    Result<qint64> millis = parseWithUnit(text, kDurations, {}, kDurationForm);
    if (!millis)
        return millis.error();
    return std::chrono::milliseconds {millis.value()};
}

QString printDuration(std::chrono::milliseconds duration)
{
    return duration.count() == 0 ? u"0s"_s : printWithUnit(duration.count(), kDurations);
}

Result<Rate> parseRate(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    if (trimmed.compare("off"_L1, Qt::CaseInsensitive) == 0)
        return Rate {};
    const qsizetype slash = trimmed.indexOf(u'/');
    if (slash < 0)
        return notA(kRateForm, trimmed);
    const Result<qint64> burst = parseInteger(trimmed.first(slash));
    const Result<std::chrono::milliseconds> period = parseDuration(trimmed.sliced(slash + 1));
    // A rate of zero would silently mean "no limit": whoever wants that says `off`.
    if (!burst || !period || burst.value() == 0 || period.value().count() == 0)
        return notA(kRateForm, trimmed);
    if (burst.value() > std::numeric_limits<int>::max())
        return tooLarge(trimmed);
    return Rate {int(burst.value()), period.value()};
}

QString printRate(const Rate &rate)
{
    if (rate.isOff())
        return u"off"_s;
    return QString::number(rate.burst) + u'/' + printDuration(rate.period);
}

Result<bool> parseBoolean(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    for (const QLatin1StringView word : {"true"_L1, "yes"_L1, "on"_L1, "1"_L1}) {
        if (trimmed.compare(word, Qt::CaseInsensitive) == 0)
            return true;
    }
    for (const QLatin1StringView word : {"false"_L1, "no"_L1, "off"_L1, "0"_L1}) {
        if (trimmed.compare(word, Qt::CaseInsensitive) == 0)
            return false;
    }
    return notA(kBooleanForm, trimmed);
}

QString printBoolean(bool value)
{
    return value ? u"true"_s : u"false"_s;
}

} // namespace Parlance
