// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/timestamp.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTest>

#include <limits>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestTimestamp : public QObject
{
    Q_OBJECT

private slots:
    void format_data();
    void format();
    void likeQDateTime();
    void leapDays();
    void roundTrip();
    void parse_data();
    void parse();
    void refused_data();
    void refused();
};

namespace {

constexpr qint64 kYear1 = -62135596800000;
constexpr qint64 kLast = 253402300799999; // 9999-12-31T23:59:59.999Z

QByteArray byQt(qint64 msecs)
{
    return QDateTime::fromMSecsSinceEpoch(msecs, Qt::UTC).toString(Qt::ISODateWithMs).toLatin1();
}

} // namespace

void TestTimestamp::format_data()
{
    QTest::addColumn<qint64>("msecs");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("epoch") << qint64(0) << QByteArray("1970-01-01T00:00:00.000Z");
    QTest::newRow("one before") << qint64(-1) << QByteArray("1969-12-31T23:59:59.999Z");
    QTest::newRow("contract") << qint64(1795339800123) << QByteArray("2026-11-22T09:30:00.123Z");
    QTest::newRow("year 1") << kYear1 << QByteArray("0001-01-01T00:00:00.000Z");
    QTest::newRow("below") << kYear1 - 1 << QByteArray("0001-01-01T00:00:00.000Z");
    QTest::newRow("least") << std::numeric_limits<qint64>::min() << QByteArray("0001-01-01T00:00:00.000Z");
    QTest::newRow("last") << kLast << QByteArray("9999-12-31T23:59:59.999Z");
    QTest::newRow("above") << kLast + 1 << QByteArray("9999-12-31T23:59:59.999Z");
    QTest::newRow("most") << std::numeric_limits<qint64>::max() << QByteArray("9999-12-31T23:59:59.999Z");
}

void TestTimestamp::format()
{
    QFETCH(qint64, msecs);
    QTEST(formatTimestamp(msecs), "expected");
}

void TestTimestamp::likeQDateTime()
{
    QRandomGenerator64 random(3);
    for (int i = 0; i < 20000; ++i) {
        const qint64 msecs = kYear1 + qint64(random.generate64() % quint64(kLast - kYear1));
        QCOMPARE(formatTimestamp(msecs), byQt(msecs));
    }
}

void TestTimestamp::leapDays()
{
    for (const int year : {4, 100, 400, 1600, 1700, 1900, 1972, 2000, 2024, 2100, 9996}) {
        qint64 moment = QDateTime(QDate(year, 2, 28), QTime(23, 59, 59, 999), Qt::UTC).toMSecsSinceEpoch();
        QCOMPARE(formatTimestamp(moment), byQt(moment));
        ++moment;
        QCOMPARE(formatTimestamp(moment), byQt(moment));
        QCOMPARE(formatTimestamp(moment).mid(4, 6), QDate::isLeapYear(year) ? QByteArray("-02-29") : QByteArray("-03-01"));
    }
}

void TestTimestamp::roundTrip()
{
    QRandomGenerator64 random(4);
    for (int i = 0; i < 2000; ++i) {
        const qint64 msecs = kYear1 + qint64(random.generate64() % quint64(kLast - kYear1));
        const std::optional<qint64> back = parseTimestamp(QString::fromLatin1(formatTimestamp(msecs)));
        QVERIFY(back);
        QCOMPARE(*back, msecs);
    }
}

void TestTimestamp::parse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("contract") << u"2026-11-22T09:30:00.123Z"_s << qint64(1795339800123);
    QTest::newRow("no fraction") << u"2026-11-22T09:30:00Z"_s << qint64(1795339800000);
    QTest::newRow("one digit of fraction") << u"2026-11-22T09:30:00.1Z"_s << qint64(1795339800100);
    QTest::newRow("east") << u"2026-11-22T10:30:00.123+01:00"_s << qint64(1795339800123);
    QTest::newRow("west") << u"2026-11-22T04:00:00.123-05:30"_s << qint64(1795339800123);
    QTest::newRow("first") << u"0001-01-01T00:00:00.000Z"_s << kYear1;
    QTest::newRow("last") << u"9999-12-31T23:59:59.999Z"_s << kLast;
    QTest::newRow("small letters") << u"2026-11-22t09:30:00.123z"_s << qint64(1795339800123);
}

void TestTimestamp::parse()
{
    QFETCH(QString, text);
    const std::optional<qint64> time = parseTimestamp(text);
    QVERIFY(time);
    QTEST(*time, "expected");
}

void TestTimestamp::refused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("no time") << u"2026-11-22"_s;
    QTest::newRow("no zone: whose noon would it be") << u"2026-11-22T12:00:00.000"_s;
    QTest::newRow("thirteenth month") << u"2026-13-22T09:30:00Z"_s;
    QTest::newRow("30 February") << u"2026-02-30T09:30:00Z"_s;
    QTest::newRow("hour 25") << u"2026-11-22T25:30:00Z"_s;
    QTest::newRow("minute 60") << u"2026-11-22T09:60:00Z"_s;
    QTest::newRow("year 0") << u"0000-12-31T23:59:59.999Z"_s;
    QTest::newRow("year 0 by its zone") << u"0001-01-01T00:00:00.000+14:00"_s;
    QTest::newRow("year 10000 by its zone") << u"9999-12-31T23:59:59.999-14:00"_s;
    QTest::newRow("text behind") << u"2026-11-22T09:30:00Z and more"_s;
    QTest::newRow("text before") << u" 2026-11-22T09:30:00Z"_s;
    QTest::newRow("number") << u"1795339800123"_s;
    QTest::newRow("word") << u"yesterday"_s;
    QTest::newRow("NUL") << u"2026-11-22T09:30:00\0Z"_s;
    QTest::newRow("huge") << QString(100000, u'9');
    QTest::newRow("other digits") << u"２０２６-11-22T09:30:00Z"_s;
}

void TestTimestamp::refused()
{
    QFETCH(QString, text);
    QVERIFY(!parseTimestamp(text));
}

QTEST_GUILESS_MAIN(TestTimestamp)
#include "tst_timestamp.moc"
