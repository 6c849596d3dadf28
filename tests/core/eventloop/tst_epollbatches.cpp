// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eventloop/epolltest.h"

#include <sys/resource.h>

using namespace Parlance;

/// Several ready sockets in one pass: more than fit, and event loops inside the handlers.
class TestEpollBatches : public QObject
{
    Q_OBJECT

private slots:
    void nestedLoopServesTheRest();
    void nestedLoopLosesNothing();
    void nestedLoopWithoutSockets();
    void nestedLoopCannotStarve();
    void manySockets();
};

void TestEpollBatches::nestedLoopServesTheRest()
{
    const Pair pairs[2] = {Pair::sockets(), Pair::sockets()};
    int served[2] = {0, 0};
    QEventLoop nested;
    bool isNested = false;
    std::unique_ptr<QSocketNotifier> notifiers[2];
    for (int i = 0; i < 2; ++i) {
        notifiers[i] = watch(pairs[i].near, QSocketNotifier::Read, [&, i] {
            QVERIFY2(pairs[i].receive(), "told of data that a nested loop has taken already");
            ++served[i];
            if (std::exchange(isNested, true))
                nested.quit();
            else
                nested.exec(); // until the other one is served in it
        });
        QVERIFY(pairs[i].send());
    }
    pass();
    QCOMPARE(served[0], 1);
    QCOMPARE(served[1], 1);
}

void TestEpollBatches::nestedLoopLosesNothing()
{
    constexpr int count = 50;
    std::vector<Pair> pairs;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    std::vector<int> served(count);
    int depth = 0;
    for (int i = 0; i < count; ++i) {
        pairs.push_back(Pair::sockets());
        notifiers.push_back(watch(pairs.back().near, QSocketNotifier::Read, [&, i] {
            QVERIFY(pairs[size_t(i)].receive());
            ++served[size_t(i)];
            if (depth == 3)
                return;
            ++depth;
            pass();
            --depth;
        }));
    }
    for (int round = 1; round <= 20; ++round) {
        for (const Pair &pair : pairs)
            QVERIFY(pair.send());
        while (pass()) { }
        QCOMPARE(served, std::vector<int>(count, round));
    }
}

void TestEpollBatches::nestedLoopWithoutSockets()
{
    const Pair pairs[2] = {Pair::sockets(), Pair::sockets()};
    int served = 0;
    std::unique_ptr<QSocketNotifier> notifiers[2];
    for (int i = 0; i < 2; ++i) {
        notifiers[i] = watch(pairs[i].near, QSocketNotifier::Read, [&, i] {
            QVERIFY(pairs[i].receive());
            ++served;
            pass(QEventLoop::ExcludeSocketNotifiers);
        });
        QVERIFY(pairs[i].send());
    }
    pass();
    QCOMPARE(served, 2); // it has served no sockets, so the batch goes on
}

void TestEpollBatches::nestedLoopCannotStarve()
{
    const Pair pairs[2] = {Pair::sockets(), Pair::sockets()};
    int served[2] = {0, 0};
    bool isNested = false;
    std::unique_ptr<QSocketNotifier> notifiers[2];
    for (int i = 0; i < 2; ++i) {
        notifiers[i] = watch(pairs[i].near, QSocketNotifier::Read, [&, i] { // reads nothing: always ready
            ++served[i];
            if (std::exchange(isNested, true))
                return;
            pass();
            isNested = false;
        });
        QVERIFY(pairs[i].send());
    }
    for (int i = 0; i < 10; ++i)
        pass();
    QVERIFY(served[0] >= 10);
    QVERIFY(served[1] >= 10);
}

void TestEpollBatches::manySockets()
{
    constexpr size_t count = 1500; // more than one batch of events
    rlimit limit {};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 2 * count + 100);
    if (limit.rlim_cur < 2 * count + 100 || setrlimit(RLIMIT_NOFILE, &limit) == -1)
        QSKIP("the limit of open files is too low");
    std::vector<Pair> pairs;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    std::vector<int> served(count);
    for (size_t i = 0; i < count; ++i) {
        pairs.push_back(Pair::sockets());
        notifiers.push_back(watch(pairs.back().near, QSocketNotifier::Read, [&, i] {
            QVERIFY(pairs[i].receive());
            ++served[i];
        }));
    }
    for (int round = 1; round <= 10; ++round) {
        for (const Pair &pair : pairs)
            QVERIFY(pair.send());
        while (pass()) { }
        QCOMPARE(served, std::vector<int>(count, round));
    }
    for (size_t i = 0; i < count; i += 2)
        notifiers[i].reset();
    for (const Pair &pair : pairs)
        QVERIFY(pair.send());
    while (pass()) { }
    for (size_t i = 0; i < count; ++i)
        QCOMPARE(served[i], i % 2 ? 11 : 10);
}

int main(int argc, char **argv)
{
    return runOnEpoll<TestEpollBatches>(argc, argv);
}
#include "tst_epollbatches.moc"
