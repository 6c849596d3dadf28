// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/timestamp.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>

namespace Parlance {

namespace {

// Qt knows no year 0, and RFC 3339 has four digits for a year.
constexpr qint64 kFirst = -62135596800000; // 0001-01-01
constexpr qint64 kLast = 253402300799999; // 9999-12-31

char *putNumber(char *out, int value, int digits)
{
    for (int i = digits - 1; i >= 0; --i) {
        out[i] = char('0' + value % 10);
        value /= 10;
    }
    return out + digits;
}

} // namespace

// By hand and not with QDateTime: this runs once per message, and QDateTime takes a microsecond.
void writeTimestamp(qint64 msecs, char *out)
{
    using namespace std::chrono;
    const sys_time<milliseconds> time {milliseconds(std::clamp(msecs, kFirst, kLast))};
    const auto day = floor<days>(time);
    const year_month_day date {day};
    const hh_mm_ss clock {time - day};

    out = putNumber(out, int(date.year()), 4);
    *out++ = '-';
    out = putNumber(out, int(unsigned(date.month())), 2);
    *out++ = '-';
    out = putNumber(out, int(unsigned(date.day())), 2);
    *out++ = 'T';
    out = putNumber(out, int(clock.hours().count()), 2);
    *out++ = ':';
    out = putNumber(out, int(clock.minutes().count()), 2);
    *out++ = ':';
    out = putNumber(out, int(clock.seconds().count()), 2);
    *out++ = '.';
    out = putNumber(out, int(clock.subseconds().count()), 3);
    *out = 'Z';
}

QByteArray formatTimestamp(qint64 msecs)
{
    QByteArray text(kTimestampBytes, Qt::Uninitialized);
    writeTimestamp(msecs, text.data());
    return text;
}

std::optional<qint64> parseTimestamp(const QString &text)
{
    // Qt takes a time without a zone for local time, and a date alone for its midnight.
    constexpr qsizetype kShortest = 20; // 2026-11-22T09:30:00Z
    const qsizetype size = text.size();
    if (size < kShortest || (!text.endsWith(u'Z', Qt::CaseInsensitive) && text[size - 6] != u'+' && text[size - 6] != u'-'))
        return std::nullopt;
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid())
        return std::nullopt;
    const qint64 msecs = time.toMSecsSinceEpoch();
    if (msecs < kFirst || msecs > kLast) // by its zone
        return std::nullopt;
    return msecs;
}

} // namespace Parlance
