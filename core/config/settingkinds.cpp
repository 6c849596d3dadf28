// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/settingkinds.h"

#include "config/units.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace Parlance::SettingKinds {

using std::chrono::milliseconds;

namespace {

constexpr int kMostBurst = 1'000'000;
constexpr milliseconds kLongestPeriod = std::chrono::hours(24);

Error bad(QString detail)
{
    return {ErrorCode::BadParameter, std::move(detail)};
}

template <typename T>
Kind<T> ranged(QLatin1StringView what, T least, T most, std::function<Result<T>(const QString &)> parse,
               std::function<QString(const T &)> print)
{
    const QString form = u"%1, %2 to %3"_s.arg(what, print(least), print(most));
    const auto check = [least, most, print](const T &value) -> Status {
        if (value >= least && value <= most)
            return {};
        return bad(u"must be %1 to %2, not %3"_s.arg(print(least), print(most), print(value)));
    };
    return {form, std::move(parse), print, check};
}

template <typename Int>
Kind<Int> integer(Int least, Int most)
{
    const auto print = [](const Int &value) { return QString::number(value); };
    const auto parse = [least, most](const QString &written) -> Result<Int> {
        const Result<qint64> parsed = parseInteger(written);
        if (!parsed)
            return parsed.error();
        if (parsed.value() > std::numeric_limits<Int>::max()) // it would wrap into the range
            return bad(u"must be %1 to %2, not %3"_s.arg(least).arg(most).arg(parsed.value()));
        return Int(parsed.value());
    };
    return ranged<Int>("number"_L1, least, most, parse, print);
}

} // namespace

Kind<int> number(int least, int most)
{
    return integer<int>(least, most);
}

Kind<quint16> port()
{
    return integer<quint16>(0, 65535);
}

Kind<qint64> size(qint64 least, qint64 most)
{
    return ranged<qint64>("size"_L1, least, most, [](const QString &written) { return parseSize(written); },
                          [](const qint64 &value) { return printSize(value); });
}

Kind<milliseconds> duration(milliseconds least, milliseconds most)
{
    return ranged<milliseconds>("time"_L1, least, most, [](const QString &written) { return parseDuration(written); },
                                [](const milliseconds &value) { return printDuration(value); });
}

Kind<Rate> rate()
{
    const auto check = [](const Rate &value) -> Status {
        if (value.burst > kMostBurst || value.period > kLongestPeriod)
            return bad(u"must be at most %1 in at most 1d"_s.arg(kMostBurst));
        return {};
    };
    return {u"BURST/PERIOD, or off"_s, [](const QString &written) { return parseRate(written); },
            [](const Rate &value) { return printRate(value); }, check};
}

Kind<QString> text(const QString &form, Status (*check)(const QString &))
{
    return {form, [](const QString &written) { return Result<QString>(written); },
            [](const QString &value) { return value; }, check};
}

Kind<QStringList> list(const QString &form, Status (*check)(const QStringList &))
{
    const auto parse = [](const QString &written) -> Result<QStringList> {
        QStringList parts = written.isEmpty() ? QStringList() : written.split(u',');
        for (QString &part : parts)
            part = part.trimmed();
        return parts;
    };
    return {form, parse, [](const QStringList &value) { return value.join(u", "_s); }, check};
}

} // namespace Parlance::SettingKinds
