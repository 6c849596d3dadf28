// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <map>

namespace Parlance {

class WebSocketChannel;

/// Which channel has to be looked at next, and when: silent ones cost nothing until their time comes, however
/// many there are.
///
/// Thread: the hub. Must outlive its channels.
class DeadlineQueue
{
    using Entries = std::multimap<Clock::Millis, WebSocketChannel *>;

public:
    /// One channel's place in the queue; leaves it when destroyed.
    class Place
    {
        Q_DISABLE_COPY_MOVE(Place)

    public:
        Place(DeadlineQueue &queue, WebSocketChannel &channel) : m_entries(queue.m_entries), m_channel(&channel) {}
        ~Place() { leave(); }

        /// In place of the earlier deadline, if there is one. Monotonic time.
        void set(Clock::Millis deadline)
        {
            leave();
            m_entry = m_entries.emplace(deadline, m_channel);
            m_isQueued = true;
        }
        /// Only ever sooner than it is.
        void hasten(Clock::Millis deadline)
        {
            if (!m_isQueued || deadline < m_entry->first)
                set(deadline);
        }
        void leave()
        {
            if (m_isQueued)
                m_entries.erase(m_entry);
            m_isQueued = false;
        }

    private:
        Entries &m_entries;
        WebSocketChannel *m_channel;
        Entries::iterator m_entry;
        bool m_isQueued = false;
    };

    /// The one that has waited longest of those whose deadline is at or before \a now; null when there is none.
    /// It stays in the queue until it sets another deadline, or leaves.
    WebSocketChannel *due(Clock::Millis now) const
    {
        return m_entries.empty() || m_entries.begin()->first > now ? nullptr : m_entries.begin()->second;
    }

private:
    Entries m_entries;
};

} // namespace Parlance
