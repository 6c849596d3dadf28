// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eventloop/epolltest.h"

#include <QSocketNotifier>

#include <vector>

#include <sys/resource.h>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

constexpr size_t kPairs = 5'000;
constexpr rlim_t kDescriptors = 2 * kPairs + 200;

} // namespace

/// Ten thousand sockets, all watched: each is served once for what came, however many come and go meanwhile.
class TestEpollMany : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void eachIsServedOnce();
    void allAnswer();
    void halfGoesInHandlers();
    void numbersAreTakenAgain();
    void silentOnesCostNothing();

private:
    struct Line
    {
        Pair pair;
        std::unique_ptr<QSocketNotifier> near;
        std::unique_ptr<QSocketNotifier> far;
        int atNear = 0;
        int atFar = 0;
    };
    void watchNear(Line &line);
    void settle()
    {
        while (pass()) { }
    }

    std::vector<std::unique_ptr<Line>> m_lines;
};

void TestEpollMany::initTestCase()
{
    rlimit limit {};
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max < kDescriptors)
        QSKIP("the hard limit of open files is below 10,200");
    limit.rlim_cur = std::max(limit.rlim_cur, kDescriptors);
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

void TestEpollMany::watchNear(Line &line)
{
    line.near = watch(line.pair.near, QSocketNotifier::Read, [&line] {
        QVERIFY(line.pair.receive());
        ++line.atNear;
    });
}

void TestEpollMany::init()
{
    for (size_t i = 0; i < kPairs; ++i) {
        m_lines.push_back(std::make_unique<Line>());
        Line &line = *m_lines.back();
        line.pair = Pair::sockets();
        watchNear(line);
        line.far = watch(line.pair.far, QSocketNotifier::Read, [&line] {
            char byte = 0;
            QCOMPARE(::read(line.pair.far.value(), &byte, 1), ssize_t(1));
            ++line.atFar;
        });
    }
}

void TestEpollMany::cleanup()
{
    m_lines.clear();
}

void TestEpollMany::eachIsServedOnce()
{
    for (int round = 1; round <= 3; ++round) {
        for (const auto &line : m_lines)
            QVERIFY(line->pair.send());
        settle();
        for (const auto &line : m_lines) {
            QCOMPARE(line->atNear, round);
            QCOMPARE(line->atFar, 0);
        }
    }
}

/// Each answers in its own handler, so that ten thousand are ready in turn.
void TestEpollMany::allAnswer()
{
    for (const auto &line : m_lines) {
        connect(line->near.get(), &QSocketNotifier::activated, this, [&line] {
            const char byte = 'y';
            QCOMPARE(::write(line->pair.near.value(), &byte, 1), ssize_t(1));
        });
        QVERIFY(line->pair.send());
    }
    settle();
    for (const auto &line : m_lines) {
        QCOMPARE(line->atNear, 1);
        QCOMPARE(line->atFar, 1);
    }
}

/// Each of the first half deletes the notifier of one of the second half, which is ready too.
void TestEpollMany::halfGoesInHandlers()
{
    constexpr size_t half = kPairs / 2;
    std::vector<bool> wasServed(half);
    for (size_t i = 0; i < half; ++i) {
        connect(m_lines[i]->near.get(), &QSocketNotifier::activated, this, [this, i, &wasServed] {
            wasServed[i] = m_lines[half + i]->atNear > 0;
            m_lines[half + i]->near.reset();
        });
    }
    for (const auto &line : m_lines)
        QVERIFY(line->pair.send());
    settle();
    for (size_t i = 0; i < half; ++i) {
        QCOMPARE(m_lines[i]->atNear, 1);
        QCOMPARE(m_lines[half + i]->atNear, wasServed[i] ? 1 : 0); // never after it was deleted
    }
}

/// All end and as many come, under the same numbers, while events of the old ones may still be in the kernel.
void TestEpollMany::numbersAreTakenAgain()
{
    for (const auto &line : m_lines)
        QVERIFY(line->pair.send());
    QVERIFY(pass()); // serves some, with the others in its hands
    std::vector<int> before;
    for (const auto &line : m_lines)
        before.push_back(line->pair.near.value());
    m_lines.clear();
    init();
    std::vector<int> after;
    for (const auto &line : m_lines)
        after.push_back(line->pair.near.value());
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    QVERIFY(before == after);
    settle();
    for (const auto &line : m_lines)
        QCOMPARE(line->atNear, 0); // what came for the earlier ones is nobody's
    for (const auto &line : m_lines)
        QVERIFY(line->pair.send());
    settle();
    for (const auto &line : m_lines)
        QCOMPARE(line->atNear, 1);
}

/// One talks among ten thousand: a pass serves it and nobody else, and the loop sleeps when it is served.
void TestEpollMany::silentOnesCostNothing()
{
    Line &one = *m_lines[kPairs / 2];
    for (int i = 1; i <= 100; ++i) {
        QVERIFY(one.pair.send());
        QVERIFY(pass());
        QCOMPARE(one.atNear, i);
    }
    for (const auto &line : m_lines)
        QCOMPARE(line->atNear, line.get() == &one ? 100 : 0);
    QVERIFY(!pass());
    QVERIFY(passesIn(std::chrono::milliseconds(30)) < kIdlePasses);
}

int main(int argc, char **argv)
{
    return runOnEpoll<TestEpollMany>(argc, argv);
}
#include "tst_epollmany.moc"
