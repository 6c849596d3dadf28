// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/historytrimmer.h"

#include "storage/schema.h"
#include "storage/searchindex.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kFreedPages = 256; ///< given back to the file system with one step

} // namespace

Result<std::optional<HistoryTrimmer::Trimmed>> HistoryTrimmer::step(qint64 now)
{
    const Result<QList<Place>> places = this->places();
    if (!places)
        return places.error();
    for (const Place &place : places.value()) {
        const Result<quint64> below = cutOf(place, now);
        if (!below)
            return below.error();
        if (below.value() <= place.oldest)
            continue;
        Result<std::optional<Trimmed>> done = cut(place, below.value());
        if (!done || done.value())
            return done;
    }
    const Result<bool> tooLarge = isTooLarge();
    if (!tooLarge)
        return tooLarge.error();
    if (!tooLarge.value())
        return std::optional<Trimmed>();
    // The oldest of all rooms go first.
    const auto first = std::min_element(places.value().cbegin(), places.value().cend(), [](const Place &a, const Place &b) {
        const bool isEmptyA = a.oldest > a.head;
        const bool isEmptyB = b.oldest > b.head;
        return isEmptyA != isEmptyB ? isEmptyB : a.since < b.since;
    });
    if (first == places.value().cend() || first->oldest > first->head)
        return std::optional<Trimmed>();
    return cut(*first, first->head + 1);
}

Result<QList<HistoryTrimmer::Place>> HistoryTrimmer::places()
{
    // The oldest message of each room, by one look into the tree for each.
    Result<QSqlQuery> rows = m_connection.ask(u"SELECT r.number, r.name, r.head, m.id, m.timestamp FROM room_heads r LEFT JOIN messages m ON m.id ="
        " (SELECT min(id) FROM messages WHERE id BETWEEN r.number * %1 AND r.number * %1 + %2)"_s
            .arg(qint64(1) << Schema::kSeqBits)
            .arg((qint64(1) << Schema::kSeqBits) - 1));
    if (!rows)
        return rows.error();
    QList<Place> places;
    while (rows.value().next()) {
        const QSqlQuery &row = rows.value();
        const quint64 head = row.value(2).toULongLong();
        places.append({row.value(0).toLongLong(), row.value(1).toString(), head,
                       row.value(3).isNull() ? head + 1 : Schema::seqOf(row.value(3).toLongLong()), row.value(4).toLongLong()});
    }
    return places;
}

Result<quint64> HistoryTrimmer::cutOf(const Place &place, qint64 now)
{
    quint64 below = place.oldest;
    if (m_keep.perRoom > 0 && place.head >= quint64(m_keep.perRoom))
        below = std::max(below, place.head - quint64(m_keep.perRoom) + 1);
    if (m_keep.ageMs <= 0 || place.oldest > place.head || place.since >= now - m_keep.ageMs)
        return below;
    // Up to the first that is young enough, and not one beyond it that is older for a clock that was wrong: no gaps.
    Result<QSqlQuery> young = m_connection.ask(u"SELECT id FROM messages WHERE id BETWEEN ? AND ? AND timestamp >= ? ORDER BY id LIMIT 1"_s,
                                    {Schema::messageKey(place.number, place.oldest),
                                     Schema::messageKey(place.number, place.oldest + kStep), now - m_keep.ageMs});
    if (!young)
        return young.error();
    const quint64 first = young.value().next() ? Schema::seqOf(young.value().value(0).toLongLong())
                                               : std::min(place.oldest + kStep, place.head + 1);
    return std::max(below, first);
}

Result<bool> HistoryTrimmer::isTooLarge()
{
    if (m_keep.bytes <= 0 || m_connection.dialect() != SqlDialect::Sqlite)
        return false;
    Result<QSqlQuery> size = m_connection.ask(u"SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count p,"
                                   " pragma_freelist_count f, pragma_page_size s"_s,
                                   {});
    if (!size)
        return size.error();
    return size.value().next() && size.value().value(0).toLongLong() > m_keep.bytes;
}

/// Free pages go back to the disk. SQLite frees one for each row of this statement, and Qt, seeing no columns, asks for
/// one row only.
Status HistoryTrimmer::giveBack()
{
    if (m_connection.dialect() != SqlDialect::Sqlite)
        return {};
    Result<QSqlQuery> free = m_connection.ask(u"PRAGMA freelist_count"_s, {});
    if (!free)
        return free.error();
    const int pages = free.value().next() ? std::min(free.value().value(0).toInt(), kFreedPages) : 0;
    free.value().finish();
    Result<QSqlQuery> one = m_connection.prepare(u"PRAGMA incremental_vacuum(1)"_s);
    if (!one)
        return one.error();
    for (int i = 0; i < pages; ++i) {
        if (Status done = m_connection.execute(one.value()); !done)
            return done;
    }
    return {};
}

/// seq of the oldest message of \a place that has no row yet; nothing where there is none.
Result<std::optional<quint64>> HistoryTrimmer::unsettled(const Place &place)
{
    if (m_connection.dialect() != SqlDialect::Sqlite)
        return std::optional<quint64>();
    Result<QSqlQuery> first = m_connection.ask(u"SELECT min(id) FROM journal WHERE id BETWEEN ? AND ?"_s,
                                               {Schema::messageKey(place.number, 0), Schema::messageKey(place.number + 1, 0) - 1});
    if (!first)
        return first.error();
    if (!first.value().next() || first.value().value(0).isNull())
        return std::optional<quint64>();
    return std::optional(Schema::seqOf(first.value().value(0).toLongLong()));
}

/// Only what has rows: the rest has its turn when it has them.
Result<std::optional<HistoryTrimmer::Trimmed>> HistoryTrimmer::cut(const Place &place, quint64 below)
{
    const Result<std::optional<quint64>> unsettled = this->unsettled(place);
    if (!unsettled)
        return unsettled.error();
    const quint64 end = std::min({below, place.oldest + kStep, unsettled.value().value_or(below)});
    if (end <= place.oldest)
        return std::optional<Trimmed>();
    SqlTransaction transaction(m_connection);
    if (const Status begun = transaction.begin(SqlTransaction::Kind::Write); !begun)
        return begun.error();
    SearchIndex index(m_connection);
    if (const Status forgotten = index.forget(Schema::messageKey(place.number, 1), Schema::messageKey(place.number, end - 1)); !forgotten)
        return forgotten.error();
    const Result<QSqlQuery> gone = m_connection.ask(u"DELETE FROM messages WHERE id BETWEEN ? AND ?"_s,
                                         {Schema::messageKey(place.number, 1), Schema::messageKey(place.number, end - 1)});
    if (!gone)
        return gone.error();
    if (const Status given = giveBack(); !given)
        return given.error();
    if (const Status done = transaction.commit(); !done)
        return done.error();
    const Result<RoomName> name = parseRoomName(place.name);
    return std::optional(Trimmed {name ? name.value() : RoomName(), end});
}

} // namespace Parlance
