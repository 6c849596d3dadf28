// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/messagestore.h"
#include "storage/draftqueue.h"
#include "storage/historywriter.h"
#include "storage/sqlsource.h"

#include <QThread>
#include <QTimer>

#include <memory>

namespace Parlance {

class ReadingWorker;
class StorageWorker;

/// Keeps messages in SQLite or PostgreSQL.
///
/// Threads of its own wait for the disk, so that the hub never does. One commits, and takes into one transaction
/// whatever came while it committed the batch before; nobody waits for a timer. One opens rooms. One reads pages, one
/// searches, and however much is asked for, nobody waits longer for a room.
/// Thread: the hub.
class SqlStore final : public MessageStore
{
    Q_OBJECT

public:
    /// How many drafts may be under way; those above are refused at once with Unavailable.
    static constexpr int kMostUnderWay = 100'000;
    /// Likewise of searches.
    static constexpr int kMostSearches = 100;

    /// Opens the database, makes it where there is none, and brings it up to date; waits for all that. Fails with
    /// DataUnusable, StorageFull and Unavailable.
    static Result<std::unique_ptr<SqlStore>> open(const SqlSource &source);
    /// What waits is committed before the thread ends.
    ~SqlStore() override;

    QString durability() const override;
    ErrorCode fault() const override { return m_isStalled ? ErrorCode::Unavailable : m_fault; }
    void openRoom(const RoomName &room, int newest) override;
    void closeRoom(const RoomName &room) override;
    void append(Draft draft) override;
    void fetch(quint64 number, const HistoryQuery &query) override;
    void search(quint64 number, const SearchQuery &query) override;
    void configure(quint64 number, const RoomName &room, const RoomPatch &patch) override;

private:
    explicit SqlStore(const SqlSource &source);
    Status start();
    void schedule();
    void flush();
    void onDrained(const HistoryWriter::Outcome &outcome);
    void onStall();
    void endStall();

    SqlSource m_source;
    DraftQueue m_queue;
    QList<Draft> m_waiting; ///< of this turn of the loop
    QList<quint64> m_refused; ///< likewise
    qsizetype m_underWay = 0;
    bool m_isScheduled = false;
    QTimer m_stall; ///< runs while a commit is under way
    bool m_isStalled = false; ///< it takes too long
    ErrorCode m_fault = ErrorCode::None;
    std::unique_ptr<StorageWorker> m_writer;
    std::unique_ptr<ReadingWorker> m_opener;
    std::unique_ptr<ReadingWorker> m_reader;
    std::unique_ptr<ReadingWorker> m_searcher;
    int m_searches = 0; ///< under way
    QThread m_writing;
    QThread m_opening;
    QThread m_reading;
    QThread m_searching;
};

} // namespace Parlance
