// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/memorystore.h"

#include "base/tokens.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

MemoryStore::MemoryStore(int rememberedCids, qint64 rememberedBytes, QObject *parent)
    : MessageStore(parent), m_rememberedCids(rememberedCids), m_rememberedBytes(rememberedBytes)
{
}

QString MemoryStore::durability() const
{
    return u"memory"_s;
}

void MemoryStore::openRoom(const RoomName &room, int)
{
    Shelf shelf;
    shelf.epoch = makeRandomId();
    m_opened.append({room, shelf.epoch, 0, {}});
    m_shelves.insert(room, shelf);
    schedule();
}

void MemoryStore::closeRoom(const RoomName &room)
{
    const auto it = m_shelves.find(room);
    if (it == m_shelves.end())
        return;
    for (const Message &message : std::as_const(it->byCid))
        m_bytes -= sizeOf(message);
    m_shelves.erase(it);
}

void MemoryStore::append(const Draft &draft)
{
    m_waiting.append(draft);
    schedule();
}

void MemoryStore::schedule()
{
    if (std::exchange(m_scheduled, true))
        return;
    QMetaObject::invokeMethod(this, &MemoryStore::answer, Qt::QueuedConnection);
}

void MemoryStore::answer()
{
    m_scheduled = false;
    const QList<RoomRecord> opened = std::exchange(m_opened, {});
    const QList<Draft> waiting = std::exchange(m_waiting, {});
    for (const RoomRecord &record : opened)
        emit roomOpened(record);

    QList<StoredDraft> batch;
    batch.reserve(waiting.size());
    QList<quint64> conflicts;
    for (const Draft &draft : waiting) {
        StoredDraft result = commit(m_shelves[draft.room], draft);
        if (result.repeated && result.message.content != draft.content)
            conflicts.append(draft.id);
        else
            batch.append(std::move(result));
    }
    if (!batch.isEmpty())
        emit stored(batch);
    for (const quint64 id : std::as_const(conflicts))
        emit appendFailed(id, Error {ErrorCode::Conflict, u"this cid was used for another message"_s, u"cid"_s});
}

StoredDraft MemoryStore::commit(Shelf &shelf, const Draft &draft)
{
    const CidKey key {draft.person, draft.cid};
    if (!draft.cid.isNull()) {
        if (const auto known = shelf.byCid.constFind(key); known != shelf.byCid.cend())
            return {draft.id, *known, true};
    }
    Message message {{}, draft.room, draft.author, draft.person, draft.content, draft.timestamp, ++shelf.head, draft.cid};
    message.id = MessageId(shelf.epoch + u'-' + QString::number(message.seq)); // unique, for the epoch is
    if (!draft.cid.isNull()) {
        shelf.byCid.insert(key, message);
        shelf.cidOrder.enqueue(key);
        m_bytes += sizeOf(message);
        while (shelf.cidOrder.size() > m_rememberedCids || (m_bytes > m_rememberedBytes && shelf.cidOrder.size() > 1))
            forgetOldest(shelf);
    }
    return {draft.id, std::move(message), false};
}

void MemoryStore::forgetOldest(Shelf &shelf)
{
    m_bytes -= sizeOf(shelf.byCid.take(shelf.cidOrder.dequeue()));
}

} // namespace Parlance
