// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eventloop/epolltest.h"

#include <QDir>
#include <QRegularExpression>
#include <QSignalSpy>

#include <cerrno>
#include <utility>

#include <sys/epoll.h>
#include <sys/syscall.h>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
int s_controls = 0; // calls of epoll_ctl
int s_failWith = 0; // the error of the next one
} // namespace

/// In the place of the C library's: counts, and fails when told to.
extern "C" int epoll_ctl(int epoll, int operation, int fd, epoll_event *event) noexcept
{
    ++s_controls;
    if (const int error = std::exchange(s_failWith, 0)) {
        errno = error;
        return -1;
    }
    return int(syscall(SYS_epoll_ctl, epoll, operation, fd, event));
}

/// What epoll is told of a descriptor, and what becomes of one that is closed, reused or copied.
class TestEpollDescriptors : public QObject
{
    Q_OBJECT

private slots:
    void init() { pass(); }
    void oneRegistration();
    void toggleCostsNothing();
    void reusedInOneBatch();
    void reusedBetweenPasses();
    void reusedWithoutNotice();
    void closedCopyDoesNotSpin();
    void closedCopyComesBack();
    void closedBeforeDisabling();
    void notOpen();
    void notOpenAndLarge();
    void twoOfOneType();
    void kernelOutOfMemory();
    void unknownError();
    void nothingLeaks();

private:
    static QRegularExpression warning(const QString &part) { return QRegularExpression(part); }
    static int openDescriptors()
    {
        return int(QDir(u"/proc/self/fd"_s).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size());
    }
};

void TestEpollDescriptors::oneRegistration()
{
    const Pair pair = Pair::sockets();
    s_controls = 0;
    QSocketNotifier read(pair.near.value(), QSocketNotifier::Read);
    QSocketNotifier write(pair.near.value(), QSocketNotifier::Write);
    QSocketNotifier exception(pair.near.value(), QSocketNotifier::Exception);
    QCOMPARE(s_controls, 0);
    pass();
    QCOMPARE(s_controls, 1);
    pass();
    QCOMPARE(s_controls, 1);
    write.setEnabled(false);
    exception.setEnabled(false);
    pass();
    QCOMPARE(s_controls, 2);
    read.setEnabled(false);
    pass();
    QCOMPARE(s_controls, 3);
    pass();
    QCOMPARE(s_controls, 3);
}

void TestEpollDescriptors::toggleCostsNothing()
{
    const Pair pair = Pair::sockets();
    QSocketNotifier read(pair.near.value(), QSocketNotifier::Read);
    QSocketNotifier write(pair.near.value(), QSocketNotifier::Write);
    QSocketNotifier alone(pair.far.value(), QSocketNotifier::Write);
    write.setEnabled(false);
    alone.setEnabled(false);
    pass();
    s_controls = 0;
    for (int i = 0; i < 10; ++i) {
        for (QSocketNotifier *notifier : {&write, &alone}) {
            notifier->setEnabled(true);
            notifier->setEnabled(false);
        }
        pass();
    }
    QCOMPARE(s_controls, 0);
}

void TestEpollDescriptors::reusedInOneBatch()
{
    // Both are ready, so both are in the batch. Whichever handler runs first puts a silent socket in the place of
    // the other.
    const Pair pairs[2] = {Pair::sockets(), Pair::sockets()};
    const Pair silent = Pair::sockets();
    std::unique_ptr<QSocketNotifier> notifiers[2];
    std::unique_ptr<QSocketNotifier> successor;
    int activations = 0;
    int successorActivations = 0;
    for (int i = 0; i < 2; ++i) {
        QVERIFY(pairs[i].send());
        notifiers[i] = std::make_unique<QSocketNotifier>(pairs[i].near.value(), QSocketNotifier::Read);
        connect(notifiers[i].get(), &QSocketNotifier::activated, this, [&, i] {
            ++activations;
            QVERIFY(pairs[i].receive());
            const UniqueFd &other = pairs[1 - i].near;
            notifiers[1 - i].reset();
            replace(other, silent.near);
            successor = std::make_unique<QSocketNotifier>(other.value(), QSocketNotifier::Read);
            connect(successor.get(), &QSocketNotifier::activated, this, [&successorActivations] { ++successorActivations; });
        });
    }
    pass();
    QCOMPARE(activations, 1);
    QCOMPARE(successorActivations, 0);
    QVERIFY(!pass());
    QVERIFY(silent.send());
    pass();
    QCOMPARE(successorActivations, 1);
}

void TestEpollDescriptors::reusedBetweenPasses()
{
    const Pair pair = Pair::sockets();
    const Pair others[] = {Pair::sockets(), Pair::sockets(), Pair::sockets()};
    for (const Pair &next : others) {
        QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
        const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
        pass();
        QCOMPARE(activated.size(), 0);
        notifier.setEnabled(false);
        replace(pair.near, next.near);
        notifier.setEnabled(true); // epoll has forgotten the descriptor, the same is to be watched
        QVERIFY(next.send());
        pass();
        QCOMPARE(activated.size(), 1);
        QVERIFY(pair.receive());
    }
}

void TestEpollDescriptors::reusedWithoutNotice()
{
    const Pair pair = Pair::sockets();
    const Pair next = Pair::sockets();
    QSocketNotifier forgotten(pair.near.value(), QSocketNotifier::Read);
    const QSignalSpy forgottenActivated(&forgotten, &QSocketNotifier::activated);
    pass();
    replace(pair.near, next.near);
    QTest::ignoreMessage(QtWarningMsg, warning(u"a second Read notifier"_s));
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
    const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    QVERIFY(next.send());
    pass();
    QCOMPARE(activated.size(), 1);
    forgotten.setEnabled(false); // takes nothing away from the second
    pass();
    QCOMPARE(activated.size(), 2);
    QCOMPARE(forgottenActivated.size(), 0);
}

void TestEpollDescriptors::closedCopyDoesNotSpin()
{
    Pair pair = Pair::sockets();
    const Pair other = Pair::sockets();
    QSocketNotifier bystander(other.near.value(), QSocketNotifier::Read);
    const QSignalSpy bystanderActivated(&bystander, &QSocketNotifier::activated);
    auto notifier = std::make_unique<QSocketNotifier>(pair.near.value(), QSocketNotifier::Read);
    pass();
    const UniqueFd copy(dup(pair.near.value())); // a child process may hold one
    QVERIFY(pair.send());
    notifier.reset();
    {
        const UniqueFd closed = std::move(pair.near); // before epoll is told
    }
    QVERIFY(passesIn(30ms) < kIdlePasses);
    QVERIFY(other.send());
    pass();
    QCOMPARE(bystanderActivated.size(), 1);
}

void TestEpollDescriptors::closedCopyComesBack()
{
    Pair pair = Pair::sockets();
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
    const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    pass();
    const UniqueFd copy(dup(pair.near.value()));
    notifier.setEnabled(false);
    const int number = pair.near.value();
    {
        const UniqueFd closed = std::move(pair.near);
    }
    pass(); // epoll cannot be told
    QCOMPARE(dup3(copy.value(), number, O_CLOEXEC), number);
    pair.near = UniqueFd(number);
    notifier.setEnabled(true); // and has not forgotten
    QVERIFY(pair.send());
    pass();
    QCOMPARE(activated.size(), 1);
    QVERIFY(notifier.isEnabled());
}

void TestEpollDescriptors::closedBeforeDisabling()
{
    Pair pair = Pair::sockets();
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
    pass();
    QVERIFY(pair.send());
    {
        const UniqueFd closed = std::move(pair.near);
    }
    QVERIFY(!pass());
    notifier.setEnabled(false);
    QVERIFY(passesIn(30ms) < kIdlePasses);
}

void TestEpollDescriptors::notOpen()
{
    int number = -1;
    {
        const Pair pair = Pair::sockets();
        QSocketNotifier notifier(pair.far.value(), QSocketNotifier::Read); // the table knows the number
        pass();
        number = pair.far.value();
    }
    QSocketNotifier read(number, QSocketNotifier::Read);
    QSocketNotifier write(number, QSocketNotifier::Write);
    QTest::ignoreMessage(QtWarningMsg, warning(u"Read notifier is disabled"_s));
    QTest::ignoreMessage(QtWarningMsg, warning(u"Write notifier is disabled"_s));
    pass();
    QVERIFY(!read.isEnabled());
    QVERIFY(!write.isEnabled());
    QVERIFY(!pass());
}

void TestEpollDescriptors::notOpenAndLarge()
{
    QTest::ignoreMessage(QtWarningMsg, warning(u"Read notifier is disabled"_s));
    QSocketNotifier notifier(1 << 30, QSocketNotifier::Read); // a table up to that would take 40 GB
    pass();
    QVERIFY(!notifier.isEnabled());
}

void TestEpollDescriptors::twoOfOneType()
{
    const Pair pair = Pair::sockets();
    auto first = std::make_unique<QSocketNotifier>(pair.near.value(), QSocketNotifier::Read);
    QTest::ignoreMessage(QtWarningMsg, warning(u"a second Read notifier"_s));
    QSocketNotifier second(pair.near.value(), QSocketNotifier::Read);
    const QSignalSpy firstActivated(first.get(), &QSocketNotifier::activated);
    const QSignalSpy activated(&second, &QSocketNotifier::activated);
    QVERIFY(pair.send());
    pass();
    QCOMPARE(firstActivated.size(), 0);
    QCOMPARE(activated.size(), 1);
    first.reset();
    pass();
    QCOMPARE(activated.size(), 2);
}

void TestEpollDescriptors::kernelOutOfMemory()
{
    const Pair pair = Pair::sockets();
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
    const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    QVERIFY(pair.send());
    s_failWith = ENOSPC;
    QTest::ignoreMessage(QtWarningMsg, warning(u"not watched for now"_s));
    QVERIFY(!pass());
    s_failWith = ENOMEM; // said once
    QVERIFY(!pass());
    QVERIFY(notifier.isEnabled());
    pass();
    QCOMPARE(activated.size(), 1);
}

void TestEpollDescriptors::unknownError()
{
    const Pair pair = Pair::sockets();
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
    s_failWith = EINVAL;
    QTest::ignoreMessage(QtWarningMsg, warning(u"Read notifier is disabled"_s));
    QVERIFY(!pass());
    QVERIFY(!notifier.isEnabled());
}

void TestEpollDescriptors::nothingLeaks()
{
    const int before = openDescriptors();
    for (int i = 0; i < 10; ++i)
        QVERIFY(makeEpollDispatcher());
    closedCopyDoesNotSpin(); // makes a new epoll instance
    QCOMPARE(openDescriptors(), before);
}

int main(int argc, char **argv)
{
    return runOnEpoll<TestEpollDescriptors>(argc, argv);
}
#include "tst_epolldescriptors.moc"
