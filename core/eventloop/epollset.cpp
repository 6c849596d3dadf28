// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/epollset.h"

#include <cerrno>

namespace Parlance {

Q_LOGGING_CATEGORY(lcEventLoop, "parlance.eventloop")

namespace {

UniqueFd createEpoll(int wakeFd)
{
    UniqueFd epoll(epoll_create1(EPOLL_CLOEXEC));
    epoll_event wake = EpollSet::event(wakeFd, 0, EPOLLIN | EPOLLET);
    if (!epoll.isValid() || epoll_ctl(epoll.value(), EPOLL_CTL_ADD, wakeFd, &wake) == -1) {
        qCWarning(lcEventLoop, "no epoll instance: %s", qPrintable(qt_error_string(errno)));
        return UniqueFd();
    }
    return epoll;
}

} // namespace

epoll_event EpollSet::event(int fd, quint32 generation, quint32 mask)
{
    epoll_event event {};
    event.events = mask;
    event.data.u64 = quint64(generation) << 32 | quint32(fd);
    return event;
}

EpollSet::EpollSet(int wakeFd) : m_wakeFd(wakeFd), m_epoll(createEpoll(wakeFd)) {}

std::vector<int> EpollSet::synchronize(FdTable &table)
{
    std::vector<int> invalid;
    for (const int fd : table.takeDirty()) {
        table.at(fd).dirty = false;
        switch (apply(table, fd)) {
        case Outcome::Done: break;
        case Outcome::Invalid: invalid.push_back(fd); break;
        case Outcome::Later: table.markDirty(fd); break;
        }
    }
    return invalid;
}

EpollSet::Outcome EpollSet::apply(FdTable &table, int fd)
{
    FdTable::Entry &entry = table.at(fd);
    const quint32 wanted = entry.wantedMask();
    const bool isSameFile = entry.kernelGeneration == entry.generation;
    table.setAlwaysReady(fd, false);
    if (wanted == entry.kernelMask && (wanted == 0 || isSameFile))
        return Outcome::Done;

    epoll_event change = event(fd, entry.generation, wanted);
    const int error = control(fd, entry.kernelMask, change);
    if (wanted != 0)
        entry.kernelGeneration = entry.generation;
    entry.kernelMask = error == 0 ? wanted : 0;
    switch (error) {
    case 0: return Outcome::Done;
    case EPERM: table.setAlwaysReady(fd, (wanted & (EPOLLIN | EPOLLOUT)) != 0); return Outcome::Done;
    case ENOMEM:
    case ENOSPC:
        if (!isSameFile) // said once
            qCWarning(lcEventLoop, "descriptor %d is not watched for now: %s", fd, qPrintable(qt_error_string(error)));
        return Outcome::Later;
    default: return Outcome::Invalid;
    }
}

/// The error, or 0. What the kernel knows may differ from what it was told: it forgets a descriptor when the
/// file is closed, and it remembers one whose file has another descriptor left.
int EpollSet::control(int fd, quint32 oldMask, epoll_event &wanted)
{
    const auto attempt = [this, fd, &wanted](int operation) {
        return epoll_ctl(m_epoll.value(), operation, fd, &wanted) == 0 ? 0 : errno;
    };
    if (wanted.events == 0) {
        attempt(EPOLL_CTL_DEL); // fails when it was closed first, which is as good
        return 0;
    }
    if (oldMask == 0) {
        const int error = attempt(EPOLL_CTL_ADD);
        return error == EEXIST ? attempt(EPOLL_CTL_MOD) : error;
    }
    const int error = attempt(EPOLL_CTL_MOD);
    return error == ENOENT ? attempt(EPOLL_CTL_ADD) : error;
}

int EpollSet::wait(std::span<epoll_event> events, int timeoutMs)
{
    const int count = epoll_wait(m_epoll.value(), events.data(), int(events.size()), timeoutMs);
    if (count >= 0)
        return count;
    if (errno != EINTR)
        qCWarning(lcEventLoop, "epoll_wait: %s", qPrintable(qt_error_string(errno)));
    return 0;
}

void EpollSet::rebuild(FdTable &table)
{
    UniqueFd fresh = createEpoll(m_wakeFd);
    if (!fresh.isValid())
        return;
    m_epoll = std::move(fresh);
    table.forgetKernel();
}

} // namespace Parlance
