// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/fdtable.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/epoll.h>

namespace Parlance {

quint32 FdTable::Entry::wantedMask() const
{
    return (notifiers[QSocketNotifier::Read] ? EPOLLIN : 0u)
        | (notifiers[QSocketNotifier::Write] ? EPOLLOUT : 0u)
        | (notifiers[QSocketNotifier::Exception] ? EPOLLPRI : 0u);
}

bool FdTable::accepts(int fd) const
{
    constexpr int plausible = 1 << 16; // 2.5 MiB of entries
    return fd >= 0 && (fd < plausible || size_t(fd) < m_entries.size() || fcntl(fd, F_GETFD) != -1);
}

bool FdTable::insert(QSocketNotifier *notifier)
{
    const int fd = int(notifier->socket());
    if (size_t(fd) >= m_entries.size())
        m_entries.resize(size_t(fd) + 1);
    Entry &entry = at(fd);
    QSocketNotifier *&slot = entry.notifiers[notifier->type()];
    const bool isFree = !slot || slot == notifier;
    if (!isFree)
        ++entry.generation; // its owner may have closed the descriptor without a word
    slot = notifier;
    markDirty(fd);
    return isFree;
}

bool FdTable::remove(QSocketNotifier *notifier)
{
    const int fd = int(notifier->socket());
    if (fd < 0 || size_t(fd) >= m_entries.size())
        return false;
    Entry &entry = at(fd);
    QSocketNotifier *&slot = entry.notifiers[notifier->type()];
    if (slot != notifier)
        return false;
    slot = nullptr;
    if (entry.isEmpty())
        ++entry.generation; // it may be closed now and come back as another file
    markDirty(fd);
    return true;
}

QSocketNotifier *FdTable::find(int fd, quint32 generation, QSocketNotifier::Type type) const
{
    const Entry &entry = m_entries[size_t(fd)];
    return entry.generation == generation ? entry.notifiers[type] : nullptr;
}

bool FdTable::isExpected(int fd, quint32 generation) const
{
    const Entry &entry = m_entries[size_t(fd)];
    return entry.kernelGeneration == generation && (entry.kernelMask != 0 || entry.alwaysReady);
}

void FdTable::markDirty(int fd)
{
    if (std::exchange(at(fd).dirty, true))
        return;
    m_dirty.push_back(fd);
}

void FdTable::forgetKernel()
{
    for (size_t fd = 0; fd < m_entries.size(); ++fd) {
        if (m_entries[fd].kernelMask == 0)
            continue;
        m_entries[fd].kernelMask = 0;
        markDirty(int(fd));
    }
}

void FdTable::setAlwaysReady(int fd, bool ready)
{
    if (std::exchange(at(fd).alwaysReady, ready) == ready)
        return;
    if (ready)
        m_alwaysReady.push_back(fd);
    else
        m_alwaysReady.erase(std::find(m_alwaysReady.begin(), m_alwaysReady.end(), fd));
}

} // namespace Parlance
