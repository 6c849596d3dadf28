// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/names.h"

#include <QList>

#include <chrono>

namespace Parlance {

/// Who was removed from which room and may not come back yet.
///
/// A person is known again by their resume token or account; a guest without either by name and address
/// together, so that others behind the same address are not hit.
class KickList
{
public:
    using Millis = std::chrono::milliseconds;

    struct Entry
    {
        RoomName room;
        PersonId person;
        UserName name; ///< the one shown in the room
        UserName asked; ///< the one asked for: anna where name is anna-2
        QString address;
        Millis until {0}; ///< monotonic
        QString reason;
    };

    void add(const Entry &entry);
    /// The entry that keeps them out for longest after \a now, or null. \a name is the one asked for.
    const Entry *find(const RoomName &room, const PersonId &person, const UserName &name, const QString &address,
                      Millis now) const;
    void prune(Millis now);

private:
    static constexpr qsizetype kMaxEntries = 10000; ///< the oldest is forgotten first
    QList<Entry> m_entries;
};

} // namespace Parlance
