// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/messagestore.h"
#include "storage/changewriter.h"
#include "storage/cidbook.h"
#include "storage/journal.h"
#include "storage/messagerow.h"
#include "storage/roomheads.h"
#include "storage/schema.h"
#include "storage/sqlconnection.h"

#include <QList>
#include <QSqlQuery>

#include <functional>
#include <memory>
#include <utility>

namespace Parlance {

/// Puts messages into the database: a batch is one transaction, which gives the seqs.
///
/// Thread: the storage thread, which alone has a connection for writing.
class HistoryWriter
{
public:
    /// What became of a batch. Either all of it is committed but for what was refused, or nothing is.
    struct Outcome
    {
        QList<StoredDraft> stored; ///< in seq order within each room; repeats where their drafts stood
        QList<std::pair<quint64, Error>> failed; ///< drafts by their id
        bool hasErased = false; ///< a text was replaced or taken back
    };

    /// \a connection must outlive the writer; its tables must be of Schema::kVersion.
    static Result<std::unique_ptr<HistoryWriter>> make(SqlConnection &connection);

    Outcome commit(QList<Draft> drafts);
    /// Whether something can be committed: writes, and changes nothing.
    Status probe();
    /// For tests of the promise alone: \a told is given what is about to be committed, which may yet fail.
    void tellBeforeCommit(std::function<void(const Outcome &)> told) { m_tellBeforeCommit = std::move(told); }
    /// Gives about \a count messages of the journal their rows. False where there is nothing left.
    Result<bool> settle(qsizetype count) { return m_journal ? m_journal->settle(count) : Result<bool>(false); }
    /// Messages that wait for that.
    qsizetype unsettled() const { return m_journal ? m_journal->size() : 0; }
    /// Forgets the number and the head of a room that is closed.
    void forget(const RoomName &room) { m_heads.forget(room); }

private:
    struct Earlier
    {
        qint64 room = 0;
        Message message;
    };

    explicit HistoryWriter(SqlConnection &connection) : m_connection(connection), m_heads(connection), m_cids(connection) {}
    Status prepare();
    Status write(QList<Draft> &drafts, Outcome &outcome);
    Status put(Draft &draft, Outcome &outcome);
    Result<bool> putInJournal(const Draft &draft, qint64 key, Outcome &outcome);
    Result<bool> putRow(const Draft &draft, qint64 key, Outcome &outcome);
    Result<bool> putAgain(const Draft &draft, Outcome &outcome);
    Result<std::optional<Earlier>> earlier(const Draft &draft);
    Status putChange(const Draft &draft, Outcome &outcome);
    Result<Message> target(const Draft &draft, qint64 room);
    void noteEnd(bool isCommitted);

    SqlConnection &m_connection;
    Schema::Epoch m_epoch;
    RoomHeads m_heads;
    std::function<void(const Outcome &)> m_tellBeforeCommit; ///< empty but in tests
    std::unique_ptr<ChangeWriter> m_changes;
    CidBook m_cids;
    std::unique_ptr<Journal> m_journal; ///< none on PostgreSQL
    MessageRows m_rows;
    QSqlQuery m_insert;
    QSqlQuery m_findCid;
};

} // namespace Parlance
