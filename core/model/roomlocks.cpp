// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/roomlocks.h"

using namespace Qt::StringLiterals;

namespace Parlance {

void RoomLocks::note(const RoomName &room, const RoomSettings &settings, const QList<PersonId> &people)
{
    if (!settings.isLocked)
        m_insiders.remove(room);
    else if (!m_insiders.contains(room))
        m_insiders.insert(room, QSet<PersonId>(people.cbegin(), people.cend()));
}

Status RoomLocks::mayEnter(const RoomName &room, const RoomSettings &settings, const PersonId &person) const
{
    if (!settings.isLocked)
        return {};
    const auto insiders = m_insiders.constFind(room);
    if (insiders != m_insiders.cend() && insiders->contains(person))
        return {};
    return Error {ErrorCode::Locked, u"the room is locked: nobody new can come in at the moment"_s};
}

void RoomLocks::forget(const RoomName &room, const PersonId &person)
{
    if (const auto insiders = m_insiders.find(room); insiders != m_insiders.end())
        insiders->remove(person);
}

void RoomLocks::forgetAll(const RoomName &room)
{
    if (const auto insiders = m_insiders.find(room); insiders != m_insiders.end())
        insiders->clear();
}

} // namespace Parlance
