// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/messagestore.h"
#include "storage/messagerow.h"
#include "storage/searchindex.h"

#include <memory>

namespace Parlance {

/// Puts changes of messages into the database, within the transaction of HistoryWriter.
///
/// Thread: the storage thread.
class ChangeWriter
{
public:
    /// \a connection must outlive the writer.
    static Result<std::unique_ptr<ChangeWriter>> make(SqlConnection &connection);

    /// The message of \a room that \a draft is about. NotFound and Forbidden, as mayChange() says, are about the
    /// draft; everything else is the database's failure.
    Result<Message> target(const Draft &draft, qint64 room);
    /// Writes \a change, which is complete, and what it does to \a target.
    Status write(const Message &change, const Message &target, qint64 room, qint64 epoch);

    /// Whether a failure of target() is about the draft alone.
    static bool isRefusal(const Error &error) { return error.code == ErrorCode::NotFound || error.code == ErrorCode::Forbidden; }

private:
    explicit ChangeWriter(SqlConnection &connection) : m_connection(connection), m_index(connection) {}
    Status prepare();
    Result<Message> readTarget(const RoomName &room, qint64 key);

    SqlConnection &m_connection;
    SearchIndex m_index;
    MessageRows m_rows;
    QSqlQuery m_find;
    QSqlQuery m_reactions;
    QSqlQuery m_insert;
    QSqlQuery m_update;
};

} // namespace Parlance
