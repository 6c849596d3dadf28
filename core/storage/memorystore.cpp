// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/memorystore.h"

#include "base/tokens.h"
#include "model/changerules.h"

#include <algorithm>
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

/// 0 where \a id is none of ours.
quint64 seqOf(const MessageId &id)
{
    const QString &text = id.toString();
    return QStringView(text).mid(text.lastIndexOf(u'-') + 1).toULongLong();
}

Message messageOf(const QString &epoch, quint64 seq, Draft draft)
{
    return {messageId(epoch, seq),    std::move(draft.room), std::move(draft.author), std::move(draft.person),
            std::move(draft.content), draft.timestamp,       seq,                     std::move(draft.cid),
            std::move(draft.change)};
}

} // namespace

MemoryStore::MemoryStore(int remembered, qint64 rememberedBytes, QObject *parent)
    : MessageStore(parent), m_remembered(remembered), m_rememberedBytes(rememberedBytes)
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

void MemoryStore::search(quint64 number, const SearchQuery &query)
{
    SearchHits hits;
    qsizetype left = kSearched;
    const qsizetype perRoom = query.room.isNull() ? kSearched / qsizetype(std::max(m_shelves.size(), size_t(1))) : kSearched;
    for (const auto &[key, shelf] : m_shelves) {
        if (!query.room.isNull() && key != query.room.key())
            continue;
        qsizetype ofRoom = std::min(perRoom, left);
        for (auto it = shelf.newest.crbegin(); it != shelf.newest.crend() && ofRoom > 0; ++it, --ofRoom, --left) {
            if (it->isReadable() && !findTerms(it->content, query.terms).isEmpty())
                hits.messages.append(*it);
        }
    }
    std::stable_sort(hits.messages.begin(), hits.messages.end(),
                     [](const Message &a, const Message &b) { return a.timestamp > b.timestamp; });
    hits.hasMore = hits.messages.size() > query.count;
    hits.messages.resize(std::min(hits.messages.size(), qsizetype(query.count)));
    QMetaObject::invokeMethod(this, [this, number, hits] { emit found(number, hits); }, Qt::QueuedConnection);
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
    QList<std::pair<quint64, Error>> failed;
    QString key;
    Shelf *shelf = nullptr; // of the room of that key: what comes together is mostly of one room
    for (Draft &draft : waiting) {
        const quint64 id = draft.id;
        if (!shelf || draft.room.key() != key) {
            key = draft.room.key();
            shelf = &m_shelves[key];
        }
        if (Result<StoredDraft> done = draft.change ? commitChange(*shelf, std::move(draft)) : commit(*shelf, std::move(draft)))
            batch.append(done.take());
        else
            failed.append({id, done.error()});
    }
    if (waiting.size() <= kSpareDrafts) {
        waiting.clear(); // keeps its memory
        m_spare = std::move(waiting);
    }
    if (!batch.isEmpty())
        emit stored(batch);
    for (const auto &[id, error] : std::as_const(failed))
        emit appendFailed(id, error);
}

Result<StoredDraft> MemoryStore::commit(Shelf &shelf, Draft draft)
{
    if (!draft.cid.isNull()) {
        if (const auto known = shelf.byCid.constFind({draft.person, draft.cid}); known != shelf.byCid.cend()) {
            const Message &earlier = *shelf.find(*known);
            if (!isRepeat(earlier, draft))
                return conflict();
            return StoredDraft {draft.id, earlier, true};
        }
    }
    return add(shelf, std::move(draft));
}

Result<StoredDraft> MemoryStore::commitChange(Shelf &shelf, Draft draft)
{
    if (!draft.cid.isNull() && shelf.byCid.contains({draft.person, draft.cid}))
        return commit(shelf, std::move(draft));
    Message *target = shelf.find(seqOf(draft.change->target));
    if (!target || target->id != draft.change->target)
        return Error {ErrorCode::NotFound, u"there is no message of that id"_s, u"id"_s};
    if (const Status allowed = mayChange(*target, draft); !allowed)
        return allowed.error();
    if (const Reaction *standing = standingReaction(*target, draft)) {
        if (const Message *earlier = shelf.find(standing->seq))
            return StoredDraft {draft.id, *earlier, true};
    }
    Change change = *draft.change;
    change.targetSeq = target->seq;
    draft.change = std::make_shared<const Change>(std::move(change));
    if (draft.author.isNull())
        draft.author = target->author;
    apply(shelf, *target, messageOf(shelf.epoch, shelf.head + 1, draft));
    return add(shelf, std::move(draft));
}

void MemoryStore::apply(Shelf &shelf, Message &target, const Message &change)
{
    shelf.bytes -= sizeOf(target);
    applyChange(target, change);
    shelf.bytes += sizeOf(target);
    if (change.change->kind != ChangeKind::Edit && change.change->kind != ChangeKind::Deletion)
        return;
    for (Message &earlier : shelf.newest) { // whose text is not to be found any more
        if (earlier.change && earlier.change->kind == ChangeKind::Edit && earlier.change->targetSeq == target.seq) {
            shelf.bytes -= sizeOf(earlier);
            earlier.content = change.content;
            shelf.bytes += sizeOf(earlier);
        }
    }
}

StoredDraft MemoryStore::add(Shelf &shelf, Draft draft)
{
    const quint64 id = draft.id;
    StoredDraft done {id, messageOf(shelf.epoch, ++shelf.head, std::move(draft)), false};
    remember(shelf, done.message);
    return done;
}

void MemoryStore::remember(Shelf &shelf, const Message &message)
{
    if (!message.cid.isNull())
        shelf.byCid.insert({message.person, message.cid}, message.seq);
    shelf.newest.push_back(message);
    shelf.bytes += sizeOf(message);
    m_ledger.account(shelf, shelf.bytes);
    while (qsizetype(shelf.newest.size()) > m_remembered)
        forgetOldest(shelf);
    while (m_ledger.total() > m_rememberedBytes) {
        auto &largest = static_cast<Shelf &>(*m_ledger.largest());
        if (largest.newest.size() <= 1) // and nobody has more than one message's bytes
            break;
        forgetOldest(largest);
    }
}

void MemoryStore::forgetOldest(Shelf &shelf)
{
    const Message &oldest = shelf.newest.front();
    shelf.bytes -= sizeOf(oldest);
    if (!oldest.cid.isNull())
        shelf.byCid.remove({oldest.person, oldest.cid});
    shelf.newest.pop_front();
    m_ledger.account(shelf, shelf.bytes);
}

void MemoryStore::configure(quint64 number, const RoomName &room, const RoomPatch &patch)
{
    const auto shelf = m_shelves.find(room.key());
    Result<RoomSettings> done = Error {ErrorCode::NotFound, u"nobody is in the room %1, and nothing is kept"_s.arg(room.text())};
    if (shelf != m_shelves.end())
        done = shelf->second.settings = patch.applied(shelf->second.settings);
    QMetaObject::invokeMethod(this, [this, number, done] {
        if (done)
            emit configured(number, done.value());
        else
            emit configureFailed(number, done.error());
    }, Qt::QueuedConnection);
}

} // namespace Parlance
