// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/journal.h"

#include "base/logging.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr size_t kMostOpen = 100; ///< rooms whose memory is kept for the next batch

} // namespace

Result<std::unique_ptr<Journal>> Journal::make(SqlConnection &connection, CidBook &cids)
{
    std::unique_ptr<Journal> journal(new Journal(connection, cids));
    Status done = journal->prepare();
    if (done)
        done = journal->load();
    if (!done)
        return done.error();
    return journal;
}

Status Journal::prepare()
{
    const QString columns = u"SELECT j.id, j.last, j.epoch, e.epoch, j.data FROM journal j JOIN epochs e ON e.number = j.epoch"_s;
    const std::pair<QSqlQuery *, QString> statements[] = {
        {&m_add, u"INSERT INTO journal (id, last, epoch, data) VALUES (?, ?, ?, ?)"_s},
        {&m_find, columns + u" WHERE j.id <= ? ORDER BY j.id DESC LIMIT 1"_s},
        {&m_first, columns + u" ORDER BY j.id LIMIT 1"_s},
        {&m_head, u"UPDATE rooms SET head = max(head, ?) WHERE number = ?"_s},
        {&m_remove, u"DELETE FROM journal WHERE id = ?"_s},
        {&m_insert, u"INSERT INTO messages (id, epoch, author, person, cid, timestamp, content)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person, cid) WHERE cid IS NOT NULL DO NOTHING"_s},
    };
    for (const auto &[query, statement] : statements) {
        Result<QSqlQuery> prepared = m_connection.prepare(statement);
        if (!prepared)
            return prepared.error();
        *query = prepared.take();
    }
    return {};
}

/// After a start: what a process before this one left in it.
Status Journal::load()
{
    Result<QSqlQuery> rows = m_connection.ask(u"SELECT id, last, data FROM journal"_s);
    if (!rows)
        return rows.error();
    while (rows.value().next()) {
        const qint64 first = rows.value().value(0).toLongLong();
        const qsizetype count = rows.value().value(1).toLongLong() - first + 1;
        const auto entries = unpackJournal(rows.value().value(2).toByteArray(), count);
        if (!entries)
            return entries.error();
        for (qsizetype i = 0; i < count; ++i) {
            const JournalEntry &entry = entries.value().at(i);
            if (!entry.cid.isEmpty())
                m_cids.noteJournal(PersonId(entry.person), Cid(entry.cid), first + i);
        }
        m_size += count;
    }
    m_cids.committed();
    return {};
}

Status Journal::add(qint64 key, qint64 epoch, const Draft &draft)
{
    Open &open = m_open[key >> Schema::kSeqBits];
    // A change has taken the seq between, or the row is long enough.
    if (open.packer.count() > 0 && (open.first + open.packer.count() != key || open.packer.count() >= JournalPacker::kMost)) {
        if (Status written = write(open); !written)
            return written;
    }
    if (open.packer.count() == 0) {
        open.first = key;
        open.epoch = epoch;
    }
    open.packer.add(draft);
    ++m_change;
    if (!draft.cid.isNull())
        m_cids.noteJournal(draft.person, draft.cid, key);
    return {};
}

Status Journal::flush()
{
    for (auto &[room, open] : m_open) {
        if (open.packer.count() == 0)
            continue;
        if (Status written = write(open); !written)
            return written;
    }
    if (m_open.size() > kMostOpen)
        m_open.clear();
    return {};
}

Status Journal::write(Open &open)
{
    m_add.bindValue(0, open.first);
    m_add.bindValue(1, open.first + open.packer.count() - 1);
    m_add.bindValue(2, open.epoch);
    m_add.bindValue(3, open.packer.take());
    return m_connection.execute(m_add);
}

Journal::Row Journal::rowFrom(const QSqlQuery &query)
{
    return {query.value(0).toLongLong(), query.value(1).toLongLong(), query.value(2).toLongLong(), query.value(3).toString(),
            query.value(4).toByteArray()};
}

Result<std::optional<Journal::Row>> Journal::rowOf(qint64 key)
{
    if (const Status flushed = flush(); !flushed)
        return flushed.error();
    m_find.bindValue(0, key);
    if (const Status done = m_connection.execute(m_find); !done)
        return done.error();
    std::optional<Row> row;
    if (m_find.next() && m_find.value(1).toLongLong() >= key)
        row = rowFrom(m_find);
    m_find.finish();
    return row;
}

Result<std::optional<Message>> Journal::find(qint64 key, const RoomName &room, MessageRows &rows)
{
    const Result<std::optional<Row>> row = rowOf(key);
    if (!row)
        return row.error();
    if (!row.value())
        return std::optional<Message>();
    const auto entries = unpackJournal(row.value()->data, row.value()->last - row.value()->first + 1);
    if (!entries)
        return entries.error();
    const Result<Message> message = rows.read(room, key, row.value()->epochText, entries.value().at(key - row.value()->first));
    return message ? Result<std::optional<Message>>(message.value()) : message.error();
}

Status Journal::settleAround(qint64 key)
{
    const Result<std::optional<Row>> row = rowOf(key);
    if (!row)
        return row.error();
    return row.value() ? settleRow(*row.value()) : Status();
}

Result<bool> Journal::settle(qsizetype count)
{
    if (m_size == 0)
        return false;
    SqlTransaction transaction(m_connection);
    Status done = transaction.begin(SqlTransaction::Kind::Write);
    while (done && -m_change < count && m_size + m_change > 0) {
        done = m_connection.execute(m_first);
        if (!done)
            break;
        if (!m_first.next()) {
            m_change = -m_size;
            break;
        }
        const Row row = rowFrom(m_first);
        m_first.finish();
        done = settleRow(row);
    }
    m_first.finish();
    if (done)
        done = transaction.commit();
    if (!done) {
        rolledBack();
        m_cids.rolledBack();
        return done.error();
    }
    committed();
    m_cids.committed();
    return true;
}

Status Journal::settleRow(const Row &row)
{
    const qsizetype count = row.last - row.first + 1;
    const auto entries = unpackJournal(row.data, count);
    if (!entries)
        return entries.error();
    for (qsizetype i = 0; i < count; ++i) {
        if (Status done = settleEntry(row.first + i, row.epoch, entries.value().at(i)); !done)
            return done;
    }
    m_head.bindValue(0, qint64(Schema::seqOf(row.last)));
    m_head.bindValue(1, row.first >> Schema::kSeqBits);
    if (Status done = m_connection.execute(m_head); !done)
        return done;
    m_remove.bindValue(0, row.first);
    m_change -= count;
    return m_connection.execute(m_remove);
}

Status Journal::settleEntry(qint64 key, qint64 epoch, const JournalEntry &entry)
{
    const QVariant none(QMetaType(QMetaType::QString));
    m_insert.bindValue(0, key);
    m_insert.bindValue(1, epoch);
    m_insert.bindValue(2, entry.author);
    m_insert.bindValue(3, entry.person);
    m_insert.bindValue(4, entry.cid.isEmpty() ? none : QVariant(entry.cid));
    m_insert.bindValue(5, entry.timestamp);
    m_insert.bindValue(6, entry.content);
    if (Status done = m_connection.execute(m_insert); !done)
        return done;
    if (m_insert.numRowsAffected() == 0) {
        // Cannot be; and if it is, an acknowledged message is worth more than its cid.
        qCWarning(lcStore) << "a cid stands in the history twice; the later message is kept without it";
        m_insert.bindValue(4, none);
        return m_connection.execute(m_insert);
    }
    if (!entry.cid.isEmpty())
        m_cids.noteRow(PersonId(entry.person), Cid(entry.cid), true);
    return {};
}

void Journal::committed()
{
    m_size += std::exchange(m_change, 0);
}

void Journal::rolledBack()
{
    m_change = 0;
    m_open.clear();
}

} // namespace Parlance
