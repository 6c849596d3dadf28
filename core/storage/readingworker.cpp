// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/readingworker.h"

#include "base/logging.h"

namespace Parlance {

Status ReadingWorker::open()
{
    Result<std::unique_ptr<SqlConnection>> connection = SqlConnection::open(m_source, SqlConnection::Access::ReadOnly);
    if (!connection)
        return connection.error();
    Result<std::unique_ptr<HistoryReader>> reader = HistoryReader::make(*connection.value());
    if (!reader)
        return reader.error();
    m_connection = connection.take();
    m_reader = reader.take();
    m_searcher = std::make_unique<HistorySearcher>(*m_connection);
    return {};
}

template <typename Answer>
Result<Answer> ReadingWorker::answer(const std::function<Result<Answer>(HistoryReader &)> &ask)
{
    if (!m_reader) {
        if (const Status opened = open(); !opened)
            return opened.error();
    }
    Result<Answer> answer = ask(*m_reader);
    if (!answer) {
        qCWarning(lcStore).noquote() << "history cannot be read:" << answer.error().detail;
        close(); // and opened again for the next
    }
    return answer;
}

void ReadingWorker::openRoom(const RoomName &room, int count)
{
    const Result<RoomRecord> record =
        answer<RoomRecord>([&](HistoryReader &reader) { return reader.openRoom(room, count); });
    if (record)
        emit roomOpened(record.value());
    else
        emit roomFailed(room, record.error());
}

void ReadingWorker::fetch(quint64 number, const HistoryQuery &query)
{
    const Result<HistoryPage> page = answer<HistoryPage>([&](HistoryReader &reader) { return reader.page(query); });
    if (page)
        emit fetched(number, page.value());
    else
        emit fetchFailed(number, page.error());
}

void ReadingWorker::search(quint64 number, const SearchQuery &query)
{
    const Result<SearchHits> hits = answer<SearchHits>([&](HistoryReader &) { return m_searcher->search(query); });
    if (hits)
        emit found(number, hits.value());
    else
        emit searchFailed(number, hits.error());
}

void ReadingWorker::close()
{
    m_searcher.reset();
    m_reader.reset();
    m_connection.reset();
}

} // namespace Parlance
