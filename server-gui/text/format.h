// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

/// Numbers and times in the words of the operator's language and region.
namespace Parlance::Format {

/// A whole number with the region's digit groups.
QString count(quint64 value);
/// Events per second: one decimal below ten, none above.
QString rate(double perSecond);
/// A size in KiB, MiB, GiB; a dash for 0, which stands for unknown.
QString bytes(qint64 size);
/// How long something took or lasts, in its two largest units: "2 h 5 min". \a ms in milliseconds.
QString duration(qint64 ms);
/// The local time of day with seconds. \a ms since the Unix epoch.
QString timeOfDay(qint64 ms);
/// The time of day for a moment of the day of \a now, else date and time. \a ms since the Unix epoch.
QString moment(qint64 ms, const QDateTime &now = QDateTime::currentDateTime());
/// Date and time with seconds, for tool tips.
QString fullMoment(qint64 ms);
/// "1 person", "12 people".
QString people(int number);
/// What stands where there is no value.
QString dash();

} // namespace Parlance::Format
