// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/byteledger.h"
#include "model/messagestore.h"

#include <QHash>
#include <QQueue>

#include <optional>
#include <unordered_map>

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

    /// Remembers the last \a rememberedCids cids per room, so that a repeat is known as one, and in all rooms together
    /// about \a rememberedBytes; when they are more, the room with the most forgets its oldest.
    MemoryStore(int rememberedCids, qint64 rememberedBytes = kDefaultBytes, QObject *parent = nullptr);

    QString durability() const override;
    void openRoom(const RoomName &room, int newest) override;
    void closeRoom(const RoomName &room) override;
    void append(Draft draft) override;
    /// Finds nothing: what there is stands in the ring of the room.
    void fetch(quint64 number, const HistoryQuery &query) override;

private:
    using CidKey = std::pair<PersonId, Cid>;
    struct Shelf : ByteHolder
    {
        QString epoch;
        quint64 head = 0;
        QHash<CidKey, Message> byCid;
        QQueue<CidKey> cidOrder;
        qint64 bytes = 0; ///< of what is remembered, about
    };

    void schedule();
    void answer();
    /// Nothing where the cid was used for other content.
    std::optional<StoredDraft> commit(Shelf &shelf, Draft draft);
    void remember(Shelf &shelf, const Message &message);
    void forgetOldest(Shelf &shelf);

    int m_rememberedCids;
    qint64 m_rememberedBytes;
    ByteLedger m_ledger; ///< of the shelves
    std::unordered_map<QString, Shelf> m_shelves; ///< by name key; QHash would move them
    QList<RoomRecord> m_opened;
    QList<Draft> m_waiting;
    QList<Draft> m_spare; ///< empty, with memory
    bool m_scheduled = false;
};

} // namespace Parlance
