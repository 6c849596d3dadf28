// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/busymeter.h"
#include "storage/draftqueue.h"
#include "storage/historywriter.h"
#include "storage/housekeeper.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

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
    /// What holds then.
    Result<RoomSettings> configure(const RoomName &room, const RoomPatch &patch);
    /// The last batch, and the end of the connection.
    void close();

signals:
    void drained(const Parlance::HistoryWriter::Outcome &outcome);
    /// Of \a room everything below \a oldest is gone.
    void trimmed(const Parlance::RoomName &room, quint64 oldest);
    /// A batch failed for want of the database, or, with None, one can be stored again. Told before drained.
    void faultChanged(Parlance::ErrorCode fault);

private:
    Status ensureOpen();
    void breakThePromise();
    void probe();
    void dropConnection();
    void trim();
    void keepHouse();
    Result<std::optional<int>> settle(qsizetype stored);
    void setFault(ErrorCode fault, const QString &detail);
    void failAll(const QList<Draft> &drafts, const Error &error, HistoryWriter::Outcome &outcome) const;

    SqlSource m_source;
    DraftQueue &m_queue;
    std::unique_ptr<SqlConnection> m_connection;
    std::unique_ptr<HistoryWriter> m_writer; ///< before the connection is gone
    ErrorCode m_fault = ErrorCode::None;
    QTimer m_probe; ///< runs while there is a fault
    QTimer m_trim; ///< until the next look at the retention
    std::unique_ptr<Housekeeper> m_housekeeper; ///< before the connection is gone
    QTimer m_house; ///< until its next step
    qsizetype m_stored = 0; ///< since its last step
    BusyMeter m_busy;
    QElapsedTimer m_running; ///< since this was made
};

} // namespace Parlance
