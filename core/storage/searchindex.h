// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqlconnection.h"

namespace Parlance {

/// Keeps the full-text index of a SQLite database in step with its messages. PostgreSQL does that by itself.
///
/// New messages are indexed behind the commit, a step at a time: `rooms.indexed` says how far that has come.
/// Thread: the storage thread.
class SearchIndex
{
public:
    static constexpr int kStep = 1000; ///< messages of one transaction

    /// \a connection must outlive the index, and may write.
    explicit SearchIndex(SqlConnection &connection) : m_connection(connection) {}

    /// Indexes up to kStep messages, in a transaction of its own. False where nothing was left to do.
    Result<bool> step();
    /// The message of that key says something else from now on; nothing where \a now is empty. In the caller's
    /// transaction.
    Status replace(qint64 key, const QString &before, const QString &now);
    /// The messages from \a first to \a last are about to be deleted. In the caller's transaction.
    Status forget(qint64 first, qint64 last);
    /// The index keeps the words of what it forgot until its parts are merged: begins that, and goes on with it.
    /// False where it is done. In a transaction of its own.
    Status beginPurge();
    Result<bool> purgeStep();

private:
    bool isOurs() const { return m_connection.dialect() == SqlDialect::Sqlite; }

    SqlConnection &m_connection;
};

} // namespace Parlance
