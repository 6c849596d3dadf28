// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/busymeter.h"

#include <QTest>

using namespace Parlance;

class TestBusyMeter : public QObject
{
    Q_OBJECT

private slots:
    void aloneItIsQuiet();
    void muchInASpan();
    void askedAllTheTime();
    void aLongSpan();
};

void TestBusyMeter::aloneItIsQuiet()
{
    BusyMeter meter;
    QVERIFY(!meter.isBusy(5'000));
    meter.note(BusyMeter::kMessages);
    QVERIFY(!meter.isBusy(5'200)); // just so many
}

void TestBusyMeter::muchInASpan()
{
    BusyMeter meter;
    QVERIFY(!meter.isBusy(5'000));
    meter.note(BusyMeter::kMessages + 1);
    QVERIFY(!meter.isBusy(5'199)); // the span is not over
    QVERIFY(meter.isBusy(5'200));
    QVERIFY(meter.isBusy(5'399));
    QVERIFY(!meter.isBusy(5'400)); // nothing came any more
}

void TestBusyMeter::askedAllTheTime()
{
    // As it is while there is always something to tidy: a few messages between one question and the next.
    BusyMeter meter;
    bool wasBusy = false;
    for (qint64 now = 5'000; now < 6'000; now += 10) {
        meter.note(100);
        wasBusy = meter.isBusy(now);
    }
    QVERIFY(wasBusy);
}

void TestBusyMeter::aLongSpan()
{
    BusyMeter meter;
    QVERIFY(!meter.isBusy(5'000));
    meter.note(4 * BusyMeter::kMessages);
    QVERIFY(!meter.isBusy(5'000 + 5 * BusyMeter::kSpanMs)); // in a second, not in a span
}

QTEST_GUILESS_MAIN(TestBusyMeter)
#include "tst_busymeter.moc"
