// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlstore.h"

#include "base/logging.h"
#include "storage/readingworker.h"
#include "storage/storageworker.h"

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr std::chrono::seconds kRetryAfter {2};

/// What people are told; the database's own words are for the log.
Error forPeople(const Error &error)
{
    switch (error.code) {
    case ErrorCode::StorageFull:
        return {error.code, u"the server's disk is full; reading goes on"_s, {}, kRetryAfter};
    case ErrorCode::DataUnusable:
    case ErrorCode::Unavailable:
        return {ErrorCode::Unavailable, u"the server's database does not answer"_s, {}, kRetryAfter};
    default: return error;
    }
}

/// Calls \a call in the thread of \a worker and waits for what it returns.
template <typename Worker>
Status await(Worker &worker, Status (Worker::*call)())
{
    Status status;
    QMetaObject::invokeMethod(&worker, [&] { status = (worker.*call)(); }, Qt::BlockingQueuedConnection);
    return status;
}

template <typename Worker>
void end(QThread &thread, Worker &worker)
{
    if (!thread.isRunning())
        return;
    QMetaObject::invokeMethod(&worker, [&worker] { worker.close(); }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
}

} // namespace

Result<std::unique_ptr<SqlStore>> SqlStore::open(const SqlSource &source)
{
    std::unique_ptr<SqlStore> store(new SqlStore(source));
    if (const Status started = store->start(); !started)
        return started.error();
    return store;
}

SqlStore::SqlStore(const SqlSource &source)
    : m_source(source)
    , m_writer(std::make_unique<StorageWorker>(source, m_queue))
    , m_opener(std::make_unique<ReadingWorker>(source))
    , m_reader(std::make_unique<ReadingWorker>(source))
    , m_searcher(std::make_unique<ReadingWorker>(source))
{
    qRegisterMetaType<HistoryWriter::Outcome>();
    m_stall.setSingleShot(true);
    m_stall.setInterval(source.stallMs);
    connect(&m_stall, &QTimer::timeout, this, &SqlStore::onStall);
    m_writing.setObjectName(u"storage"_s);
    m_opening.setObjectName(u"rooms"_s);
    m_reading.setObjectName(u"history"_s);
    m_searching.setObjectName(u"search"_s);
    m_writer->moveToThread(&m_writing);
    m_opener->moveToThread(&m_opening);
    m_reader->moveToThread(&m_reading);
    m_searcher->moveToThread(&m_searching);
    connect(m_writer.get(), &StorageWorker::drained, this, &SqlStore::onDrained);
    connect(m_writer.get(), &StorageWorker::trimmed, this, &SqlStore::trimmed);
    connect(m_writer.get(), &StorageWorker::faultChanged, this,
            [this](ErrorCode fault) { m_fault = fault == ErrorCode::None ? fault : forPeople(Error {fault, {}}).code; });
    connect(m_opener.get(), &ReadingWorker::roomOpened, this, &SqlStore::roomOpened);
    connect(m_opener.get(), &ReadingWorker::roomFailed, this,
            [this](const RoomName &room, const Error &error) { emit roomFailed(room, forPeople(error)); });
    connect(m_reader.get(), &ReadingWorker::fetched, this, &SqlStore::fetched);
    connect(m_reader.get(), &ReadingWorker::fetchFailed, this,
            [this](quint64 number, const Error &error) { emit fetchFailed(number, forPeople(error)); });
    connect(m_searcher.get(), &ReadingWorker::found, this, [this](quint64 number, const SearchHits &hits) {
        --m_searches;
        emit found(number, hits);
    });
    connect(m_searcher.get(), &ReadingWorker::searchFailed, this, [this](quint64 number, const Error &error) {
        --m_searches;
        emit searchFailed(number, forPeople(error));
    });
}

SqlStore::~SqlStore()
{
    if (m_writing.isRunning()) {
        if (!m_waiting.isEmpty())
            m_queue.put(std::exchange(m_waiting, {}));
    }
    end(m_searching, *m_searcher);
    end(m_opening, *m_opener);
    end(m_reading, *m_reader); // before the writer: the last to close moves the log into the file, which a reader may not
    end(m_writing, *m_writer);
}

Status SqlStore::start()
{
    m_writing.start();
    if (Status opened = await(*m_writer, &StorageWorker::open); !opened)
        return opened;
    m_opening.start();
    if (Status opened = await(*m_opener, &ReadingWorker::open); !opened)
        return opened;
    m_reading.start();
    if (Status opened = await(*m_reader, &ReadingWorker::open); !opened)
        return opened;
    m_searching.start();
    return await(*m_searcher, &ReadingWorker::open);
}

QString SqlStore::durability() const
{
    return m_source.isFast ? u"fast"_s : u"durable"_s;
}

void SqlStore::openRoom(const RoomName &room, int newest)
{
    QMetaObject::invokeMethod(m_opener.get(), [reader = m_opener.get(), room, newest] { reader->openRoom(room, newest); });
}

void SqlStore::closeRoom(const RoomName &room)
{
    QMetaObject::invokeMethod(m_writer.get(), [writer = m_writer.get(), room] { writer->forget(room); });
}

void SqlStore::fetch(quint64 number, const HistoryQuery &query)
{
    QMetaObject::invokeMethod(m_reader.get(), [reader = m_reader.get(), number, query] { reader->fetch(number, query); });
}

void SqlStore::search(quint64 number, const SearchQuery &query)
{
    if (m_searches >= kMostSearches) {
        const Error error {ErrorCode::Unavailable, u"too many searches at once"_s, {}, kRetryAfter};
        QMetaObject::invokeMethod(this, [this, number, error] { emit searchFailed(number, error); }, Qt::QueuedConnection);
        return;
    }
    ++m_searches;
    QMetaObject::invokeMethod(m_searcher.get(), [searcher = m_searcher.get(), number, query] { searcher->search(number, query); });
}

void SqlStore::configure(quint64 number, const RoomName &room, const RoomPatch &patch)
{
    QMetaObject::invokeMethod(m_writer.get(), [this, writer = m_writer.get(), number, room, patch] {
        const Result<RoomSettings> done = writer->configure(room, patch);
        QMetaObject::invokeMethod(this, [this, number, done] {
            if (done)
                emit configured(number, done.value());
            else
                emit configureFailed(number, forPeople(done.error()));
        });
    });
}

void SqlStore::append(Draft draft)
{
    schedule();
    if (m_isStalled || m_underWay >= kMostUnderWay) {
        m_refused.append(draft.id);
        return;
    }
    ++m_underWay;
    m_waiting.append(std::move(draft));
    if (!m_stall.isActive())
        m_stall.start();
}

void SqlStore::schedule()
{
    if (std::exchange(m_isScheduled, true))
        return;
    QMetaObject::invokeMethod(this, &SqlStore::flush, Qt::QueuedConnection);
}

void SqlStore::flush()
{
    m_isScheduled = false;
    if (!m_waiting.isEmpty() && m_queue.put(std::exchange(m_waiting, {})))
        QMetaObject::invokeMethod(m_writer.get(), [writer = m_writer.get()] { writer->drain(); });
    const QList<quint64> refused = std::exchange(m_refused, {});
    for (const quint64 id : refused)
        emit appendFailed(id, forPeople(Error {ErrorCode::Unavailable, {}}));
}

void SqlStore::onDrained(const HistoryWriter::Outcome &outcome)
{
    m_underWay -= outcome.stored.size() + outcome.failed.size();
    endStall();
    if (m_underWay > 0)
        m_stall.start();
    else
        m_stall.stop();
    if (!outcome.stored.isEmpty())
        emit stored(outcome.stored);
    for (const auto &[id, error] : outcome.failed)
        emit appendFailed(id, forPeople(error));
}

void SqlStore::endStall()
{
    if (std::exchange(m_isStalled, false))
        qCWarning(lcStore) << "the database goes on";
}

/// A database that hangs is not seen by the thread that waits for it. What it has is answered when that is known; whoever
/// waits behind it, and whoever comes, is refused.
void SqlStore::onStall()
{
    qCWarning(lcStore) << "a commit takes longer than" << m_source.stallMs << "ms: messages are refused until it ends";
    m_isStalled = true;
    // The thread comes to this when it is free again, which need not be with an outcome.
    QMetaObject::invokeMethod(m_writer.get(), [this] { QMetaObject::invokeMethod(this, &SqlStore::endStall, Qt::QueuedConnection); });
    const QList<Draft> waiting = m_queue.takeAll() + std::exchange(m_waiting, {});
    m_underWay -= waiting.size();
    for (const Draft &draft : waiting)
        emit appendFailed(draft.id, forPeople(Error {ErrorCode::Unavailable, {}}));
}

} // namespace Parlance
