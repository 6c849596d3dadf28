// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/historyreader.h"

#include "model/historypage.h"
#include "storage/roomtable.h"

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr quint64 kLastSeq = (quint64(1) << Schema::kSeqBits) - 1;

} // namespace

Result<std::unique_ptr<HistoryReader>> HistoryReader::make(SqlConnection &connection)
{
    std::unique_ptr<HistoryReader> reader(new HistoryReader(connection));
    if (const Status done = reader->prepare(); !done)
        return done.error();
    return reader;
}

Status HistoryReader::prepare()
{
    // All of a row at once: QPSQL drops the rest of a result when the connection is asked something else.
    const QString rows = u"SELECT %1 FROM %2 WHERE m.id BETWEEN ? AND ?"_s.arg(QLatin1StringView(kMessageColumns),
                                                                            QLatin1StringView(kMessageTables));
    const QString readable = rows + u" AND m.kind = 0"_s;
    const QString down = u" ORDER BY m.id DESC LIMIT ?"_s;
    const QString up = u" ORDER BY m.id LIMIT ?"_s;
    const std::pair<QSqlQuery *, QString> statements[] = {
        {&m_findRoom, u"SELECT number, head FROM room_heads WHERE key = ?"_s},
        {&m_oldest, u"SELECT id FROM messages WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1"_s},
        {&m_below[0], readable + down},
        {&m_below[1], rows + down},
        {&m_above[0], readable + up},
        {&m_above[1], rows + up},
        {&m_reactions, QString::fromLatin1(kReactionsBetween)},
    };
    for (const auto &[query, statement] : statements) {
        Result<QSqlQuery> prepared = m_connection.prepare(statement);
        if (!prepared)
            return prepared.error();
        *query = prepared.take();
    }
    if (m_connection.dialect() != SqlDialect::Sqlite)
        return {};
    Result<JournalReader> journal = JournalReader::make(m_connection);
    if (!journal)
        return journal.error();
    m_journal = journal.take();
    return {};
}

Result<RoomRecord> HistoryReader::openRoom(const RoomName &room, int count)
{
    HistoryQuery query;
    query.room = room;
    query.count = count;
    query.bytes = std::numeric_limits<qint64>::max();
    query.withChanges = true;
    Result<HistoryPage> page = this->page(query);
    if (!page)
        return page.error();
    const Result<RoomSettings> settings = readRoomSettings(m_connection, room);
    if (!settings)
        return settings.error();
    return RoomRecord {room, page.value().epoch, page.value().head, page.value().messages, page.value().oldest, settings.value()};
}

Result<HistoryPage> HistoryReader::page(const HistoryQuery &query)
{
    SqlTransaction transaction(m_connection);
    if (const Status begun = transaction.begin(SqlTransaction::Kind::Read); !begun)
        return begun.error();
    Result<HistoryPage> page = read(query);
    m_findRoom.finish();
    m_oldest.finish();
    for (QSqlQuery *rows : {&m_below[0], &m_below[1], &m_above[0], &m_above[1], &m_reactions})
        rows->finish();
    if (m_journal)
        m_journal->finish();
    if (const Status done = transaction.commit(); !done)
        return done.error();
    return page;
}

Result<HistoryPage> HistoryReader::read(const HistoryQuery &query)
{
    const Result<Schema::Epoch> epoch = Schema::currentEpoch(m_connection);
    if (!epoch)
        return epoch.error();
    const Result<Place> place = find(query.room);
    if (!place)
        return place.error();
    HistoryPage page;
    page.epoch = epoch.value().text;
    page.head = place.value().head;
    if (place.value().number == 0)
        return page;
    const Result<quint64> oldest = this->oldest(place.value());
    if (!oldest)
        return oldest.error();
    page.oldest = oldest.value();

    if (const Status done = readRows(query, place.value().number, page); !done)
        return done.error();
    return page;
}

Status HistoryReader::readRows(const HistoryQuery &query, qint64 room, HistoryPage &page)
{
    const bool isUpwards = query.after.has_value();
    const quint64 lowest = isUpwards ? std::min(*query.after, kLastSeq) + 1 : 1;
    const quint64 highest = std::min(query.before > 0 ? query.before - 1 : kLastSeq, kLastSeq);
    if (lowest > highest)
        return {};
    QSqlQuery &rows = (isUpwards ? m_above : m_below)[query.withChanges ? 1 : 0];
    rows.bindValue(0, Schema::messageKey(room, lowest));
    rows.bindValue(1, Schema::messageKey(room, highest));
    rows.bindValue(2, query.count);
    if (const Status done = m_connection.execute(rows); !done)
        return done;
    if (m_journal) {
        if (const Status begun = m_journal->begin(query.room, Schema::messageKey(room, lowest), Schema::messageKey(room, highest), isUpwards, m_rows); !begun)
            return begun;
    }
    if (const Status done = merge(query, rows, page); !done)
        return done;
    rows.finish();
    if (page.messages.isEmpty())
        return {};
    if (!isUpwards)
        std::reverse(page.messages.begin(), page.messages.end());
    m_reactions.bindValue(0, Schema::messageKey(room, page.messages.constFirst().seq));
    m_reactions.bindValue(1, Schema::messageKey(room, page.messages.constLast().seq));
    if (const Status done = m_connection.execute(m_reactions); !done)
        return done;
    return m_rows.addReactions(page.messages, m_reactions);
}

/// What has a row and what is in the journal, by seq, as much of it as is wanted.
Status HistoryReader::merge(const HistoryQuery &query, QSqlQuery &rows, HistoryPage &page)
{
    const bool isUpwards = query.after.has_value();
    qint64 bytes = 0;
    bool hasRow = rows.next();
    while (page.messages.size() < query.count) {
        const Message *unsettled = m_journal ? m_journal->message() : nullptr;
        if (!hasRow && !unsettled)
            return {};
        const bool isRow = hasRow && (!unsettled || (Schema::seqOf(rows.value(0).toLongLong()) < unsettled->seq) == isUpwards);
        Result<Message> next = isRow ? m_rows.read(query.room, rows) : Result<Message>(*unsettled);
        if (!next)
            return next.error();
        bytes += pageBytes(next.value());
        if (bytes > query.bytes && !page.messages.isEmpty())
            return {};
        page.messages.append(next.take());
        if (isRow) {
            hasRow = rows.next();
        } else if (const Status moved = m_journal->next(); !moved) {
            return moved;
        }
    }
    return {};
}

Result<HistoryReader::Place> HistoryReader::find(const RoomName &room)
{
    m_findRoom.bindValue(0, room.key());
    if (const Status done = m_connection.execute(m_findRoom); !done)
        return done.error();
    if (!m_findRoom.next())
        return Place {};
    return Place {m_findRoom.value(0).toLongLong(), m_findRoom.value(1).toULongLong()};
}

Result<quint64> HistoryReader::oldest(const Place &place)
{
    m_oldest.bindValue(0, Schema::messageKey(place.number, 1));
    m_oldest.bindValue(1, Schema::messageKey(place.number, kLastSeq));
    if (const Status done = m_connection.execute(m_oldest); !done)
        return done.error();
    quint64 oldest = m_oldest.next() ? Schema::seqOf(m_oldest.value(0).toLongLong()) : place.head + 1;
    if (!m_journal)
        return oldest;
    const auto unsettled = m_journal->oldest(Schema::messageKey(place.number, 1), Schema::messageKey(place.number, kLastSeq));
    if (!unsettled)
        return unsettled.error();
    return unsettled.value() ? std::min(oldest, Schema::seqOf(*unsettled.value())) : oldest;
}

} // namespace Parlance
