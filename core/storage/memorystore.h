// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/messagestore.h"

#include <QHash>
#include <QQueue>

namespace Parlance {

/// Keeps nothing but the counters and the cids of active rooms: "committed" means accepted into the ring.
///
/// A room that empties is forgotten; when it opens again it has a new epoch and starts from seq 1.
/// Answers in the next turn of the event loop, all appends of one turn in one batch.
/// Thread: the hub.
class MemoryStore final : public MessageStore
{
    Q_OBJECT

public:
    static constexpr qint64 kDefaultBytes = 64 * 1024 * 1024;

    /// Remembers the last \a rememberedCids cids per room, so that a repeat is known as one.
    /// and in all rooms together about \a rememberedBytes; a room that goes over it forgets its oldest.
    MemoryStore(int rememberedCids, qint64 rememberedBytes = kDefaultBytes, QObject *parent = nullptr);

    QString durability() const override;
    void openRoom(const RoomName &room, int newest) override;
    void closeRoom(const RoomName &room) override;
    void append(const Draft &draft) override;

private:
    using CidKey = std::pair<PersonId, Cid>;
    struct Shelf
    {
        QString epoch;
        quint64 head = 0;
        QHash<CidKey, Message> byCid;
        QQueue<CidKey> cidOrder;
    };

    void schedule();
    void answer();
    StoredDraft commit(Shelf &shelf, const Draft &draft);

    static qint64 sizeOf(const Message &message) { return message.content.size() * 2 + 400; }
    void forgetOldest(Shelf &shelf);

    int m_rememberedCids;
    qint64 m_rememberedBytes;
    qint64 m_bytes = 0; ///< of all remembered messages, about
    QHash<RoomName, Shelf> m_shelves;
    QList<RoomRecord> m_opened;
    QList<Draft> m_waiting;
    bool m_scheduled = false;
};

} // namespace Parlance
