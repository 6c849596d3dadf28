// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/messagestore.h"
#include "storage/messagerow.h"

namespace Parlance {

/// Finds messages by their words: FTS5 in SQLite, tsvector and GIN in PostgreSQL.
///
/// Up to kRanked matches are ranked against each other (bm25, ts_rank). When there are more, the words are so common that
/// a rank says nothing, and takes long: then the newest come first, of each room in which something was said lately.
/// Thread: one that waits for the disk, with a read-only connection of its own.
class HistorySearcher
{
public:
    static constexpr int kRanked = 20'000;
    static constexpr int kRooms = 200; ///< that are looked through for a common word

    /// \a connection must outlive the searcher; its tables must be of Schema::kVersion.
    explicit HistorySearcher(SqlConnection &connection) : m_connection(connection) {}

    Result<SearchHits> search(const SearchQuery &query);

private:
    struct Range
    {
        qint64 first = 0; ///< keys of messages
        qint64 last = 0;
    };

    Result<SearchHits> read(const SearchQuery &query);
    Result<QList<qint64>> keys(const QString &statement, const QVariantList &values);
    Result<QList<qint64>> ranked(const QString &expression, const Range &range, int count);
    Result<QList<qint64>> newest(const QString &expression, const Range &range, int count);
    Result<QList<qint64>> newestOfRooms(const QString &expression, int count);
    Result<bool> isCommon(const QString &expression, const Range &range);
    Result<Range> rangeOf(const RoomName &room);
    Result<MessageList> messages(const QList<qint64> &keys);

    SqlConnection &m_connection;
    MessageRows m_rows;
};

} // namespace Parlance
