// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eventloop/epolltest.h"

#include <QPointer>
#include <QSignalSpy>
#include <QThread>

#include <arpa/inet.h>
#include <netinet/in.h>

using namespace Parlance;
using namespace std::chrono_literals;

/// Socket notifiers: which are told what, and what their handlers may do meanwhile.
class TestEpollNotifiers : public QObject
{
    Q_OBJECT

private slots:
    void readIsLevelTriggered();
    void write();
    void exception();
    void threeTypesOfOneDescriptor();
    void hangUp_data();
    void hangUp();
    void hangUpUnwatchedDoesNotSpin();
    void hangUpDisabledInHandlerDoesNotSpin();
    void deletedInOwnHandler();
    void deletedInHandlerOfAnother();
    void disabledInHandlerOfAnother();
    void writeDisabledInReadHandler();
    void enabledInHandler();
    void moveToThread();

private:
    static Pair tcp();
};

Pair TestEpollNotifiers::tcp()
{
    const UniqueFd listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    Pair pair {UniqueFd(), UniqueFd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))};
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto *any = reinterpret_cast<sockaddr *>(&address);
    if (bind(listener.value(), any, size) == 0 && listen(listener.value(), 1) == 0
        && getsockname(listener.value(), any, &size) == 0 && ::connect(pair.far.value(), any, size) == 0)
        pair.near = UniqueFd(accept4(listener.value(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    return pair;
}

void TestEpollNotifiers::readIsLevelTriggered()
{
    const Pair pair = Pair::sockets();
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
    const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    pass();
    QCOMPARE(activated.size(), 0);
    QVERIFY(pair.send());
    pass();
    QCOMPARE(activated.size(), 1);
    pass();
    QCOMPARE(activated.size(), 2); // not read yet
    notifier.setEnabled(false);
    pass();
    QCOMPARE(activated.size(), 2);
    notifier.setEnabled(true);
    pass();
    QCOMPARE(activated.size(), 3);
    QVERIFY(pair.receive());
    pass();
    QCOMPARE(activated.size(), 3);
}

void TestEpollNotifiers::write()
{
    const Pair pair = Pair::sockets();
    QSocketNotifier notifier(pair.far.value(), QSocketNotifier::Write);
    const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    pass();
    QCOMPARE(activated.size(), 1);
    while (pair.send()) { } // until it is full
    pass();
    QCOMPARE(activated.size(), 1);
    while (pair.receive()) { }
    pass();
    QCOMPARE(activated.size(), 2);
}

void TestEpollNotifiers::exception()
{
    const Pair pair = tcp();
    QVERIFY(pair.near.isValid());
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Exception);
    const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    QVERIFY(pair.send());
    pass();
    QCOMPARE(activated.size(), 0);
    QCOMPARE(::send(pair.far.value(), "!", 1, MSG_OOB), 1);
    QTRY_VERIFY(!activated.isEmpty());
}

void TestEpollNotifiers::threeTypesOfOneDescriptor()
{
    const Pair pair = Pair::sockets();
    QSocketNotifier read(pair.near.value(), QSocketNotifier::Read);
    QSocketNotifier write(pair.near.value(), QSocketNotifier::Write);
    QSocketNotifier exception(pair.near.value(), QSocketNotifier::Exception);
    const QSignalSpy readable(&read, &QSocketNotifier::activated);
    const QSignalSpy writable(&write, &QSocketNotifier::activated);
    const QSignalSpy exceptional(&exception, &QSocketNotifier::activated);
    pass();
    QCOMPARE(writable.size(), 1);
    QVERIFY(pair.send());
    pass();
    QCOMPARE(readable.size(), 1);
    QCOMPARE(writable.size(), 2);
    write.setEnabled(false);
    pass();
    QCOMPARE(readable.size(), 2);
    QCOMPARE(writable.size(), 2);
    read.setEnabled(false);
    write.setEnabled(true);
    pass();
    QCOMPARE(readable.size(), 2);
    QCOMPARE(writable.size(), 3);
    QCOMPARE(exceptional.size(), 0);
}

void TestEpollNotifiers::hangUp_data()
{
    QTest::addColumn<QSocketNotifier::Type>("type");
    QTest::addColumn<bool>("nearEnd"); // of the pipe: EPOLLHUP there, EPOLLERR at the other
    for (const bool nearEnd : {true, false}) {
        const char *end = nearEnd ? "reading end" : "writing end";
        QTest::addRow("read, %s", end) << QSocketNotifier::Read << nearEnd;
        QTest::addRow("write, %s", end) << QSocketNotifier::Write << nearEnd;
        QTest::addRow("exception, %s", end) << QSocketNotifier::Exception << nearEnd;
    }
}

void TestEpollNotifiers::hangUp()
{
    QFETCH(QSocketNotifier::Type, type);
    QFETCH(bool, nearEnd);
    Pair pair = Pair::pipe();
    QSocketNotifier notifier((nearEnd ? pair.near : pair.far).value(), type);
    const QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    pass();
    const qsizetype before = activated.size(); // the writing end is writable
    {
        const UniqueFd closed = std::move(nearEnd ? pair.far : pair.near);
    }
    pass();
    QCOMPARE(activated.size(), before + 1); // the kernel reports it to whatever is watched, so it must be told
}

void TestEpollNotifiers::hangUpUnwatchedDoesNotSpin()
{
    Pair pair = Pair::pipe();
    QSocketNotifier notifier(pair.near.value(), QSocketNotifier::Read);
    pass();
    {
        const UniqueFd closed = std::move(pair.far);
    }
    notifier.setEnabled(false);
    QVERIFY(passesIn(30ms) < kIdlePasses);
}

void TestEpollNotifiers::hangUpDisabledInHandlerDoesNotSpin()
{
    Pair pair = Pair::pipe();
    int activations = 0;
    std::unique_ptr<QSocketNotifier> notifier = watch(pair.near, QSocketNotifier::Read, [&] {
        ++activations;
        notifier->setEnabled(false);
    });
    {
        const UniqueFd closed = std::move(pair.far);
    }
    QVERIFY(passesIn(30ms) < kIdlePasses);
    QCOMPARE(activations, 1);
}

void TestEpollNotifiers::deletedInOwnHandler()
{
    const Pair pair = Pair::sockets();
    int activations = 0;
    QPointer<QSocketNotifier> read(new QSocketNotifier(pair.near.value(), QSocketNotifier::Read));
    QPointer<QSocketNotifier> write(new QSocketNotifier(pair.near.value(), QSocketNotifier::Write));
    for (QPointer<QSocketNotifier> &notifier : {std::ref(read), std::ref(write)}) {
        connect(notifier, &QSocketNotifier::activated, this, [&activations, &read, &write] {
            ++activations;
            delete read; // the one that is being served, and the one that is next
            delete write;
        });
    }
    QVERIFY(pair.send());
    pass();
    QCOMPARE(activations, 1);
    QVERIFY(!read && !write);
    QVERIFY(!pass());
}

void TestEpollNotifiers::deletedInHandlerOfAnother()
{
    constexpr int count = 20;
    std::vector<Pair> pairs;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    int activations = 0;
    for (int i = 0; i < count; ++i) {
        pairs.push_back(Pair::sockets());
        QVERIFY(pairs.back().send());
        notifiers.push_back(watch(pairs.back().near, QSocketNotifier::Read, [&, i] {
            ++activations;
            for (int j = 0; j < count; ++j) {
                if (j != i)
                    notifiers[size_t(j)].reset();
            }
        }));
    }
    pass();
    QCOMPARE(activations, 1);
    pass();
    QCOMPARE(activations, 2); // the one that is left
}

void TestEpollNotifiers::disabledInHandlerOfAnother()
{
    const Pair first = Pair::sockets();
    const Pair second = Pair::sockets();
    int activations = 0;
    std::unique_ptr<QSocketNotifier> a;
    std::unique_ptr<QSocketNotifier> b;
    const auto handler = [&activations](std::unique_ptr<QSocketNotifier> &other) {
        ++activations;
        other->setEnabled(false);
    };
    a = watch(first.near, QSocketNotifier::Read, [&handler, &b] { handler(b); });
    b = watch(second.near, QSocketNotifier::Read, [&handler, &a] { handler(a); });
    QVERIFY(first.send() && second.send());
    pass();
    QCOMPARE(activations, 1);
    QVERIFY(a->isEnabled() != b->isEnabled());
}

void TestEpollNotifiers::writeDisabledInReadHandler()
{
    const Pair pair = Pair::sockets();
    QSocketNotifier write(pair.near.value(), QSocketNotifier::Write);
    const QSignalSpy writable(&write, &QSocketNotifier::activated);
    const auto read = watch(pair.near, QSocketNotifier::Read, [&write] { write.setEnabled(false); });
    QVERIFY(pair.send());
    pass();
    QCOMPARE(writable.size(), 0); // one event told of both
}

void TestEpollNotifiers::enabledInHandler()
{
    const Pair first = Pair::sockets();
    const Pair second = Pair::sockets();
    QSocketNotifier later(second.near.value(), QSocketNotifier::Read);
    later.setEnabled(false);
    const QSignalSpy activated(&later, &QSocketNotifier::activated);
    const auto now = watch(first.near, QSocketNotifier::Read, [&first, &later] {
        first.receive();
        later.setEnabled(true);
    });
    QVERIFY(first.send() && second.send());
    pass();
    pass();
    QCOMPARE(activated.size(), 1);
}

void TestEpollNotifiers::moveToThread()
{
    const Pair pair = Pair::sockets();
    QThread thread;
    thread.setEventDispatcher(makeEpollDispatcher().release());
    auto *notifier = new QSocketNotifier(pair.near.value(), QSocketNotifier::Read);
    QThread *where = nullptr;
    connect(notifier, &QSocketNotifier::activated, notifier, [&where, &pair, &thread] {
        where = QThread::currentThread();
        pair.receive();
        thread.quit();
    });
    connect(&thread, &QThread::finished, notifier, &QObject::deleteLater);
    pass();
    notifier->moveToThread(&thread);
    QVERIFY(pair.send());
    while (pass()) { }
    QVERIFY(!where); // not ours any more
    thread.start();
    QVERIFY(thread.wait());
    QCOMPARE(where, &thread);
}

int main(int argc, char **argv)
{
    return runOnEpoll<TestEpollNotifiers>(argc, argv);
}
#include "tst_epollnotifiers.moc"
