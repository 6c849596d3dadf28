// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/messagerates.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestMessageRates : public QObject
{
    Q_OBJECT

private slots:
    void personWhereverTheyAre();
    void guestOfOneNameInOneNetwork();
    void networkInAll();
    void refusedCostsNothing_data();
    void refusedCostsNothing();
    void off();
    void bounded();
};

namespace {

ModelLimits limitsOf(const Rate &messages, const Rate &perAddress)
{
    ModelLimits limits;
    limits.messages = messages;
    limits.messagesPerAddress = perAddress;
    return limits;
}

Status take(MessageRates &rates, const QString &person, const QString &network, const QString &name, Clock::Millis now)
{
    return rates.take(PersonId(person), network, name, now);
}

} // namespace

void TestMessageRates::personWhereverTheyAre()
{
    MessageRates rates(limitsOf({2, 10s}, {}));
    QVERIFY(take(rates, u"p"_s, u"home"_s, u"anna"_s, 0ms));
    QVERIFY(take(rates, u"p"_s, u"phone"_s, u"anna"_s, 0ms));
    const Status third = take(rates, u"p"_s, u"train"_s, u"another name"_s, 0ms);
    QVERIFY(!third);
    QCOMPARE(third.error().code, ErrorCode::RateLimited);
    QCOMPARE(third.error().retryAfter, 5s);
    QVERIFY(take(rates, u"p"_s, u"train"_s, u"anna"_s, 5s));
}

void TestMessageRates::guestOfOneNameInOneNetwork()
{
    MessageRates rates(limitsOf({2, 10s}, {}));
    QVERIFY(take(rates, {}, u"home"_s, u"anna"_s, 0ms));
    QVERIFY(take(rates, u"p1"_s, u"home"_s, u"anna"_s, 0ms));
    QVERIFY(!take(rates, u"p2"_s, u"home"_s, u"anna"_s, 0ms)); // a new person, the same guest
    QVERIFY(!take(rates, {}, u"home"_s, u"anna"_s, 0ms));
    QVERIFY(take(rates, {}, u"home"_s, u"ben"_s, 0ms));
    QVERIFY(take(rates, {}, u"school"_s, u"anna"_s, 0ms));
}

void TestMessageRates::networkInAll()
{
    MessageRates rates(limitsOf({2, 10s}, {5, 10s}));
    for (int i = 0; i < 5; ++i)
        QVERIFY(take(rates, {}, u"home"_s, u"name %1"_s.arg(i), 0ms));
    const Status sixth = take(rates, {}, u"home"_s, u"name 6"_s, 0ms);
    QVERIFY(!sixth);
    QCOMPARE(sixth.error().retryAfter, 2s);
    QVERIFY(sixth.error().detail.contains(u"address"_s));
    QVERIFY(take(rates, {}, u"school"_s, u"name 6"_s, 0ms));
}

void TestMessageRates::refusedCostsNothing_data()
{
    QTest::addColumn<bool>("byNetwork");
    QTest::newRow("the network's is empty") << true;
    QTest::newRow("the guest's is empty") << false;
}

void TestMessageRates::refusedCostsNothing()
{
    QFETCH(bool, byNetwork);
    MessageRates rates(limitsOf({1, 10s}, byNetwork ? Rate {1, 5s} : Rate {}));
    QVERIFY(take(rates, {}, u"home"_s, byNetwork ? u"somebody"_s : u"anna"_s, 0ms));
    for (int i = 0; i < 3; ++i)
        QVERIFY(!take(rates, u"p"_s, u"home"_s, u"anna"_s, 0ms));
    QVERIFY(take(rates, u"p"_s, u"school"_s, u"anna"_s, 0ms)); // the person still had theirs
    if (byNetwork) // and the guest too, when the network has some again
        QVERIFY(take(rates, {}, u"home"_s, u"anna"_s, 5s));
}

void TestMessageRates::off()
{
    MessageRates rates(limitsOf({}, {}));
    for (int i = 0; i < 1000; ++i)
        QVERIFY(take(rates, u"p"_s, u"home"_s, u"anna"_s, 0ms));
    QCOMPARE(rates.bucketCount(), 0);
}

void TestMessageRates::bounded()
{
    ModelLimits limits = limitsOf({10, 10s}, {10, 10s});
    limits.trackedKeys = 3;
    MessageRates rates(limits);
    for (int i = 0; i < 20; ++i)
        (void)take(rates, u"p%1"_s.arg(i), u"n%1"_s.arg(i), u"anna"_s, 0ms);
    QCOMPARE(rates.bucketCount(), 9);
    QVERIFY(!take(rates, u"new"_s, u"new"_s, u"anna"_s, 0ms)); // waits until somebody is forgotten
    rates.prune(10s);
    QCOMPARE(rates.bucketCount(), 0);
    QVERIFY(take(rates, u"new"_s, u"new"_s, u"anna"_s, 10s));
}

QTEST_GUILESS_MAIN(TestMessageRates)
#include "tst_messagerates.moc"
