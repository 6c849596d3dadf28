// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/faultcounter.h"

#include <QTest>

using namespace Parlance;
using namespace std::chrono_literals;

class TestFaultCounter : public QObject
{
    Q_OBJECT

private slots:
    void theLastOneCounts();
    void one();
    void theWindowSlides();
    void fewerThanTheBoundNeverBite();
    void aMinuteIsAMinute();
};

void TestFaultCounter::theLastOneCounts()
{
    FaultCounter faults(20);
    for (int i = 1; i <= 19; ++i)
        QVERIFY(!faults.add(1s * i));
    QVERIFY(faults.add(20s));
    QVERIFY(faults.add(21s)); // and so does each that follows
}

void TestFaultCounter::one()
{
    FaultCounter faults(1);
    QVERIFY(faults.add(0ms));
    QVERIFY(faults.add(1h));
}

/// A minute that begins anywhere: not as many again just because a new one began.
void TestFaultCounter::theWindowSlides()
{
    FaultCounter faults(20);
    QVERIFY(!faults.add(0s));
    for (int i = 0; i < 18; ++i)
        QVERIFY(!faults.add(59s));
    QVERIFY(!faults.add(60s)); // the first is a minute ago
    QVERIFY(faults.add(61s));
}

void TestFaultCounter::fewerThanTheBoundNeverBite()
{
    FaultCounter faults(20);
    for (int i = 0; i < 2000; ++i) // 19 a minute
        QVERIFY(!faults.add(std::chrono::milliseconds(i * 60'000 / 19 + i)));
}

void TestFaultCounter::aMinuteIsAMinute()
{
    FaultCounter faults(2);
    QVERIFY(!faults.add(5s));
    QVERIFY(!faults.add(65s));
    QVERIFY(faults.add(124'999ms));
}

QTEST_GUILESS_MAIN(TestFaultCounter)
#include "tst_faultcounter.moc"
