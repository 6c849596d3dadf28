// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/historysearcher.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

/// What the full-text engine is asked for. The words are letters and digits alone, so nothing in them is an operator.
QString expressionOf(const QList<SearchTerm> &terms, SqlDialect dialect)
{
    const bool isSqlite = dialect == SqlDialect::Sqlite;
    QStringList parts;
    for (const SearchTerm &term : terms) {
        const QString words = isSqlite ? u'"' + term.words.join(u' ') + u'"' : u'\'' + term.words.join(u"' <-> '") + u'\'';
        parts.append(words + (term.isPrefix ? (isSqlite ? u"*"_s : u":*"_s) : QString()));
    }
    return parts.join(isSqlite ? u" AND "_s : u" & "_s);
}

} // namespace

Result<SearchHits> HistorySearcher::search(const SearchQuery &query)
{
    SqlTransaction transaction(m_connection);
    if (const Status begun = transaction.begin(SqlTransaction::Kind::Read); !begun)
        return begun.error();
    Result<SearchHits> hits = read(query);
    if (!hits)
        return hits;
    if (const Status done = transaction.commit(); !done)
        return done.error();
    return hits;
}

Result<SearchHits> HistorySearcher::read(const SearchQuery &query)
{
    SearchHits hits;
    const Result<Schema::Epoch> epoch = Schema::currentEpoch(m_connection);
    if (!epoch)
        return epoch.error();
    hits.epoch = epoch.value().text;
    const Result<Range> range = rangeOf(query.room);
    if (!range)
        return range.error();
    if (range.value().last == 0)
        return hits; // no such room
    const QString expression = expressionOf(query.terms, m_connection.dialect());
    const Result<bool> common = isCommon(expression, range.value());
    if (!common)
        return common.error();
    const int count = query.count + 1;
    Result<QList<qint64>> keys = !common.value() ? ranked(expression, range.value(), count)
        : query.room.isNull()                    ? newestOfRooms(expression, count)
                                                 : newest(expression, range.value(), count);
    if (!keys)
        return keys.error();
    hits.hasMore = keys.value().size() > query.count;
    const Result<MessageList> found = messages(keys.value().first(std::min(keys.value().size(), qsizetype(query.count))));
    if (!found)
        return found.error();
    hits.messages = found.value();
    return hits;
}

Result<QList<qint64>> HistorySearcher::keys(const QString &statement, const QVariantList &values)
{
    Result<QSqlQuery> rows = m_connection.ask(statement, values);
    if (!rows)
        return rows.error();
    QList<qint64> keys;
    while (rows.value().next())
        keys.append(rows.value().value(0).toLongLong());
    return keys;
}

Result<HistorySearcher::Range> HistorySearcher::rangeOf(const RoomName &room)
{
    if (room.isNull())
        return Range {0, std::numeric_limits<qint64>::max()};
    const Result<QList<qint64>> number = keys(u"SELECT number FROM rooms WHERE key = ?"_s, {room.key()});
    if (!number)
        return number.error();
    if (number.value().isEmpty())
        return Range {};
    return Range {Schema::messageKey(number.value().constFirst(), 0), Schema::messageKey(number.value().constFirst() + 1, 0) - 1};
}

Result<bool> HistorySearcher::isCommon(const QString &expression, const Range &range)
{
    const bool isSqlite = m_connection.dialect() == SqlDialect::Sqlite;
    const QString statement = isSqlite
        ? u"SELECT count(*) FROM (SELECT 1 FROM messages_text WHERE messages_text MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?)"_s
        : u"SELECT count(*) FROM (SELECT 1 FROM messages WHERE words @@ to_tsquery('simple', lower(? COLLATE \"und-x-icu\")) AND kind = 0"
          " AND id BETWEEN ? AND ? LIMIT ?) AS few"_s;
    const Result<QList<qint64>> count = keys(statement, {expression, range.first, range.last, kRanked + 1});
    if (!count)
        return count.error();
    return count.value().value(0) > kRanked;
}

Result<QList<qint64>> HistorySearcher::ranked(const QString &expression, const Range &range, int count)
{
    const bool isSqlite = m_connection.dialect() == SqlDialect::Sqlite;
    return keys(isSqlite ? u"SELECT rowid FROM messages_text WHERE messages_text MATCH ? AND rowid BETWEEN ? AND ?"
                           " ORDER BY rank LIMIT ?"_s
                         : u"SELECT id FROM messages, to_tsquery('simple', lower(? COLLATE \"und-x-icu\")) AS q WHERE words @@ q AND kind = 0"
                           " AND id BETWEEN ? AND ? ORDER BY ts_rank(words, q) DESC, timestamp DESC LIMIT ?"_s,
                {expression, range.first, range.last, count});
}

Result<QList<qint64>> HistorySearcher::newest(const QString &expression, const Range &range, int count)
{
    const bool isSqlite = m_connection.dialect() == SqlDialect::Sqlite;
    return keys(isSqlite ? u"SELECT rowid FROM messages_text WHERE messages_text MATCH ? AND rowid BETWEEN ? AND ?"
                           " ORDER BY rowid DESC LIMIT ?"_s
                         : u"SELECT id FROM messages WHERE words @@ to_tsquery('simple', lower(? COLLATE \"und-x-icu\")) AND kind = 0 AND id BETWEEN ? AND ?"
                           " ORDER BY id DESC LIMIT ?"_s,
                {expression, range.first, range.last, count});
}

Result<QList<qint64>> HistorySearcher::newestOfRooms(const QString &expression, int count)
{
    // By the time of their newest message, which is one look into the tree for each room.
    const Result<QList<qint64>> rooms =
        keys(u"SELECT r.number FROM rooms r JOIN messages m ON m.id = (SELECT max(id) FROM messages WHERE id BETWEEN r.number * %1"
             " AND r.number * %1 + r.head) ORDER BY m.timestamp DESC LIMIT %2"_s
                 .arg(qint64(1) << Schema::kSeqBits)
                 .arg(kRooms),
             {});
    if (!rooms)
        return rooms.error();
    QList<qint64> all;
    for (const qint64 room : rooms.value()) {
        const Result<QList<qint64>> some =
            newest(expression, {Schema::messageKey(room, 0), Schema::messageKey(room + 1, 0) - 1}, count);
        if (!some)
            return some.error();
        all += some.value();
    }
    QHash<qint64, qint64> times;
    for (const qint64 key : std::as_const(all)) {
        const Result<QList<qint64>> time = keys(u"SELECT timestamp FROM messages WHERE id = ?"_s, {key});
        if (!time)
            return time.error();
        times.insert(key, time.value().value(0));
    }
    std::stable_sort(all.begin(), all.end(), [&times](qint64 a, qint64 b) { return times.value(a) > times.value(b); });
    return all.first(std::min(all.size(), qsizetype(count)));
}

Result<MessageList> HistorySearcher::messages(const QList<qint64> &keys)
{
    const QString statement = u"SELECT %1, r.name FROM %2 JOIN rooms r ON r.number = m.id >> %3 WHERE m.id = ? AND m.kind = 0"_s.arg(
        QLatin1StringView(kMessageColumns), QLatin1StringView(kMessageTables), QString::number(Schema::kSeqBits));
    constexpr int kRoomColumn = 12;
    MessageList found;
    for (const qint64 key : keys) {
        Result<QSqlQuery> row = m_connection.ask(statement, {key});
        if (!row)
            return row.error();
        if (!row.value().next())
            continue;
        const Result<RoomName> room = parseRoomName(row.value().value(kRoomColumn).toString());
        if (!room)
            return Error {ErrorCode::DataUnusable, u"a room has a name that is not possible"_s};
        Result<Message> message = m_rows.read(room.value(), row.value());
        if (!message)
            return message.error();
        found.append(message.take());
    }
    return found;
}

} // namespace Parlance
