// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/memorystore.h"

#include "base/tokens.h"

#include <charconv>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr qsizetype kSpareDrafts = 256; ///< whose memory is kept for the next that wait

/// Text in UTF-16, and what the structure, its shared strings and their heads take.
qint64 sizeOf(const Message &message)
{
    constexpr qint64 kOverhead = 400;
    return message.content.size() * 2 + kOverhead;
}

/// Unique, for the epoch is.
MessageId messageId(const QString &epoch, quint64 seq)
{
    constexpr int kDigits = std::numeric_limits<quint64>::digits10 + 1;
    char digits[kDigits];
    const char *end = std::to_chars(digits, digits + kDigits, seq).ptr;
    QString id;
    id.reserve(epoch.size() + 1 + kDigits);
    id.append(epoch).append(u'-').append(QLatin1StringView(digits, end - digits));
    return MessageId(std::move(id));
}

} // namespace

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
    closeRoom(room);
    Shelf &shelf = m_shelves[room.key()];
    shelf.epoch = makeRandomId();
    m_opened.append({room, shelf.epoch, 0, {}});
    schedule();
}

void MemoryStore::closeRoom(const RoomName &room)
{
    const auto it = m_shelves.find(room.key());
    if (it == m_shelves.end())
        return;
    m_ledger.forget(it->second);
    m_shelves.erase(it);
}

void MemoryStore::append(Draft draft)
{
    m_waiting.append(std::move(draft));
    schedule();
}

void MemoryStore::fetch(quint64 number, const HistoryQuery &query)
{
    const auto it = m_shelves.find(query.room.key());
    const HistoryPage page = it == m_shelves.end() ? HistoryPage() : HistoryPage {it->second.epoch, it->second.head, {}, it->second.head + 1};
    QMetaObject::invokeMethod(this, [this, number, page] { emit fetched(number, page); }, Qt::QueuedConnection);
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
    QList<Draft> waiting = std::exchange(m_waiting, std::exchange(m_spare, {}));
    for (const RoomRecord &record : opened)
        emit roomOpened(record);

    QList<StoredDraft> batch;
    batch.reserve(waiting.size());
    QList<quint64> conflicts;
    QString key;
    Shelf *shelf = nullptr; // of the room of that key: what comes together is mostly of one room
    for (Draft &draft : waiting) {
        const quint64 id = draft.id;
        if (!shelf || draft.room.key() != key) {
            key = draft.room.key();
            shelf = &m_shelves[key];
        }
        if (std::optional<StoredDraft> done = commit(*shelf, std::move(draft)))
            batch.append(std::move(*done));
        else
            conflicts.append(id);
    }
    if (waiting.size() <= kSpareDrafts) {
        waiting.clear(); // keeps its memory
        m_spare = std::move(waiting);
    }
    if (!batch.isEmpty())
        emit stored(batch);
    for (const quint64 id : std::as_const(conflicts))
        emit appendFailed(id, Error {ErrorCode::Conflict, u"this cid was used for another message"_s, u"cid"_s});
}

std::optional<StoredDraft> MemoryStore::commit(Shelf &shelf, Draft draft)
{
    if (!draft.cid.isNull()) {
        if (const auto known = shelf.byCid.constFind({draft.person, draft.cid}); known != shelf.byCid.cend()) {
            if (known->content != draft.content)
                return {};
            return StoredDraft {draft.id, *known, true};
        }
    }
    const quint64 seq = ++shelf.head;
    StoredDraft done {draft.id,
                      {messageId(shelf.epoch, seq), std::move(draft.room), std::move(draft.author),
                       std::move(draft.person), std::move(draft.content), draft.timestamp, seq, std::move(draft.cid)},
                      false};
    if (!done.message.cid.isNull())
        remember(shelf, done.message);
    return done;
}

void MemoryStore::remember(Shelf &shelf, const Message &message)
{
    const CidKey key {message.person, message.cid};
    shelf.byCid.insert(key, message);
    shelf.cidOrder.enqueue(key);
    shelf.bytes += sizeOf(message);
    m_ledger.account(shelf, shelf.bytes);
    while (shelf.cidOrder.size() > m_rememberedCids)
        forgetOldest(shelf);
    while (m_ledger.total() > m_rememberedBytes) {
        auto &largest = static_cast<Shelf &>(*m_ledger.largest());
        if (largest.cidOrder.size() <= 1) // and nobody has more than one message's bytes
            break;
        forgetOldest(largest);
    }
}

void MemoryStore::forgetOldest(Shelf &shelf)
{
    shelf.bytes -= sizeOf(shelf.byCid.take(shelf.cidOrder.dequeue()));
    m_ledger.account(shelf, shelf.bytes);
}

} // namespace Parlance
