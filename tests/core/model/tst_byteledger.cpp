// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/byteledger.h"

#include <QRandomGenerator>
#include <QTest>

#include <memory>
#include <vector>

using namespace Parlance;

class TestByteLedger : public QObject
{
    Q_OBJECT

private slots:
    void empty();
    void theLargestIsAtHand();
    void forgetting();
    void whateverHappens();
};

namespace {

struct Holder : ByteHolder
{
};

} // namespace

void TestByteLedger::empty()
{
    ByteLedger ledger;
    QVERIFY(!ledger.largest());
    QCOMPARE(ledger.total(), 0);
    Holder stranger;
    ledger.forget(stranger);
    QCOMPARE(ledger.total(), 0);
}

void TestByteLedger::theLargestIsAtHand()
{
    ByteLedger ledger;
    Holder a;
    Holder b;
    Holder c;
    ledger.account(a, 10);
    ledger.account(b, 30);
    ledger.account(c, 20);
    QCOMPARE(ledger.largest(), &b);
    QCOMPARE(ledger.total(), 60);
    ledger.account(b, 5);
    QCOMPARE(ledger.largest(), &c);
    ledger.account(a, 21);
    QCOMPARE(ledger.largest(), &a);
    QCOMPARE(ledger.total(), 46);
    QCOMPARE(a.accountedBytes(), 21);
}

void TestByteLedger::forgetting()
{
    ByteLedger ledger;
    Holder a;
    Holder b;
    ledger.account(a, 10);
    ledger.account(b, 30);
    ledger.forget(b);
    QCOMPARE(ledger.largest(), &a);
    QCOMPARE(ledger.total(), 10);
    QCOMPARE(b.accountedBytes(), 0);
    ledger.account(b, 11); // and back again
    QCOMPARE(ledger.largest(), &b);
    ledger.forget(b);
    ledger.forget(a);
    QVERIFY(!ledger.largest());
    QCOMPARE(ledger.total(), 0);
}

/// Against the slow way: looking at all of them.
void TestByteLedger::whateverHappens()
{
    ByteLedger ledger;
    std::vector<std::unique_ptr<Holder>> holders;
    QRandomGenerator random(7);
    for (int step = 0; step < 20'000; ++step) {
        const int what = random.bounded(10);
        if (holders.empty() || (what == 0 && holders.size() < 60)) {
            holders.push_back(std::make_unique<Holder>());
            ledger.account(*holders.back(), random.bounded(1000));
        } else if (what == 1) {
            const size_t at = random.bounded(quint32(holders.size()));
            ledger.forget(*holders[at]);
            holders.erase(holders.begin() + qsizetype(at));
        } else {
            ledger.account(*holders[random.bounded(quint32(holders.size()))], random.bounded(1000));
        }
        qint64 total = 0;
        qint64 most = -1;
        for (const auto &holder : holders) {
            total += holder->accountedBytes();
            most = std::max(most, holder->accountedBytes());
        }
        QCOMPARE(ledger.total(), total);
        QCOMPARE(ledger.largest() ? ledger.largest()->accountedBytes() : -1, most);
    }
}

QTEST_GUILESS_MAIN(TestByteLedger)
#include "tst_byteledger.moc"
