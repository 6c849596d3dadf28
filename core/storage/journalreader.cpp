// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/journalreader.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

Result<JournalReader> JournalReader::make(SqlConnection &connection)
{
    JournalReader reader(connection);
    // A row begins at most kMost before the first of its messages that is wanted.
    const QString rows = u"SELECT j.id, j.last, e.epoch, j.data FROM journal j JOIN epochs e ON e.number = j.epoch"
                         " WHERE j.id BETWEEN ? AND ? AND j.last >= ? ORDER BY j.id"_s;
    const std::pair<QSqlQuery *, QString> statements[] = {
        {&reader.m_up, rows},
        {&reader.m_down, rows + u" DESC"_s},
        {&reader.m_oldest, u"SELECT min(id) FROM journal WHERE id BETWEEN ? AND ?"_s},
    };
    for (const auto &[query, statement] : statements) {
        Result<QSqlQuery> prepared = connection.prepare(statement);
        if (!prepared)
            return prepared.error();
        *query = prepared.take();
    }
    return reader;
}

Status JournalReader::begin(const RoomName &room, qint64 first, qint64 last, bool isUpwards, MessageRows &rows)
{
    finish();
    m_room = room;
    m_first = first;
    m_last = last;
    m_isUpwards = isUpwards;
    m_names = &rows;
    QSqlQuery &query = isUpwards ? m_up : m_down;
    query.bindValue(0, first - JournalPacker::kMost + 1);
    query.bindValue(1, last);
    query.bindValue(2, first);
    if (Status done = m_connection->execute(query); !done)
        return done;
    return readRow();
}

Status JournalReader::next()
{
    if (++m_at < m_messages.size())
        return {};
    return readRow();
}

/// The next row that has something of what is wanted.
Status JournalReader::readRow()
{
    m_messages.clear();
    m_at = 0;
    QSqlQuery &query = m_isUpwards ? m_up : m_down;
    while (m_messages.isEmpty() && query.next()) {
        const qint64 first = query.value(0).toLongLong();
        const qint64 last = query.value(1).toLongLong();
        const auto entries = unpackJournal(query.value(3).toByteArray(), last - first + 1);
        if (!entries)
            return entries.error();
        const QString epoch = query.value(2).toString();
        for (qint64 key = std::max(first, m_first); key <= std::min(last, m_last); ++key) {
            Result<Message> message = m_names->read(m_room, key, epoch, entries.value().at(key - first));
            if (!message)
                return message.error();
            m_messages.append(message.take());
        }
        if (!m_isUpwards)
            std::reverse(m_messages.begin(), m_messages.end());
    }
    return {};
}

void JournalReader::finish()
{
    m_messages.clear();
    m_at = 0;
    for (QSqlQuery *query : {&m_up, &m_down, &m_oldest})
        query->finish();
}

Result<std::optional<qint64>> JournalReader::oldest(qint64 first, qint64 last)
{
    m_oldest.bindValue(0, first);
    m_oldest.bindValue(1, last);
    if (const Status done = m_connection->execute(m_oldest); !done)
        return done.error();
    std::optional<qint64> oldest;
    if (m_oldest.next() && !m_oldest.value(0).isNull())
        oldest = m_oldest.value(0).toLongLong();
    m_oldest.finish();
    return oldest;
}

} // namespace Parlance
