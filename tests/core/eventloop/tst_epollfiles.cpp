// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eventloop/epolltest.h"

#include <QSignalSpy>
#include <QTemporaryFile>

using namespace Parlance;
using namespace std::chrono_literals;

/// Notifiers for regular files, which epoll refuses and poll finds ready at any time.
class TestEpollFiles : public QObject
{
    Q_OBJECT

private slots:
    void init() { pass(); }
    void alwaysReady();
    void asStdin();
    void letsOthersThrough();
    void forExceptions();
    void replacedBySocket();
    void replacedInAPass();
};

void TestEpollFiles::alwaysReady()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    QSocketNotifier read(file.handle(), QSocketNotifier::Read);
    QSocketNotifier write(file.handle(), QSocketNotifier::Write);
    const QSignalSpy readable(&read, &QSocketNotifier::activated);
    const QSignalSpy writable(&write, &QSocketNotifier::activated);
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(pass(QEventLoop::WaitForMoreEvents)); // always ready: does not wait
        QCOMPARE(readable.size(), i);
        QCOMPARE(writable.size(), i);
    }
    write.setEnabled(false);
    pass();
    QCOMPARE(readable.size(), 4);
    QCOMPARE(writable.size(), 3);
    read.setEnabled(false);
    QVERIFY(passesIn(30ms) < kIdlePasses);
    read.setEnabled(true);
    pass();
    QCOMPARE(readable.size(), 5);
}

void TestEpollFiles::asStdin()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("one\ntwo\n");
    file.seek(0);
    const UniqueFd kept(dup(STDIN_FILENO));
    QCOMPARE(dup2(file.handle(), STDIN_FILENO), STDIN_FILENO);
    QByteArray text;
    QEventLoop loop;
    QSocketNotifier notifier(STDIN_FILENO, QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&text, &loop, &notifier] {
        char byte = 0;
        if (::read(STDIN_FILENO, &byte, 1) == 1) {
            text.append(byte);
        } else {
            notifier.setEnabled(false);
            loop.quit();
        }
    });
    loop.exec();
    QCOMPARE(dup2(kept.value(), STDIN_FILENO), STDIN_FILENO);
    QCOMPARE(text, QByteArray("one\ntwo\n"));
    QVERIFY(passesIn(30ms) < kIdlePasses);
}

void TestEpollFiles::letsOthersThrough()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    const Pair pair = Pair::sockets();
    QSocketNotifier always(file.handle(), QSocketNotifier::Read);
    QSocketNotifier socket(pair.near.value(), QSocketNotifier::Read);
    const QSignalSpy activated(&socket, &QSocketNotifier::activated);
    const QSignalSpy fileActivated(&always, &QSocketNotifier::activated);
    pass();
    QVERIFY(pair.send());
    int ticks = 0;
    QTimer timer;
    timer.callOnTimeout(&timer, [&ticks] { ++ticks; });
    timer.start(1);
    while (ticks < 3)
        pass(QEventLoop::WaitForMoreEvents);
    QVERIFY(activated.size() >= 3);
    QVERIFY(fileActivated.size() >= 3);
}

void TestEpollFiles::forExceptions()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    QSocketNotifier notifier(file.handle(), QSocketNotifier::Exception);
    const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    QVERIFY(passesIn(30ms) < kIdlePasses);
    QCOMPARE(activated.size(), 0);
    QSocketNotifier read(file.handle(), QSocketNotifier::Read);
    const QSignalSpy readable(&read, &QSocketNotifier::activated);
    pass();
    QCOMPARE(readable.size(), 1);
    QCOMPARE(activated.size(), 0);
}

void TestEpollFiles::replacedBySocket()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    const Pair pair = Pair::sockets();
    const UniqueFd number(dup(file.handle()));
    QSocketNotifier notifier(number.value(), QSocketNotifier::Read);
    const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    pass();
    QCOMPARE(activated.size(), 1);
    notifier.setEnabled(false);
    replace(number, pair.near);
    notifier.setEnabled(true);
    pass();
    QCOMPARE(activated.size(), 1);
    QVERIFY(pair.send());
    pass();
    QCOMPARE(activated.size(), 2);
}

void TestEpollFiles::replacedInAPass()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    const UniqueFd number(dup(file.handle()));
    const Pair ready = Pair::sockets();
    const Pair silent = Pair::sockets();
    auto notifier = std::make_unique<QSocketNotifier>(number.value(), QSocketNotifier::Read);
    pass();
    std::unique_ptr<QSocketNotifier> successor;
    int activations = 0;
    const auto other = watch(ready.near, QSocketNotifier::Read, [&] { // sockets come before files
        QVERIFY(ready.receive());
        notifier.reset();
        replace(number, silent.near);
        successor = watch(number, QSocketNotifier::Read, [&activations] { ++activations; });
    });
    QVERIFY(ready.send());
    pass();
    QVERIFY(successor);
    QCOMPARE(activations, 0);
    QVERIFY(silent.send());
    pass();
    QCOMPARE(activations, 1);
}

int main(int argc, char **argv)
{
    return runOnEpoll<TestEpollFiles>(argc, argv);
}
#include "tst_epollfiles.moc"
