// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"

#include <deque>
#include <optional>
#include <utility>

namespace Parlance {

class Room;

/// Who waits for which draft's answer. Drafts get numbers from 1 on and are answered nearly in that order, so this
/// is a queue and no hash. Thread: the hub.
class DraftBook
{
public:
    struct Entry
    {
        SessionId session {};
        Room *room = nullptr; ///< lives while a draft of it is under way
        Cid cid;
    };

    /// The number under which \a entry stands.
    quint64 add(Entry entry)
    {
        m_entries.emplace_back(std::move(entry));
        return m_first + m_entries.size() - 1;
    }

    /// Who waits for that answer; no session where there is none of that number.
    SessionId sessionOf(quint64 number) const
    {
        if (number < m_first || number - m_first >= m_entries.size() || !m_entries[number - m_first])
            return {};
        return m_entries[number - m_first]->session;
    }

    /// Takes the entry out; one without a room where there is none of that number.
    Entry take(quint64 number)
    {
        if (number < m_first || number - m_first >= m_entries.size())
            return {};
        Entry taken = std::exchange(m_entries[number - m_first], std::nullopt).value_or(Entry {});
        while (!m_entries.empty() && !m_entries.front()) {
            m_entries.pop_front();
            ++m_first;
        }
        return taken;
    }

private:
    std::deque<std::optional<Entry>> m_entries; ///< from m_first on; empty ones were answered out of their order
    quint64 m_first = 1;
};

} // namespace Parlance
