// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace Parlance::Bench {

/// Something that waits for a file descriptor.
class Pollable
{
public:
    /// \a events are those of epoll(7).
    virtual void ready(uint32_t events) = 0;

protected:
    ~Pollable() = default;
};

/// One epoll set, level-triggered. A Pollable must live until the wait() that follows its remove() or the
/// closing of its descriptor, and must expect one last ready() before.
class Poller
{
public:
    Poller();
    ~Poller();
    Poller(const Poller &) = delete;
    Poller &operator=(const Poller &) = delete;

    void add(int fd, uint32_t events, Pollable *target);
    void change(int fd, uint32_t events, Pollable *target);
    void remove(int fd);

    /// Waits until something is ready or the monotonic clock shows \a deadlineNs, and serves what is ready.
    /// A deadline that has passed polls once.
    void wait(int64_t deadlineNs);

private:
    int m_fd;
};

/// Allows this process \a count open descriptors and some more. False when the system refuses.
bool allowDescriptors(uint64_t count);

} // namespace Parlance::Bench
