// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/rate.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace std::chrono_literals;
using Millis = std::chrono::milliseconds;

Q_DECLARE_METATYPE(Rate)

class TestRate : public QObject
{
    Q_OBJECT

private slots:
    void off_data();
    void off();
    void burstThenWait();
    void refillsEvenly();
    void neverAboveTheBurst();
    void waitingAsToldIsEnough_data();
    void waitingAsToldIsEnough();
    void neverMoreThanTheRateAllows();
    void backwardsClockGivesNothing();
    void full();
};

void TestRate::off_data()
{
    QTest::addColumn<Rate>("rate");
    QTest::newRow("default") << Rate {};
    QTest::newRow("no burst") << Rate {0, 10s};
    QTest::newRow("negative burst") << Rate {-1, 10s};
    QTest::newRow("no period") << Rate {10, 0s};
    QTest::newRow("negative period") << Rate {10, -1s};
}

void TestRate::off()
{
    QFETCH(Rate, rate);
    QVERIFY(rate.isOff());
    TokenBucket bucket(rate, 0ms);
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(bucket.take(0ms), 0ms);
    QVERIFY(bucket.isFull(0ms));
}

void TestRate::burstThenWait()
{
    const Rate rate {3, 9s};
    QVERIFY(!rate.isOff());
    TokenBucket bucket(rate, 100ms);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(bucket.take(100ms), 0ms);
    QCOMPARE(bucket.take(100ms), 3000ms);
    QCOMPARE(bucket.take(100ms), 3000ms); // asking costs nothing
    QCOMPARE(bucket.take(1100ms), 2000ms);
}

void TestRate::refillsEvenly()
{
    TokenBucket bucket({10, 10s}, 0ms);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(bucket.take(0ms), 0ms);
    for (int second = 1; second <= 20; ++second) {
        QCOMPARE(bucket.take(Millis(second * 1000)), 0ms);
        QCOMPARE(bucket.take(Millis(second * 1000)), 1000ms);
    }
}

void TestRate::neverAboveTheBurst()
{
    TokenBucket bucket({2, 1s}, 0ms);
    const Millis later = 24h;
    QCOMPARE(bucket.take(later), 0ms);
    QCOMPARE(bucket.take(later), 0ms);
    QVERIFY(bucket.take(later) > 0ms);
}

void TestRate::waitingAsToldIsEnough_data()
{
    QTest::addColumn<Rate>("rate");
    QTest::newRow("10/10s") << Rate {10, 10s};
    QTest::newRow("10/60s") << Rate {10, 60s};
    QTest::newRow("3/1s") << Rate {3, 1s};
    QTest::newRow("7/10s") << Rate {7, 10s};
    QTest::newRow("1/1ms") << Rate {1, 1ms};
    QTest::newRow("1000/1s") << Rate {1000, 1s};
    QTest::newRow("5000/1s, more than one a millisecond") << Rate {5000, 1s};
    QTest::newRow("1/24h") << Rate {1, 24h};
}

/// The promise behind retry_after_ms: who waits that long gets a token, whatever was asked in between.
void TestRate::waitingAsToldIsEnough()
{
    QFETCH(Rate, rate);
    QRandomGenerator random(1);
    Millis now = 1s;
    TokenBucket bucket(rate, now);
    for (int i = 0; i < 20000; ++i) {
        const Millis wait = bucket.take(now);
        if (wait == 0ms) {
            if (random.bounded(4) == 0)
                now += Millis(random.bounded(int(rate.period.count() / rate.burst) + 2));
            continue;
        }
        QVERIFY(wait <= rate.period);
        const Millis ready = now + wait;
        while (now + 1ms < ready && random.bounded(3) > 0) { // impatient
            now += Millis(1 + random.bounded(int((ready - now).count()) - 1));
            QVERIFY(bucket.take(now) > 0ms);
        }
        now = ready;
        const Millis left = bucket.take(now);
        QVERIFY2(left == 0ms, qPrintable(QString::number(left.count())));
    }
}

void TestRate::neverMoreThanTheRateAllows()
{
    const Rate rate {10, 1s};
    QRandomGenerator random(2);
    TokenBucket bucket(rate, 0ms);
    int taken = 0;
    Millis now = 0ms;
    for (int i = 0; i < 100000; ++i) {
        taken += bucket.take(now) == 0ms ? 1 : 0;
        now += Millis(random.bounded(3));
    }
    QVERIFY(taken <= 10 + now.count() / 100 + 1);
    QVERIFY(taken >= now.count() / 100 - 1);
}

void TestRate::backwardsClockGivesNothing()
{
    TokenBucket bucket({1, 1s}, 10s);
    QCOMPARE(bucket.take(10s), 0ms);
    QCOMPARE(bucket.take(5s), 1000ms);
    QCOMPARE(bucket.take(10500ms), 500ms);
}

void TestRate::full()
{
    TokenBucket bucket({2, 2s}, 0ms);
    QVERIFY(bucket.isFull(0ms));
    QCOMPARE(bucket.take(0ms), 0ms);
    QVERIFY(!bucket.isFull(0ms));
    QVERIFY(!bucket.isFull(999ms));
    QVERIFY(bucket.isFull(1000ms));
}

QTEST_GUILESS_MAIN(TestRate)
#include "tst_rate.moc"
