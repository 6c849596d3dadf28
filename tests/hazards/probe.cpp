// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QTimer>

#include <ctime>

#include <unistd.h>

namespace Parlance {

Finding finding(bool isReal, const QString &seen)
{
    return {isReal ? Verdict::Real : Verdict::NotReal, seen};
}

bool until(const std::function<bool()> &isTrue, std::chrono::milliseconds atMost)
{
    const QDeadlineTimer deadline(atMost);
    QTimer alarm; // wakes the loop up now and then: what is waited for may be no event
    alarm.start(std::chrono::milliseconds(20));
    while (!isTrue() && !deadline.hasExpired()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return isTrue();
}

void linger(std::chrono::milliseconds time)
{
    until([] { return false; }, time);
}

std::chrono::microseconds cpuTime()
{
    timespec now {};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::microseconds(now.tv_nsec / 1000);
}

qint64 residentBytes()
{
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    return statm.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

} // namespace Parlance
