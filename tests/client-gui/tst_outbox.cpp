// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/outbox.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestOutbox : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheOrder();
    void acknowledged();
    void refused();
    void rateLimitedIsRetried();
    void passesOrFails_data();
    void passesOrFails();
    void backsOffWithoutATime();
    void pacesItself();
    void lossSendsAgain();
    void overdueEchoSendsAgain();
    void overdueKeepsToTheRate();
    void retryKeepsTheCid();
    void conflictGetsANewCid();
    void bounded();
    void restores();
};

void TestOutbox::keepsTheOrder()
{
    FakeClock clock;
    Outbox outbox(clock);
    QVERIFY(!outbox.takeNext());
    QVERIFY(!outbox.waitFor());
    const Cid one = outbox.add(u"one"_s)->cid;
    const Cid two = outbox.add(u"two"_s)->cid;
    QVERIFY(!one.isNull());
    QVERIFY(!(one == two));
    QCOMPARE(outbox.pendingCount(), 2);
    QCOMPARE(outbox.takeNext()->cid, one);
    QCOMPARE(outbox.takeNext()->cid, two);
    QVERIFY(!outbox.takeNext());
    QCOMPARE(outbox.pendingCount(), 2); // in flight is not delivered
}

void TestOutbox::acknowledged()
{
    FakeClock clock;
    Outbox outbox(clock);
    const Cid cid = outbox.add(u"one"_s)->cid;
    QVERIFY(!outbox.acknowledge(Cid(u"somebody else's"_s)));
    QVERIFY(outbox.acknowledge(cid));
    QVERIFY(!outbox.acknowledge(cid));
    QCOMPARE(outbox.entries().size(), 0);
}

void TestOutbox::refused()
{
    FakeClock clock;
    Outbox outbox(clock);
    const Cid cid = outbox.add(u"one"_s)->cid;
    outbox.takeNext();
    const auto entry = outbox.refuse(cid, {ErrorCode::TooLong, u"long"_s});
    QCOMPARE(entry->state, Outbox::State::Failed);
    QCOMPARE(entry->error.code, ErrorCode::TooLong);
    QCOMPARE(outbox.pendingCount(), 0);
    QVERIFY(!outbox.takeNext());
    outbox.connectionLost();
    QVERIFY(!outbox.takeNext()); // stays failed
    QVERIFY(!outbox.refuse(Cid(u"x"_s), {}));
}

void TestOutbox::rateLimitedIsRetried()
{
    FakeClock clock;
    Outbox outbox(clock);
    const Cid one = outbox.add(u"one"_s)->cid;
    outbox.takeNext();
    QCOMPARE(outbox.refuse(one, {ErrorCode::RateLimited, {}, {}, 3s})->state, Outbox::State::Queued);
    const Cid two = outbox.add(u"two"_s)->cid;
    QVERIFY(!outbox.takeNext());
    QCOMPARE(*outbox.waitFor(), 3s);
    clock.advance(2999ms);
    QVERIFY(!outbox.takeNext());
    clock.advance(1ms);
    QCOMPARE(outbox.takeNext()->cid, one); // in the order in which they were written
    QCOMPARE(outbox.takeNext()->cid, two);
}

void TestOutbox::passesOrFails_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<bool>("passes");
    const QList<ErrorCode> passing {ErrorCode::RateLimited, ErrorCode::Unavailable, ErrorCode::ShuttingDown,
                                    ErrorCode::Internal, ErrorCode::StorageFull};
    for (int i = int(ErrorCode::None); i <= int(ErrorCode::Internal); ++i) {
        const auto code = ErrorCode(i);
        QTest::newRow(i == 0 ? "none" : errorName(code).toByteArray().constData()) << code << passing.contains(code);
    }
}

void TestOutbox::passesOrFails()
{
    QFETCH(ErrorCode, code);
    QFETCH(bool, passes);
    FakeClock clock;
    Outbox outbox(clock);
    const Cid cid = outbox.add(u"one"_s)->cid;
    outbox.takeNext();
    const auto entry = outbox.refuse(cid, {code, u"why"_s, {}, 2s});
    QCOMPARE(entry->state, passes ? Outbox::State::Queued : Outbox::State::Failed);
    clock.advance(1999ms);
    QVERIFY(!outbox.takeNext());
    clock.advance(1ms);
    QCOMPARE(outbox.takeNext().has_value(), passes);
}

void TestOutbox::backsOffWithoutATime()
{
    FakeClock clock;
    Outbox outbox(clock);
    const Cid one = outbox.add(u"one"_s)->cid;
    const Cid two = outbox.add(u"two"_s)->cid;
    Outbox::Millis longest {0};
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(outbox.takeNext()->cid, one);
        QCOMPARE(outbox.takeNext()->cid, two);
        outbox.refuse(one, {ErrorCode::Unavailable, {}});
        const Outbox::Millis wait = *outbox.waitFor();
        outbox.refuse(two, {ErrorCode::Unavailable, {}}); // the same trouble: no longer wait
        QCOMPARE(*outbox.waitFor(), wait);
        QVERIFY(wait >= 250ms);
        QVERIFY(wait <= 60s);
        longest = std::max(longest, wait);
        clock.advance(wait);
    }
    QVERIFY(longest >= 30s);
    outbox.takeNext();
    outbox.takeNext();
    QVERIFY(outbox.acknowledge(two)); // it works again: the next trouble is a new one
    outbox.refuse(one, {ErrorCode::Unavailable, {}});
    QVERIFY(*outbox.waitFor() <= 1s);
}

void TestOutbox::pacesItself()
{
    FakeClock clock;
    Outbox outbox(clock);
    outbox.setRate({2, 2s});
    for (int i = 0; i < 4; ++i)
        outbox.add(QString::number(i));
    QVERIFY(outbox.takeNext());
    QVERIFY(outbox.takeNext());
    QVERIFY(!outbox.takeNext());
    QCOMPARE(*outbox.waitFor(), 1s);
    clock.advance(1s);
    QCOMPARE(outbox.takeNext()->content, u"2"_s);
    QVERIFY(!outbox.takeNext());
}

void TestOutbox::lossSendsAgain()
{
    FakeClock clock;
    Outbox outbox(clock);
    const Cid one = outbox.add(u"one"_s)->cid;
    outbox.takeNext();
    outbox.connectionLost();
    QCOMPARE(outbox.takeNext()->cid, one);
}

void TestOutbox::overdueEchoSendsAgain()
{
    FakeClock clock;
    Outbox outbox(clock);
    const Cid one = outbox.add(u"one"_s)->cid;
    const Cid two = outbox.add(u"two"_s)->cid;
    outbox.takeNext();
    clock.advance(2s);
    outbox.takeNext();
    QCOMPARE(*outbox.waitFor(), 10s);
    clock.advance(9999ms);
    QVERIFY(!outbox.takeNext());
    clock.advance(1ms);
    QCOMPARE(*outbox.waitFor(), 0s);
    const auto again = outbox.takeNext();
    QVERIFY(again);
    QCOMPARE(again->cid, one); // the server stores it once
    QCOMPARE(again->content, u"one"_s);
    QVERIFY(!outbox.takeNext());
    QCOMPARE(*outbox.waitFor(), 2s);
    QVERIFY(outbox.acknowledge(two));
    QCOMPARE(*outbox.waitFor(), 12s);
    clock.advance(12s);
    QCOMPARE(outbox.takeNext()->cid, one); // for as long as it takes
    QVERIFY(outbox.acknowledge(one));
    clock.advance(12s);
    QVERIFY(!outbox.takeNext());
    QVERIFY(!outbox.waitFor());
}

void TestOutbox::overdueKeepsToTheRate()
{
    FakeClock clock;
    Outbox outbox(clock);
    outbox.setRate({1, 20s});
    const Cid one = outbox.add(u"one"_s)->cid;
    outbox.takeNext();
    clock.advance(12s);
    QVERIFY(!outbox.takeNext());
    QCOMPARE(*outbox.waitFor(), 8s);
    clock.advance(8s);
    QCOMPARE(outbox.takeNext()->cid, one);
}

void TestOutbox::retryKeepsTheCid()
{
    FakeClock clock;
    Outbox outbox(clock);
    const Cid one = outbox.add(u"one"_s)->cid;
    QVERIFY(!outbox.retry(one)); // not failed
    outbox.takeNext();
    outbox.refuse(one, {ErrorCode::TooLong, {}});
    QCOMPARE(outbox.retry(one)->cid, one);
    QCOMPARE(outbox.takeNext()->cid, one);
}

void TestOutbox::conflictGetsANewCid()
{
    FakeClock clock;
    Outbox outbox(clock);
    const Cid one = outbox.add(u"one"_s)->cid;
    outbox.takeNext();
    outbox.refuse(one, {ErrorCode::Conflict, {}});
    const Cid fresh = outbox.retry(one)->cid;
    QVERIFY(!(fresh == one));
    QVERIFY(!outbox.discard(one));
    QVERIFY(outbox.discard(fresh));
}

void TestOutbox::bounded()
{
    FakeClock clock;
    Outbox outbox(clock);
    for (int i = 0; i < Outbox::kMaxEntries; ++i)
        QVERIFY(outbox.add(u"x"_s));
    QVERIFY(!outbox.add(u"one too many"_s));
    QCOMPARE(outbox.entries().size(), Outbox::kMaxEntries);
}

void TestOutbox::restores()
{
    FakeClock clock;
    Outbox outbox(clock);
    outbox.restore({{Cid(u"a"_s), u"one"_s, 1, Outbox::State::InFlight, {}},
                    {Cid(), u"no cid"_s, 1, {}, {}},
                    {Cid(u"b"_s), QString(), 1, {}, {}}});
    QCOMPARE(outbox.entries().size(), 1);
    QCOMPARE(outbox.takeNext()->cid, Cid(u"a"_s));
}

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
