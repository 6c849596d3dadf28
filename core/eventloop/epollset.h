// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "eventloop/fdtable.h"
#include "eventloop/uniquefd.h"

#include <QLoggingCategory>

#include <span>
#include <vector>

#include <sys/epoll.h>

namespace Parlance {

Q_DECLARE_LOGGING_CATEGORY(lcEventLoop)

/// One epoll instance, level-triggered, kept in step with an FdTable.
///
/// Changes are told in synchronize(), so what is switched on and off again between two waits costs nothing.
/// Thread: that of the loop.
class EpollSet
{
    Q_DISABLE_COPY_MOVE(EpollSet)

public:
    /// An event says which descriptor and in which generation.
    static int descriptor(const epoll_event &event) { return int(quint32(event.data.u64)); }
    static quint32 generation(const epoll_event &event) { return quint32(event.data.u64 >> 32); }
    static epoll_event event(int fd, quint32 generation, quint32 mask);

    /// \a wakeFd is watched edge-triggered; it must live as long as this does. isValid() tells if it worked.
    explicit EpollSet(int wakeFd);
    bool isValid() const { return m_epoll.isValid(); }

    /// Tells the kernel what has changed. Returns the descriptors that cannot be watched, which the caller
    /// must take out of the table.
    std::vector<int> synchronize(FdTable &table);

    /// As epoll_wait: the number of events, 0 at the end of the time or after a signal. \a timeoutMs -1: for ever.
    int wait(std::span<epoll_event> events, int timeoutMs);

    /// Starts over with a new epoll instance. The way out when a descriptor was closed while a copy of it
    /// lives on, in a child process for example: the kernel goes on reporting it, and it cannot be
    /// unsubscribed by a number that is closed. Changes nothing when there is no descriptor left.
    void rebuild(FdTable &table);

private:
    enum class Outcome { Done, Invalid, Later };

    Outcome apply(FdTable &table, int fd);
    int control(int fd, quint32 oldMask, epoll_event &wanted);

    int m_wakeFd;
    UniqueFd m_epoll;
};

} // namespace Parlance
