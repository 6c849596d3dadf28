// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/byteledger.h"
#include "model/messagestore.h"

#include <QHash>

#include <deque>
#include <unordered_map>

namespace Parlance {

/// Keeps the newest messages of active rooms: "committed" means accepted into the ring.
///
/// A room that empties is forgotten; when it opens again it has a new epoch and starts from seq 1.
/// Answers in the next turn of the event loop, all appends of one turn in one batch.
/// Thread: the hub.
class MemoryStore final : public MessageStore
{
    Q_OBJECT

public:
    static constexpr int kSearched = 4'000; ///< messages that one search looks at, in all rooms together: a few milliseconds of the hub
    static constexpr qint64 kDefaultBytes = 64 * 1024 * 1024;

    /// Remembers the last \a remembered messages per room, so that a repeat is known as one and a change finds what it
    /// is about, and in all rooms together about \a rememberedBytes; when they are more, the room with the most forgets
    /// its oldest.
    MemoryStore(int remembered, qint64 rememberedBytes = kDefaultBytes, QObject *parent = nullptr);

    QString durability() const override;
    void openRoom(const RoomName &room, int newest) override;
    void closeRoom(const RoomName &room) override;
    void append(Draft draft) override;
    /// Finds nothing: what people may read stands in the ring of the room.
    void fetch(quint64 number, const HistoryQuery &query) override;
    /// The newest first. Looks at kSearched messages, in the hub.
    void search(quint64 number, const SearchQuery &query) override;
    /// Only of an open room.
    void configure(quint64 number, const RoomName &room, const RoomPatch &patch) override;

private:
    using CidKey = std::pair<PersonId, Cid>;
    struct Shelf : ByteHolder
    {
        QString epoch;
        quint64 head = 0;
        RoomSettings settings;
        std::deque<Message> newest; ///< without gaps, ends with head
        QHash<CidKey, quint64> byCid; ///< seqs of those
        qint64 bytes = 0; ///< of what is remembered, about

        /// Null where it is not remembered.
        Message *find(quint64 seq)
        {
            return newest.empty() || seq < newest.front().seq || seq > head ? nullptr : &newest[seq - newest.front().seq];
        }
    };

    void schedule();
    void answer();
    /// Conflict where the cid was used for something else; a change also fails as mayChange() says.
    Result<StoredDraft> commit(Shelf &shelf, Draft draft);
    Result<StoredDraft> commitChange(Shelf &shelf, Draft draft);
    void apply(Shelf &shelf, Message &target, const Message &change);
    StoredDraft add(Shelf &shelf, Draft draft);
    void remember(Shelf &shelf, const Message &message);
    void forgetOldest(Shelf &shelf);

    int m_remembered;
    qint64 m_rememberedBytes;
    ByteLedger m_ledger; ///< of the shelves
    std::unordered_map<QString, Shelf> m_shelves; ///< by name key; QHash would move them
    QList<RoomRecord> m_opened;
    QList<Draft> m_waiting;
    QList<Draft> m_spare; ///< empty, with memory
    bool m_scheduled = false;
};

} // namespace Parlance
