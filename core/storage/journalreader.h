// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/journalrow.h"
#include "storage/messagerow.h"

#include <optional>

namespace Parlance {

/// Walks through those messages of a room that have no rows yet, upwards or downwards.
///
/// Thread: that of its connection.
class JournalReader
{
public:
    /// \a connection, to SQLite, must outlive the reader.
    static Result<JournalReader> make(SqlConnection &connection);

    /// The messages of \a room from the key \a first to the key \a last, beginning at the end that comes first. \a rows,
    /// which knows the names, must outlive the walk.
    Status begin(const RoomName &room, qint64 first, qint64 last, bool isUpwards, MessageRows &rows);
    /// Where the walk has come to; null at its end.
    const Message *message() const { return m_at < m_messages.size() ? &m_messages.at(m_at) : nullptr; }
    Status next();
    void finish();

    /// The key of the oldest between both; nothing where there is none.
    Result<std::optional<qint64>> oldest(qint64 first, qint64 last);

private:
    explicit JournalReader(SqlConnection &connection) : m_connection(&connection) {}
    Status readRow();

    SqlConnection *m_connection;
    QSqlQuery m_up;
    QSqlQuery m_down;
    QSqlQuery m_oldest;
    MessageRows *m_names = nullptr;
    RoomName m_room;
    qint64 m_first = 0;
    qint64 m_last = 0;
    bool m_isUpwards = true;
    MessageList m_messages; ///< of the row at hand, in the order of the walk
    qsizetype m_at = 0;
};

} // namespace Parlance
