// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/messagestore.h"
#include "storage/journalreader.h"
#include "storage/messagerow.h"
#include "storage/schema.h"
#include "storage/sqlconnection.h"

#include <QSqlQuery>

#include <memory>
#include <optional>

namespace Parlance {

/// Reads rooms and their messages out of the database.
///
/// Thread: one that waits for the disk, with a read-only connection of its own.
class HistoryReader
{
public:
    /// \a connection must outlive the reader; its tables must be of Schema::kVersion.
    static Result<std::unique_ptr<HistoryReader>> make(SqlConnection &connection);

    /// \a room with its newest \a count messages; one that was never written to has head 0.
    Result<RoomRecord> openRoom(const RoomName &room, int count);
    /// What \a query asks for.
    Result<HistoryPage> page(const HistoryQuery &query);

private:
    struct Place
    {
        qint64 number = 0; ///< 0: no such room
        quint64 head = 0;
    };

    explicit HistoryReader(SqlConnection &connection) : m_connection(connection) {}
    Status prepare();
    Result<Place> find(const RoomName &room);
    Result<quint64> oldest(const Place &place);
    Result<HistoryPage> read(const HistoryQuery &query);
    Status readRows(const HistoryQuery &query, qint64 room, HistoryPage &page);
    Status merge(const HistoryQuery &query, QSqlQuery &rows, HistoryPage &page);

    SqlConnection &m_connection;
    MessageRows m_rows;
    std::optional<JournalReader> m_journal; ///< none on PostgreSQL
    QSqlQuery m_findRoom;
    QSqlQuery m_oldest;
    QSqlQuery m_below[2]; ///< without and with changes
    QSqlQuery m_above[2]; ///< likewise
    QSqlQuery m_reactions;
};

} // namespace Parlance
