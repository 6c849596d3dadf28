// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/kicklist.h"

namespace Parlance {

void KickList::add(const Entry &entry)
{
    if (m_entries.size() >= kMaxEntries)
        m_entries.removeFirst();
    m_entries.append(entry);
}

const KickList::Entry *KickList::find(const RoomName &room, const PersonId &person, const UserName &name,
                                      const QString &address, Millis now) const
{
    const Entry *longest = nullptr;
    for (const Entry &entry : m_entries) {
        const bool same = entry.person == person || ((entry.name == name || entry.asked == name) && entry.address == address);
        if (same && entry.room == room && entry.until > now && (!longest || entry.until > longest->until))
            longest = &entry;
    }
    return longest;
}

void KickList::prune(Millis now)
{
    m_entries.removeIf([now](const Entry &entry) { return entry.until <= now; });
}

} // namespace Parlance
