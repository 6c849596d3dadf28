// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/historyreader.h"

#include "model/historypage.h"
#include "storage/messageid.h"

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr quint64 kLastSeq = (quint64(1) << Schema::kSeqBits) - 1;
constexpr qsizetype kMostNames = 10'000;

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
    const QString columns = u"SELECT m.id, e.epoch, m.author, m.person, m.cid, m.timestamp, m.content FROM messages m"
                            " JOIN epochs e ON e.number = m.epoch WHERE m.id BETWEEN ? AND ? ORDER BY m.id "_s;
    const std::pair<QSqlQuery *, QString> statements[] = {
        {&m_findRoom, u"SELECT number, head FROM rooms WHERE key = ?"_s},
        {&m_oldest, u"SELECT id FROM messages WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1"_s},
        {&m_below, columns + u"DESC LIMIT ?"_s},
        {&m_above, columns + u"LIMIT ?"_s},
    };
    for (const auto &[query, statement] : statements) {
        Result<QSqlQuery> prepared = m_connection.prepare(statement);
        if (!prepared)
            return prepared.error();
        *query = prepared.take();
    }
    return {};
}

Result<RoomRecord> HistoryReader::openRoom(const RoomName &room, int count)
{
    HistoryQuery query;
    query.room = room;
    query.count = count;
    query.bytes = std::numeric_limits<qint64>::max();
    Result<HistoryPage> page = this->page(query);
    if (!page)
        return page.error();
    return RoomRecord {room, page.value().epoch, page.value().head, page.value().messages,
                       page.value().oldest};
}

Result<HistoryPage> HistoryReader::page(const HistoryQuery &query)
{
    SqlTransaction transaction(m_connection);
    if (const Status begun = transaction.begin(SqlTransaction::Kind::Read); !begun)
        return begun.error();
    Result<HistoryPage> page = read(query);
    m_findRoom.finish();
    m_oldest.finish();
    m_below.finish();
    m_above.finish();
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

    const bool isUpwards = query.after.has_value();
    const quint64 lowest = isUpwards ? std::min(*query.after, kLastSeq) + 1 : 1;
    const quint64 highest = std::min(query.before > 0 ? query.before - 1 : kLastSeq, kLastSeq);
    QSqlQuery &rows = isUpwards ? m_above : m_below;
    rows.bindValue(0, Schema::messageKey(place.value().number, lowest));
    rows.bindValue(1, Schema::messageKey(place.value().number, highest));
    rows.bindValue(2, query.count);
    if (lowest > highest)
        return page;
    if (const Status done = m_connection.execute(rows); !done)
        return done.error();
    qint64 bytes = 0;
    while (rows.next()) {
        Result<Message> next = message(query.room, rows);
        if (!next)
            return next.error();
        bytes += pageBytes(next.value());
        if (bytes > query.bytes && !page.messages.isEmpty())
            break;
        page.messages.append(next.take());
    }
    if (!isUpwards)
        std::reverse(page.messages.begin(), page.messages.end());
    return page;
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
    return m_oldest.next() ? Schema::seqOf(m_oldest.value(0).toLongLong()) : place.head + 1;
}

Result<Message> HistoryReader::message(const RoomName &room, const QSqlQuery &row)
{
    const qint64 key = row.value(0).toLongLong();
    const Result<UserName> author = name(row.value(2).toString());
    if (!author)
        return author.error();
    const quint64 seq = Schema::seqOf(key);
    return Message {messageId(row.value(1).toString(), key >> Schema::kSeqBits, seq),
                    room,
                    author.value(),
                    PersonId(row.value(3).toString()),
                    row.value(6).toString(),
                    row.value(5).toLongLong(),
                    seq,
                    Cid(row.value(4).toString())};
}

Result<UserName> HistoryReader::name(const QString &text)
{
    if (const auto known = m_names.constFind(text); known != m_names.cend())
        return *known;
    const Result<UserName> parsed = parseUserName(text);
    if (!parsed)
        return Error {ErrorCode::DataUnusable, u"a message has an author whose name is not possible"_s};
    if (m_names.size() >= kMostNames)
        m_names.clear();
    m_names.insert(text, parsed.value());
    return parsed.value();
}

} // namespace Parlance
