// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "eventloop/dispatcher.h"
#include "eventloop/epolldispatcher.h"
#include "eventloop/uniquefd.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QSocketNotifier>
#include <QTest>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

#include <fcntl.h>
#include <sys/socket.h>

namespace Parlance {

/// Runs the tests of one class with the epoll dispatcher in the main thread.
template <typename Test>
int runOnEpoll(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(makeEpollDispatcher().release());
    QCoreApplication app(argc, argv);
    if (!qobject_cast<EpollDispatcher *>(QCoreApplication::eventDispatcher()))
        qFatal("not on the epoll dispatcher");
    Test test;
    return QTest::qExec(&test, argc, argv);
}

/// One pass of the main thread's dispatcher; by default one that does not wait.
inline bool pass(QEventLoop::ProcessEventsFlags flags = QEventLoop::AllEvents)
{
    return QCoreApplication::eventDispatcher()->processEvents(flags);
}

/// How many passes the loop makes in \a duration when nothing should keep it busy: a handful, or very many.
inline int passesIn(std::chrono::milliseconds duration)
{
    int passes = 0;
    QEventLoop loop;
    QObject::connect(QCoreApplication::eventDispatcher(), &QAbstractEventDispatcher::awake, &loop,
                     [&passes] { ++passes; });
    QTimer::singleShot(duration, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
    return passes;
}

constexpr int kIdlePasses = 10;

/// Two connected sockets, or the two ends of a pipe: near reads what far writes.
struct Pair
{
    UniqueFd near;
    UniqueFd far;

    static Pair sockets()
    {
        int fds[2] = {-1, -1};
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) == -1)
            qFatal("no socketpair: the limit of open files is too low for this test");
        return {UniqueFd(fds[0]), UniqueFd(fds[1])};
    }
    static Pair pipe()
    {
        int fds[2] = {-1, -1};
        if (pipe2(fds, O_NONBLOCK | O_CLOEXEC) == -1)
            qFatal("no pipe");
        return {UniqueFd(fds[0]), UniqueFd(fds[1])};
    }

    bool send(char byte = 'x') const { return ::write(far.value(), &byte, 1) == 1; }
    bool receive() const
    {
        char byte = 0;
        return ::read(near.value(), &byte, 1) == 1;
    }
};

/// Puts another file under a descriptor's number, as close() and the next open() do.
inline void replace(const UniqueFd &number, const UniqueFd &by)
{
    QCOMPARE(dup3(by.value(), number.value(), O_CLOEXEC), number.value());
}

/// A notifier and its handler.
inline std::unique_ptr<QSocketNotifier> watch(const UniqueFd &fd, QSocketNotifier::Type type,
                                              const std::function<void()> &handler)
{
    auto notifier = std::make_unique<QSocketNotifier>(fd.value(), type);
    QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(), handler);
    return notifier;
}

} // namespace Parlance
