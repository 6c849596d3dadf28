// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/cidbook.h"
#include "storage/journalrow.h"
#include "storage/messagerow.h"
#include "storage/schema.h"

#include <QSqlQuery>

#include <memory>
#include <unordered_map>

namespace Parlance {

/// Where SQLite keeps what was said last, until there is time to give each message a row of its own.
///
/// A row with its two indexes costs twenty times as much as the bytes of a message; so a commit writes one row of
/// `journal` for up to JournalPacker::kMost messages of a room, and settle() makes rows of `messages` from it later.
/// A message is always in exactly one of both. Whoever reads history reads both (JournalReader); what changes a message,
/// searches or deletes works on rows alone.
/// Thread: the storage thread.
class Journal
{
public:
    /// \a connection must outlive the journal, as must \a cids, which is told of what is in it.
    static Result<std::unique_ptr<Journal>> make(SqlConnection &connection, CidBook &cids);

    /// Adds a message of that key; those of one room in the order of their keys. In the caller's transaction, and in the
    /// database after flush().
    Status add(qint64 key, qint64 epoch, const Draft &draft);
    Status flush();
    /// Gives those messages rows that lie with \a key, if it is in the journal. In the caller's transaction.
    Status settleAround(qint64 key);
    /// Gives about \a count messages rows, the oldest of a room first, in a transaction of its own. False where there is
    /// nothing left.
    Result<bool> settle(qsizetype count);

    /// Messages that wait for their rows.
    qsizetype size() const { return m_size; }
    /// The message of \a key, if it is in the journal. \a rows knows the names.
    Result<std::optional<Message>> find(qint64 key, const RoomName &room, MessageRows &rows);

    /// What happened since the last of both is committed, or is not.
    void committed();
    void rolledBack();

private:
    /// A row that is still growing.
    struct Open
    {
        qint64 first = 0;
        qint64 epoch = 0;
        JournalPacker packer;
    };
    struct Row
    {
        qint64 first = 0;
        qint64 last = 0;
        qint64 epoch = 0;
        QString epochText = {}; ///< as find() has it
        QByteArray data;
    };

    Journal(SqlConnection &connection, CidBook &cids) : m_connection(connection), m_cids(cids) {}
    Status prepare();
    Status load();
    Status write(Open &open);
    static Row rowFrom(const QSqlQuery &query);
    Result<std::optional<Row>> rowOf(qint64 key);
    Status settleRow(const Row &row);
    Status settleEntry(qint64 key, qint64 epoch, const JournalEntry &entry);

    SqlConnection &m_connection;
    CidBook &m_cids;
    std::unordered_map<qint64, Open> m_open; ///< by room number
    qsizetype m_size = 0; ///< as it is committed
    qsizetype m_change = 0; ///< by the transaction at hand
    QSqlQuery m_add;
    QSqlQuery m_find;
    QSqlQuery m_first;
    QSqlQuery m_head;
    QSqlQuery m_remove;
    QSqlQuery m_insert;
};

} // namespace Parlance
