// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/format.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Parlance::Format {

QString count(quint64 value)
{
    return QLocale().toString(value);
}

QString rate(double perSecond)
{
    const bool whole = perSecond >= 9.95 || perSecond < 0.05;
    return QLocale().toString(perSecond, 'f', whole ? 0 : 1);
}

QString bytes(qint64 size)
{
    return size > 0 ? QLocale().formattedDataSize(size, 1) : dash();
}

QString duration(qint64 ms)
{
    const qint64 seconds = qMax<qint64>(0, ms) / 1000;
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    const QLocale locale;
    if (minutes == 0)
        return QCoreApplication::translate("Format", "%1 s", "seconds").arg(locale.toString(seconds));
    if (hours == 0)
        return QCoreApplication::translate("Format", "%1 min %2 s", "minutes and seconds")
            .arg(locale.toString(minutes), locale.toString(seconds % 60));
    if (hours < 24)
        return QCoreApplication::translate("Format", "%1 h %2 min", "hours and minutes")
            .arg(locale.toString(hours), locale.toString(minutes % 60));
    return QCoreApplication::translate("Format", "%1 d %2 h", "days and hours")
        .arg(locale.toString(hours / 24), locale.toString(hours % 24));
}

QString timeOfDay(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toString(u"HH:mm:ss"_s);
}

QString moment(qint64 ms, const QDateTime &now)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms);
    if (time.date() == now.date())
        return timeOfDay(ms);
    return QLocale().toString(time, QLocale::ShortFormat);
}

QString fullMoment(qint64 ms)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms);
    return QLocale().toString(time.date(), QLocale::LongFormat) + u' ' + time.toString(u"HH:mm:ss"_s);
}

QString people(int number)
{
    // English has no plural file of its own, so the one that differs is a text of its own.
    if (number == 1)
        return QCoreApplication::translate("Format", "1 person");
    return QCoreApplication::translate("Format", "%Ln people", nullptr, number);
}

QString dash()
{
    return u"–"_s;
}

} // namespace Parlance::Format
