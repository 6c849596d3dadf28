// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchindex.h"

#include "storage/schema.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kPurgePages = 200; ///< of the index that one step of the merge writes, about

} // namespace

Result<bool> SearchIndex::step()
{
    if (!isOurs())
        return false;
    SqlTransaction transaction(m_connection);
    if (const Status begun = transaction.begin(SqlTransaction::Kind::Write); !begun)
        return begun.error();
    qint64 room = 0;
    quint64 from = 0;
    quint64 to = 0;
    { // its rows are read before anything is written
        // Up to the first message that has no row yet.
        Result<QSqlQuery> behind = m_connection.ask(u"SELECT number, indexed, head, (SELECT min(id) FROM journal WHERE id BETWEEN"
            " number * %1 AND number * %1 + %2) FROM rooms WHERE indexed < head"_s
                .arg(qint64(1) << Schema::kSeqBits)
                .arg((qint64(1) << Schema::kSeqBits) - 1));
        if (!behind)
            return behind.error();
        while (room == 0 && behind.value().next()) {
            const QSqlQuery &row = behind.value();
            const quint64 end = row.value(3).isNull() ? row.value(2).toULongLong() + 1 : Schema::seqOf(row.value(3).toLongLong());
            from = row.value(1).toULongLong() + 1;
            if (from >= end)
                continue;
            room = row.value(0).toLongLong();
            to = std::min(from + kStep, end) - 1;
        }
        if (room == 0)
            return false;
    }
    const Result<QSqlQuery> added =
        m_connection.ask(u"INSERT INTO messages_text (rowid, content) SELECT id, content FROM messages WHERE id BETWEEN ? AND ? AND kind = 0"_s,
              {Schema::messageKey(room, from), Schema::messageKey(room, to)});
    if (!added)
        return added.error();
    const Result<QSqlQuery> noted = m_connection.ask(u"UPDATE rooms SET indexed = ? WHERE number = ?"_s, {to, room});
    if (!noted)
        return noted.error();
    if (const Status done = transaction.commit(); !done)
        return done.error();
    return true;
}

Status SearchIndex::replace(qint64 key, const QString &before, const QString &now)
{
    if (!isOurs())
        return {};
    Result<QSqlQuery> indexed = m_connection.ask(u"SELECT indexed FROM rooms WHERE number = ?"_s, {key >> Schema::kSeqBits});
    if (!indexed)
        return indexed.error();
    if (!indexed.value().next() || indexed.value().value(0).toULongLong() < Schema::seqOf(key))
        return {}; // its turn comes
    indexed.value().finish();
    const Result<QSqlQuery> gone =
        m_connection.ask(u"INSERT INTO messages_text (messages_text, rowid, content) VALUES ('delete', ?, ?)"_s, {key, before});
    if (!gone)
        return gone.error();
    if (now.isEmpty())
        return {};
    const Result<QSqlQuery> added = m_connection.ask(u"INSERT INTO messages_text (rowid, content) VALUES (?, ?)"_s, {key, now});
    return added ? Status() : added.error();
}

Status SearchIndex::forget(qint64 first, qint64 last)
{
    if (!isOurs())
        return {};
    const Result<QSqlQuery> gone =
        m_connection.ask(u"INSERT INTO messages_text (messages_text, rowid, content) SELECT 'delete', m.id, m.content FROM messages m"
              " JOIN rooms r ON r.number = ? WHERE m.id BETWEEN ? AND ? AND m.kind = 0 AND m.id <= r.number * %1 + r.indexed"_s
                  .arg(qint64(1) << Schema::kSeqBits),
              {first >> Schema::kSeqBits, first, last});
    return gone ? Status() : gone.error();
}

// https://www.sqlite.org/fts5.html#the_merge_command: a negative number of pages begins to merge everything.
Status SearchIndex::beginPurge()
{
    if (!isOurs())
        return {};
    const Result<QSqlQuery> begun =
        m_connection.ask(u"INSERT INTO messages_text (messages_text, rank) VALUES ('merge', ?)"_s, {-kPurgePages});
    return begun ? Status() : begun.error();
}

Result<bool> SearchIndex::purgeStep()
{
    if (!isOurs())
        return false;
    const auto changes = [this]() -> Result<qint64> {
        Result<QSqlQuery> count = m_connection.ask(u"SELECT total_changes()"_s);
        if (!count)
            return count.error();
        return count.value().next() ? count.value().value(0).toLongLong() : 0;
    };
    const Result<qint64> before = changes();
    if (!before)
        return before.error();
    const Result<QSqlQuery> merged =
        m_connection.ask(u"INSERT INTO messages_text (messages_text, rank) VALUES ('merge', ?)"_s, {kPurgePages});
    if (!merged)
        return merged.error();
    const Result<qint64> after = changes();
    if (!after)
        return after.error();
    return after.value() - before.value() >= 2; // fewer: nothing was left to merge
}

} // namespace Parlance
