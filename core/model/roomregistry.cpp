// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/roomregistry.h"

#include <algorithm>
#include <utility>

namespace Parlance {

RoomRegistry::RoomRegistry(const ModelLimits &limits)
    : m_most(size_t(limits.rooms)), m_ring(limits.ring), m_budget(limits.historyBytes)
{
}

Room *RoomRegistry::find(const RoomName &name) const
{
    const auto it = m_rooms.find(name.key());
    return it == m_rooms.end() ? nullptr : it->second.get();
}

const Room *RoomRegistry::active(const RoomName &name) const
{
    const Room *found = find(name);
    return found && found->sessionCount() > 0 ? found : nullptr;
}

QStringList RoomRegistry::userNames(const RoomName &name) const
{
    const Room *found = active(name);
    return found ? found->userNames() : QStringList();
}

Room &RoomRegistry::add(const RoomName &name, qint64 openedAt)
{
    const auto [it, isNew] = m_rooms.emplace(name.key(), std::make_unique<Room>(name, m_ring, openedAt));
    Q_ASSERT(isNew);
    return *it->second;
}

void RoomRegistry::trim(const RoomName &name, quint64 oldest)
{
    if (Room *room = find(name))
        m_budget.trim(*room, oldest);
}

void RoomRegistry::drop(const RoomName &name)
{
    const auto it = m_rooms.find(name.key());
    if (it == m_rooms.end())
        return;
    m_budget.forget(*it->second);
    m_rooms.erase(it);
}

QList<RoomInfo> RoomRegistry::activeRooms() const
{
    QList<RoomInfo> list;
    for (const auto &[key, room] : m_rooms) {
        if (room->sessionCount() > 0)
            list.append(room->info());
    }
    std::sort(list.begin(), list.end(),
              [](const RoomInfo &a, const RoomInfo &b) { return a.name.text() < b.name.text(); });
    return list;
}

int RoomRegistry::activeCount() const
{
    return int(std::count_if(m_rooms.cbegin(), m_rooms.cend(),
                             [](const auto &entry) { return entry.second->sessionCount() > 0; }));
}

int RoomRegistry::userCount() const
{
    int users = 0;
    for (const auto &[key, room] : m_rooms)
        users += room->userCount();
    return users;
}

QList<RoomName> RoomRegistry::withPresence() const
{
    QList<RoomName> list;
    for (const auto &[key, room] : m_rooms) {
        if (room->hasPresence())
            list.append(room->name());
    }
    return list;
}

} // namespace Parlance
