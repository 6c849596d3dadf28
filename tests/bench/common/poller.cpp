// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/poller.h"

#include "common/clock.h"

#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>

namespace Parlance::Bench {

Poller::Poller() : m_fd(epoll_create1(EPOLL_CLOEXEC))
{
    if (m_fd < 0)
        std::abort();
}

Poller::~Poller()
{
    close(m_fd);
}

void Poller::add(int fd, uint32_t events, Pollable *target)
{
    epoll_event event {events, {target}};
    if (epoll_ctl(m_fd, EPOLL_CTL_ADD, fd, &event) != 0)
        std::abort();
}

void Poller::change(int fd, uint32_t events, Pollable *target)
{
    epoll_event event {events, {target}};
    if (epoll_ctl(m_fd, EPOLL_CTL_MOD, fd, &event) != 0)
        std::abort();
}

void Poller::remove(int fd)
{
    epoll_ctl(m_fd, EPOLL_CTL_DEL, fd, nullptr);
}

void Poller::wait(int64_t deadlineNs)
{
    std::array<epoll_event, 512> events;
    const int64_t left = std::max<int64_t>(0, deadlineNs - nowNs());
    const timespec timeout {left / kSecond, left % kSecond};
    const int count = epoll_pwait2(m_fd, events.data(), int(events.size()), &timeout, nullptr);
    if (count < 0 && errno != EINTR)
        std::abort();
    for (int i = 0; i < count; ++i)
        static_cast<Pollable *>(events[size_t(i)].data.ptr)->ready(events[size_t(i)].events);
}

bool allowDescriptors(uint64_t count)
{
    const rlim_t wanted = count + 64;
    rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur >= wanted)
        return true;
    limit.rlim_cur = wanted;
    limit.rlim_max = std::max(limit.rlim_max, wanted);
    return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

} // namespace Parlance::Bench
