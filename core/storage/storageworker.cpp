// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storageworker.h"

#include "base/logging.h"
#include "storage/historytrimmer.h"
#include "storage/roomtable.h"

#include <QDateTime>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kHouseMs = 200; ///< from a commit to the next look at what there is to tidy
constexpr int kHouseAgainMs = 10'000; ///< after a failure
constexpr qsizetype kMostUnsettled = 1'000'000; ///< above it the house comes first: what is stored gets its rows at once

/// Whether a batch that failed so says that the next one would wait in vain too.
bool isOutage(ErrorCode code)
{
    return code == ErrorCode::Unavailable || code == ErrorCode::StorageFull || code == ErrorCode::DataUnusable;
}

ErrorCode outageOf(const HistoryWriter::Outcome &outcome)
{
    for (const auto &[draft, error] : outcome.failed) {
        if (isOutage(error.code))
            return error.code;
    }
    return ErrorCode::None;
}

/// While it lives, a lock that somebody else has is not waited for: what is said waits for this thread.
class Impatience
{
    Q_DISABLE_COPY_MOVE(Impatience)

public:
    Impatience(SqlConnection &connection, const SqlSource &source) : m_connection(connection), m_source(source) { wait(0); }
    ~Impatience() { wait(m_source.patienceMs); }

private:
    void wait(int ms)
    {
        if (m_source.dialect != SqlDialect::Sqlite)
            return;
        if (const Status done = m_connection.run(u"PRAGMA busy_timeout=%1"_s.arg(ms)); !done)
            qCWarning(lcStore).noquote() << "the patience with locks cannot be set:" << done.error().detail;
    }

    SqlConnection &m_connection;
    const SqlSource &m_source;
};

} // namespace

#ifdef PARLANCE_BARE_LOG // the build with which tests/bench measures what the disk alone takes
HistoryWriter::Outcome commitToBareLog(const SqlSource &source, QList<Draft> drafts);
#endif

StorageWorker::StorageWorker(const SqlSource &source, DraftQueue &queue)
    : m_source(source), m_queue(queue), m_probe(this), m_trim(this), m_house(this) // children go along into the storage thread
{
    m_probe.setInterval(source.probeMs);
    connect(&m_probe, &QTimer::timeout, this, &StorageWorker::probe);
    m_trim.setSingleShot(true);
    connect(&m_trim, &QTimer::timeout, this, &StorageWorker::trim);
    m_house.setSingleShot(true);
    m_running.start();
    connect(&m_house, &QTimer::timeout, this, &StorageWorker::keepHouse);
}

Status StorageWorker::open()
{
    Result<std::unique_ptr<SqlConnection>> connection =
        SqlConnection::open(m_source, SqlConnection::Access::ReadWrite);
    if (!connection)
        return connection.error();
    if (Status migrated = Schema::migrate(*connection.value()); !migrated)
        return migrated;
    Result<std::unique_ptr<HistoryWriter>> writer = HistoryWriter::make(*connection.value());
    if (!writer)
        return writer.error();
    auto housekeeper = std::make_unique<Housekeeper>(*connection.value(), *writer.value(), m_source);
    if (Status begun = housekeeper->begin(); !begun)
        return begun;
    m_connection = connection.take();
    m_writer = writer.take();
    m_housekeeper = std::move(housekeeper);
    m_house.start(kHouseMs);
    breakThePromise();
    if (!m_source.keep.isUnbounded() && !m_trim.isActive())
        m_trim.start(0);
    return {};
}

/// The builds with which tests/killloop proves that it can fail; does nothing in any other.
void StorageWorker::breakThePromise()
{
#if defined(PARLANCE_FAULT_BROADCAST)
    m_writer->tellBeforeCommit([this](const HistoryWriter::Outcome &outcome) { emit drained(outcome); });
#elif defined(PARLANCE_FAULT_ACKNOWLEDGE)
    m_writer->tellBeforeCommit([this](HistoryWriter::Outcome outcome) {
        for (StoredDraft &stored : outcome.stored)
            stored.id |= kTooEarly;
        emit drained(outcome);
    });
#endif
}

Status StorageWorker::ensureOpen()
{
    return m_writer ? Status() : open();
}

void StorageWorker::drain()
{
    QList<Draft> drafts = m_queue.takeAll();
    if (drafts.isEmpty())
        return;
    HistoryWriter::Outcome outcome;
#ifdef PARLANCE_BARE_LOG
    outcome = commitToBareLog(m_source, std::move(drafts));
#else
    if (const Status ready = ensureOpen(); ready)
        outcome = m_writer->commit(std::move(drafts));
    else
        failAll(drafts, ready.error(), outcome);
#endif

    const ErrorCode failure = outageOf(outcome);
    if (failure != ErrorCode::None) {
        // Who came while this batch waited for the database has waited long enough too.
        const Error error = outcome.failed.constLast().second; // a copy: the list grows
        failAll(m_queue.takeAll(), error, outcome);
        dropConnection();
    }
    setFault(failure, failure == ErrorCode::None ? QString() : outcome.failed.constLast().second.detail);
    m_stored += outcome.stored.size();
    m_busy.note(outcome.stored.size());
    if (outcome.hasErased && m_housekeeper)
        m_housekeeper->noteErased();
    if (!m_house.isActive() && failure == ErrorCode::None)
        m_house.start(kHouseMs);
#ifdef PARLANCE_FAULT_BROADCAST
    outcome.stored.clear(); // was told
#endif
    emit drained(outcome);
}

/// So that an outage ends, and is seen to end, without anybody who says something.
void StorageWorker::probe()
{
    Status done = ensureOpen();
    if (done)
        done = m_writer->probe();
    if (done) {
        setFault(ErrorCode::None, {});
        return;
    }
    dropConnection();
    HistoryWriter::Outcome outcome;
    failAll(m_queue.takeAll(), done.error(), outcome); // who came meanwhile has waited long enough
    if (!outcome.failed.isEmpty())
        emit drained(outcome);
}

/// A step, and the next behind whatever waits for the thread meanwhile.
void StorageWorker::trim()
{
    int wait = m_source.trimMs;
    if (m_connection) {
        const Impatience impatience(*m_connection, m_source);
        HistoryTrimmer trimmer(*m_connection, m_source.keep);
        const auto done = trimmer.step(QDateTime::currentMSecsSinceEpoch());
        if (!done) {
            qCWarning(lcStore).noquote() << "old messages cannot be deleted:" << done.error().detail;
        } else if (done.value()) {
            emit trimmed(done.value()->room, done.value()->oldest);
            wait = 0;
        }
    }
    m_trim.start(wait);
}

/// While much is said the house waits: nothing is lost by that but the moment from which on it is found.
void StorageWorker::keepHouse()
{
    const qsizetype stored = std::exchange(m_stored, 0);
    if (!m_housekeeper || m_fault != ErrorCode::None)
        return; // the next batch begins it anew
    const bool isFull = m_writer->unsettled() > kMostUnsettled;
    if (m_busy.isBusy(m_running.elapsed()) && !isFull) {
        m_house.start(kHouseMs);
        return;
    }
    const Impatience impatience(*m_connection, m_source);
    const Result<std::optional<int>> next = isFull ? settle(stored) : m_housekeeper->step();
    if (!next) {
        qCWarning(lcStore).noquote() << "the database cannot be tidied:" << next.error().detail;
        m_house.start(kHouseAgainMs);
    } else if (next.value()) {
        m_house.start(*next.value());
    }
}

/// As much as was stored meanwhile, and a little more.
Result<std::optional<int>> StorageWorker::settle(qsizetype stored)
{
    const Result<bool> done = m_writer->settle(stored + Housekeeper::kSettled);
    return done ? Result<std::optional<int>>(std::optional(0)) : done.error();
}

void StorageWorker::setFault(ErrorCode fault, const QString &detail)
{
    if (fault == m_fault)
        return;
    if (fault == ErrorCode::None) {
        qCInfo(lcStore) << "messages are stored again";
        m_probe.stop();
        m_house.start(kHouseMs); // what waited for the end of it
    } else {
        qCWarning(lcStore).noquote() << "messages cannot be stored:" << detail;
        m_probe.start();
    }
    m_fault = fault;
    emit faultChanged(fault);
}

/// Of a server that may be gone. A file stays what it is.
void StorageWorker::dropConnection()
{
    if (m_source.dialect != SqlDialect::PostgreSql)
        return;
    m_housekeeper.reset();
    m_writer.reset();
    m_connection.reset();
}

void StorageWorker::failAll(const QList<Draft> &drafts, const Error &error, HistoryWriter::Outcome &outcome) const
{
    for (const Draft &draft : drafts)
        outcome.failed.append({draft.id, error});
}

void StorageWorker::forget(const RoomName &room)
{
    if (m_writer)
        m_writer->forget(room);
}

Result<RoomSettings> StorageWorker::configure(const RoomName &room, const RoomPatch &patch)
{
    if (const Status ready = ensureOpen(); !ready)
        return ready.error();
    return configureRoom(*m_connection, room, patch, QDateTime::currentMSecsSinceEpoch());
}

void StorageWorker::close()
{
    drain();
    m_probe.stop();
    m_trim.stop();
    m_house.stop();
    m_housekeeper.reset();
    m_writer.reset();
    m_connection.reset();
}

} // namespace Parlance
