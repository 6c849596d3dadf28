// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/historyreader.h"
#include "storage/historysearcher.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Parlance {

/// The reading thread's side of SqlStore: one question after the other, on a read-only connection.
///
/// Thread: the reading thread, apart from its construction.
class ReadingWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReadingWorker)

public:
    explicit ReadingWorker(const SqlSource &source) : m_source(source) {}

    /// The database must be there, with its tables.
    Status open();
    void openRoom(const RoomName &room, int count);
    void fetch(quint64 number, const HistoryQuery &query);
    void search(quint64 number, const SearchQuery &query);
    void close();

signals:
    void roomOpened(const Parlance::RoomRecord &record);
    void roomFailed(const Parlance::RoomName &room, const Parlance::Error &error);
    void fetched(quint64 number, const Parlance::HistoryPage &page);
    void fetchFailed(quint64 number, const Parlance::Error &error);
    void found(quint64 number, const Parlance::SearchHits &hits);
    void searchFailed(quint64 number, const Parlance::Error &error);

private:
    /// \a ask of the reader; a connection that was lost is made again first.
    template <typename Answer>
    Result<Answer> answer(const std::function<Result<Answer>(HistoryReader &)> &ask);

    SqlSource m_source;
    std::unique_ptr<SqlConnection> m_connection;
    std::unique_ptr<HistoryReader> m_reader;
    std::unique_ptr<HistorySearcher> m_searcher;
};

} // namespace Parlance
