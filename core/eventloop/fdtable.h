// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <array>
#include <utility>
#include <vector>

namespace Parlance {

/// Which socket notifiers watch which descriptor, and which descriptors epoll must be told about again.
///
/// Makes no epoll calls and sends nothing; does not own the notifiers. Descriptors are small numbers, so the table
/// is an array, as long as the highest one that was ever watched. Thread: that of the loop.
class FdTable
{
public:
    static constexpr std::array<QSocketNotifier::Type, 3> kTypes {
        QSocketNotifier::Read, QSocketNotifier::Write, QSocketNotifier::Exception};

    struct Entry
    {
        std::array<QSocketNotifier *, 3> notifiers {}; ///< by QSocketNotifier::Type
        /// Changes whenever the descriptor may from now on stand for another file.
        quint32 generation = 1;
        quint32 kernelGeneration = 0; ///< the generation that epoll was told
        quint32 kernelMask = 0; ///< the events that epoll was told; 0: it does not know the descriptor
        bool dirty = false;
        bool alwaysReady = false;

        bool isEmpty() const { return notifiers == decltype(notifiers) {}; }
        quint32 wantedMask() const; ///< EPOLLIN, EPOLLOUT, EPOLLPRI
    };

    /// False for a large number that is not open: it would only make the table large.
    bool accepts(int fd) const;
    /// Needs accepts(). False when another notifier of the same type had to give way.
    bool insert(QSocketNotifier *notifier);
    /// False when it was not in the table.
    bool remove(QSocketNotifier *notifier);

    /// The notifier to tell about an event, or nullptr when the event is of an older generation.
    QSocketNotifier *find(int fd, quint32 generation, QSocketNotifier::Type type) const;
    /// Whether there was reason to report this. If not, epoll reports what nobody can unsubscribe any more.
    bool isExpected(int fd, quint32 generation) const;

    Entry &at(int fd) { return m_entries[size_t(fd)]; }
    void markDirty(int fd);
    /// Everything that epoll knows becomes unknown and dirty: for a new epoll instance.
    void forgetKernel();
    std::vector<int> takeDirty() { return std::exchange(m_dirty, {}); }

    /// For descriptors that epoll refuses and poll always finds readable and writable: regular files.
    void setAlwaysReady(int fd, bool ready);
    const std::vector<int> &alwaysReady() const { return m_alwaysReady; }

private:
    std::vector<Entry> m_entries;
    std::vector<int> m_dirty;
    std::vector<int> m_alwaysReady;
};

} // namespace Parlance
