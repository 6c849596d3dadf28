// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/draftqueue.h"
#include "storage/historywriter.h"

#include <QObject>

#include <memory>

namespace Parlance {

/// The storage thread's side of SqlStore: commits whatever waits in the queue as one batch, again and again.
///
/// Thread: the storage thread, apart from its construction.
class StorageWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StorageWorker)

public:
    StorageWorker(const SqlSource &source, DraftQueue &queue);

    /// Opens the database and brings its tables up to date; makes it where there is none.
    Status open();
    /// Commits what waits. Nothing happens where nothing waits.
    void drain();
    void forget(const RoomName &room);
    /// The last batch, and the end of the connection.
    void close();

signals:
    void drained(const Parlance::HistoryWriter::Outcome &outcome);

private:
    Status ensureOpen();
    void breakThePromise();
    void failAll(const QList<Draft> &drafts, const Error &error, HistoryWriter::Outcome &outcome) const;

    SqlSource m_source;
    DraftQueue &m_queue;
    std::unique_ptr<SqlConnection> m_connection;
    std::unique_ptr<HistoryWriter> m_writer; ///< before the connection is gone
    ErrorCode m_lastFailure = ErrorCode::None; ///< that the log was told of
};

} // namespace Parlance
