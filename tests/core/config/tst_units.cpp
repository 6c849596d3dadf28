// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/units.h"

#include <QTest>

#include <optional>

using namespace Parlance;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr qint64 kRefused = -1; // no unit knows negative values
constexpr qint64 kLargest = std::numeric_limits<qint64>::max();

} // namespace

class TestUnits : public QObject
{
    Q_OBJECT

private slots:
    void integer_data();
    void integer();
    void size_data();
    void size();
    void duration_data();
    void duration();
    void rate_data();
    void rate();
    void boolean_data();
    void boolean();
    void printing();
    void printedIsReadBack();
    void faultsQuoteLittle();
};

void TestUnits::integer_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("zero") << u"0"_s << qint64(0);
    QTest::newRow("blanks around") << u" 42\t"_s << qint64(42);
    QTest::newRow("leading zeros") << u"007"_s << qint64(7);
    QTest::newRow("largest") << u"9223372036854775807"_s << kLargest;
    QTest::newRow("one too large") << u"9223372036854775808"_s << kRefused;
    QTest::newRow("far too large") << QString(5000, u'9') << kRefused;
    QTest::newRow("empty") << QString() << kRefused;
    QTest::newRow("blank") << u"  "_s << kRefused;
    QTest::newRow("negative") << u"-5"_s << kRefused;
    QTest::newRow("plus sign") << u"+5"_s << kRefused;
    QTest::newRow("fraction") << u"1.5"_s << kRefused;
    QTest::newRow("exponent") << u"1e3"_s << kRefused;
    QTest::newRow("hexadecimal") << u"0x10"_s << kRefused;
    QTest::newRow("trailing junk") << u"12x"_s << kRefused;
    QTest::newRow("two numbers") << u"1 2"_s << kRefused;
    QTest::newRow("thousands separator") << u"1,000"_s << kRefused;
    QTest::newRow("Arabic digits") << u"٤٢"_s << kRefused;
    QTest::newRow("full-width digits") << u"４２"_s << kRefused;
    QTest::newRow("NUL inside") << u"4\0002"_s << kRefused;
}

void TestUnits::integer()
{
    QFETCH(QString, text);
    QFETCH(qint64, expected);
    const Result<qint64> parsed = parseInteger(text);
    QCOMPARE(parsed ? parsed.value() : kRefused, expected);
    if (!parsed) {
        QCOMPARE(parsed.error().code, ErrorCode::BadParameter);
        QVERIFY(!parsed.error().detail.isEmpty());
    }
}

void TestUnits::size_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("plain") << u"65536"_s << qint64(65536);
    QTest::newRow("bytes") << u"1B"_s << qint64(1);
    QTest::newRow("KiB") << u"64KiB"_s << qint64(65536);
    QTest::newRow("MiB") << u"25MiB"_s << qint64(25) * 1024 * 1024;
    QTest::newRow("GiB") << u"2GiB"_s << qint64(2) * 1024 * 1024 * 1024;
    QTest::newRow("blank before the unit") << u" 64 KiB "_s << qint64(65536);
    QTest::newRow("case") << u"1kib"_s << qint64(1024);
    QTest::newRow("zero") << u"0MiB"_s << qint64(0);
    QTest::newRow("largest") << u"8589934591GiB"_s << qint64(8589934591) * 1024 * 1024 * 1024;
    QTest::newRow("overflow by the unit") << u"8589934592GiB"_s << kRefused;
    QTest::newRow("overflow of the number") << u"99999999999999999999B"_s << kRefused;
    QTest::newRow("empty") << QString() << kRefused;
    QTest::newRow("unit alone") << u"KiB"_s << kRefused;
    QTest::newRow("negative") << u"-1KiB"_s << kRefused;
    QTest::newRow("fraction") << u"1.5MiB"_s << kRefused;
    QTest::newRow("ambiguous unit") << u"64KB"_s << kRefused;
    QTest::newRow("short unit") << u"64K"_s << kRefused;
    QTest::newRow("unit of time") << u"64s"_s << kRefused;
    QTest::newRow("trailing junk") << u"64KiB!"_s << kRefused;
    QTest::newRow("two units") << u"1MiB 5KiB"_s << kRefused;
}

void TestUnits::size()
{
    QFETCH(QString, text);
    QFETCH(qint64, expected);
    const Result<qint64> parsed = parseSize(text);
    QCOMPARE(parsed ? parsed.value() : kRefused, expected);
}

void TestUnits::duration_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("expected"); // milliseconds
    QTest::newRow("ms") << u"500ms"_s << qint64(500);
    QTest::newRow("s") << u"25s"_s << qint64(25'000);
    QTest::newRow("min") << u"5min"_s << qint64(300'000);
    QTest::newRow("h") << u"1h"_s << qint64(3'600'000);
    QTest::newRow("d") << u"2 d"_s << qint64(172'800'000);
    QTest::newRow("case") << u"3H"_s << qint64(10'800'000);
    QTest::newRow("zero") << u"0s"_s << qint64(0);
    QTest::newRow("largest") << u"9223372036854775807ms"_s << kLargest;
    QTest::newRow("overflow") << u"106751991168d"_s << kRefused;
    QTest::newRow("without unit") << u"25"_s << kRefused;
    QTest::newRow("m could be either") << u"5m"_s << kRefused;
    QTest::newRow("negative") << u"-1s"_s << kRefused;
    QTest::newRow("fraction") << u"1.5s"_s << kRefused;
    QTest::newRow("compound") << u"1h30min"_s << kRefused;
    QTest::newRow("unit of size") << u"1B"_s << kRefused;
    QTest::newRow("empty") << QString() << kRefused;
}

void TestUnits::duration()
{
    QFETCH(QString, text);
    QFETCH(qint64, expected);
    const Result<milliseconds> parsed = parseDuration(text);
    QCOMPARE(parsed ? qint64(parsed.value().count()) : kRefused, expected);
}

void TestUnits::rate_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::addColumn<int>("burst");
    QTest::addColumn<qint64>("period"); // milliseconds
    QTest::newRow("plain") << u"10/60s"_s << true << 10 << qint64(60'000);
    QTest::newRow("blanks") << u" 5 / 2 min "_s << true << 5 << qint64(120'000);
    QTest::newRow("off") << u"off"_s << true << 0 << qint64(0);
    QTest::newRow("OFF") << u" OFF "_s << true << 0 << qint64(0);
    QTest::newRow("largest burst") << u"2147483647/1d"_s << true << 2147483647 << qint64(86'400'000);
    QTest::newRow("burst over int") << u"2147483648/1d"_s << false << 0 << qint64(0);
    QTest::newRow("zero burst would mean no limit") << u"0/1s"_s << false << 0 << qint64(0);
    QTest::newRow("zero period would mean no limit") << u"5/0s"_s << false << 0 << qint64(0);
    QTest::newRow("negative burst") << u"-5/1s"_s << false << 0 << qint64(0);
    QTest::newRow("negative period") << u"5/-1s"_s << false << 0 << qint64(0);
    QTest::newRow("no period") << u"5"_s << false << 0 << qint64(0);
    QTest::newRow("no number in the period") << u"5/s"_s << false << 0 << qint64(0);
    QTest::newRow("no unit in the period") << u"5/10"_s << false << 0 << qint64(0);
    QTest::newRow("no burst") << u"/10s"_s << false << 0 << qint64(0);
    QTest::newRow("two slashes") << u"5/10s/2"_s << false << 0 << qint64(0);
    QTest::newRow("slash alone") << u"/"_s << false << 0 << qint64(0);
    QTest::newRow("empty") << QString() << false << 0 << qint64(0);
    QTest::newRow("word") << u"none"_s << false << 0 << qint64(0);
}

void TestUnits::rate()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    QFETCH(int, burst);
    QFETCH(qint64, period);
    const Result<Rate> parsed = parseRate(text);
    QCOMPARE(bool(parsed), good);
    if (good)
        QCOMPARE(parsed.value(), (Rate {burst, milliseconds {period}}));
}

void TestUnits::boolean_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("expected"); // -1: refused
    for (const auto *word : {"true", "yes", "on", "1", "TRUE", " Yes "})
        QTest::newRow(word) << QString::fromLatin1(word) << 1;
    for (const auto *word : {"false", "no", "off", "0", "False"})
        QTest::newRow(word) << QString::fromLatin1(word) << 0;
    for (const auto *word : {"", "2", "01", "tru", "yess", "enabled", "-1", "y", "n"})
        QTest::addRow("refused '%s'", word) << QString::fromLatin1(word) << -1;
}

void TestUnits::boolean()
{
    QFETCH(QString, text);
    QFETCH(int, expected);
    const Result<bool> parsed = parseBoolean(text);
    QCOMPARE(parsed ? int(parsed.value()) : -1, expected);
}

void TestUnits::printing()
{
    QCOMPARE(printSize(0), u"0"_s);
    QCOMPARE(printSize(1), u"1B"_s);
    QCOMPARE(printSize(1025), u"1025B"_s);
    QCOMPARE(printSize(64 * 1024), u"64KiB"_s);
    QCOMPARE(printSize(1024 * 1024), u"1MiB"_s);
    QCOMPARE(printDuration(milliseconds {0}), u"0s"_s);
    QCOMPARE(printDuration(milliseconds {1500}), u"1500ms"_s);
    QCOMPARE(printDuration(milliseconds {90'000}), u"90s"_s);
    QCOMPARE(printDuration(milliseconds {86'400'000}), u"1d"_s);
    QCOMPARE(printRate({10, milliseconds {10'000}}), u"10/10s"_s);
    QCOMPARE(printRate({}), u"off"_s);
    QCOMPARE(printBoolean(true), u"true"_s);
    QCOMPARE(printBoolean(false), u"false"_s);
}

void TestUnits::printedIsReadBack()
{
    for (const qint64 value : {qint64(0), qint64(1), qint64(1023), qint64(1024), qint64(3) * 1024 * 1024, kLargest}) {
        QCOMPARE(parseSize(printSize(value)).value(), value);
        QCOMPARE(parseDuration(printDuration(milliseconds {value})).value(), milliseconds {value});
    }
    for (const Rate &value : {Rate {}, Rate {1, milliseconds {1}}, Rate {7, milliseconds {86'400'000}}})
        QCOMPARE(parseRate(printRate(value)).value(), value);
}

void TestUnits::faultsQuoteLittle()
{
    const QString hostile = u"\x1b[2J\n"_s + QString(10'000, u'x');
    const Result<qint64> parsed = parseSize(hostile);
    QVERIFY(!parsed);
    QVERIFY(parsed.error().detail.size() < 200);
    QVERIFY(!parsed.error().detail.contains(u'\x1b'));
    QVERIFY(!parsed.error().detail.contains(u'\n'));
}

QTEST_GUILESS_MAIN(TestUnits)
#include "tst_units.moc"
