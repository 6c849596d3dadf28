// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/names.h"
#include "base/result.h"
#include "model/roomsettings.h"

#include <QHash>
#include <QSet>

namespace Parlance {

/// Who may come into a locked room: whoever was in it when it was locked, also after their connection broke and after
/// everybody was out of it.
///
/// Not kept over a restart of the server, which nobody in a locked room comes through. Thread: the hub.
class RoomLocks
{
public:
    /// \a room is set to \a settings, and \a people are in it.
    void note(const RoomName &room, const RoomSettings &settings, const QList<PersonId> &people);
    /// Whether \a person may come in. Locked.
    Status mayEnter(const RoomName &room, const RoomSettings &settings, const PersonId &person) const;
    /// \a person was sent out of it.
    void forget(const RoomName &room, const PersonId &person);
    /// All of them were.
    void forgetAll(const RoomName &room);

private:
    QHash<RoomName, QSet<PersonId>> m_insiders; ///< of locked rooms
};

} // namespace Parlance
