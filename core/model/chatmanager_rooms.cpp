// SPDX-License-Identifier: GPL-3.0-or-later
// What rooms are set to: topic, slow mode, frozen, locked.
#include "model/chatmanager.h"

#include <utility>

namespace Parlance {

void ChatManager::configureRoom(const RoomName &room, const RoomPatch &patch, SettingsAnswer answer)
{
    const Result<RoomPatch> good = proven(patch);
    if (!good) {
        answer(good.error());
        return;
    }
    m_configures.insert(++m_lastFetch, {room, std::move(answer)});
    m_store.configure(m_lastFetch, room, good.value());
}

void ChatManager::onConfigured(quint64 number, const Result<RoomSettings> &settings)
{
    const PendingSettings pending = m_configures.take(number);
    if (!pending.answer)
        return;
    Room *room = settings ? m_rooms.find(pending.room) : nullptr;
    if (settings)
        m_locks.note(pending.room, settings.value(), room ? room->people() : QList<PersonId>());
    if (room) {
        // A room that is just opening is told what held when the store looked, which may be older.
        room->isConfigured = true;
        const bool isNew = std::exchange(room->settings, settings.value()) != settings.value();
        if (isNew && room->isAnnounced)
            emit roomChanged(room->info());
    }
    pending.answer(settings);
}

} // namespace Parlance
