// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/keyedrate.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestKeyedRate : public QObject
{
    Q_OBJECT

private slots:
    void off();
    void keysDoNotShare();
    void bounded();
    void prune();
    void givenBack();
};

void TestKeyedRate::off()
{
    KeyedRate<QString> rates({}, 0);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(rates.take(QString::number(i), 0ms), 0ms);
    QCOMPARE(rates.size(), 0);
}

void TestKeyedRate::keysDoNotShare()
{
    KeyedRate<QString> rates({2, 10s}, 100);
    QCOMPARE(rates.take(u"a"_s, 0ms), 0ms);
    QCOMPARE(rates.take(u"a"_s, 0ms), 0ms);
    QCOMPARE(rates.take(u"a"_s, 0ms), 5000ms);
    QCOMPARE(rates.take(u"b"_s, 0ms), 0ms);
    QCOMPARE(rates.take(u"a"_s, 5000ms), 0ms);
    QCOMPARE(rates.size(), 2);
}

void TestKeyedRate::bounded()
{
    KeyedRate<int> rates({1, 10s}, 3);
    for (int key = 0; key < 3; ++key)
        QCOMPARE(rates.take(key, 0ms), 0ms);
    QCOMPARE(rates.take(3, 0ms), 10000ms);
    QCOMPARE(rates.size(), 3);
    QCOMPARE(rates.take(0, 10s), 0ms); // who is known goes on
    rates.prune(10s);
    QCOMPARE(rates.take(3, 10s), 0ms); // and there is room again
}

void TestKeyedRate::prune()
{
    KeyedRate<int> rates({2, 10s}, 100);
    QCOMPARE(rates.take(1, 0ms), 0ms);
    QCOMPARE(rates.take(2, 4s), 0ms);
    rates.prune(4999ms);
    QCOMPARE(rates.size(), 2);
    rates.prune(5s); // the first is full again
    QCOMPARE(rates.size(), 1);
    rates.prune(9s);
    QCOMPARE(rates.size(), 0);
}

void TestKeyedRate::givenBack()
{
    KeyedRate<int> rates({1, 10s}, 100);
    rates.giveBack(1); // never taken
    QCOMPARE(rates.size(), 0);
    QCOMPARE(rates.take(1, 0ms), 0ms);
    rates.giveBack(1);
    rates.giveBack(1); // no more than there was
    QCOMPARE(rates.take(1, 0ms), 0ms);
    QCOMPARE(rates.take(1, 0ms), 10000ms);
}

QTEST_GUILESS_MAIN(TestKeyedRate)
#include "tst_keyedrate.moc"
