// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/housekeeper.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kNextMs = 0; ///< whoever waits for the thread comes first
constexpr int kBusyMs = 1000; ///< until a reader that is in the way has gone

} // namespace

Housekeeper::Housekeeper(SqlConnection &connection, HistoryWriter &writer, const SqlSource &source)
    : m_connection(connection), m_writer(writer), m_index(connection), m_patienceMs(source.patienceMs)
{
}

Status Housekeeper::begin()
{
    if (m_connection.dialect() != SqlDialect::Sqlite)
        return {};
    Result<QSqlQuery> mark = m_connection.ask(u"SELECT 1 FROM meta WHERE name = 'erase'"_s);
    if (!mark)
        return mark.error();
    m_mustErase = mark.value().next();
    return {};
}

Status Housekeeper::markErasure(SqlConnection &connection)
{
    if (connection.dialect() != SqlDialect::Sqlite)
        return {};
    return connection.run(u"INSERT INTO meta (name, value) VALUES ('erase', '1') ON CONFLICT (name) DO NOTHING"_s);
}

Result<std::optional<int>> Housekeeper::step()
{
    if (m_connection.dialect() != SqlDialect::Sqlite)
        return std::optional<int>();
    const Result<bool> settled = m_writer.settle(kSettled);
    if (!settled)
        return settled.error();
    if (settled.value())
        return std::optional(kNextMs);
    const Result<bool> indexed = m_index.step();
    if (!indexed)
        return indexed.error();
    if (indexed.value())
        return std::optional(kNextMs);
    if (!m_mustErase)
        return std::optional<int>();
    if (!m_isPurging) {
        if (const Status begun = m_index.beginPurge(); !begun)
            return begun.error();
        m_isPurging = true;
        return std::optional(kNextMs);
    }
    const Result<bool> purged = m_index.purgeStep();
    if (!purged)
        return purged.error();
    if (purged.value())
        return std::optional(kNextMs);
    const Result<bool> emptied = emptyLog();
    if (!emptied)
        return emptied.error();
    if (!emptied.value())
        return std::optional(kBusyMs);
    m_mustErase = false;
    m_isPurging = false;
    if (const Status done = m_connection.run(u"DELETE FROM meta WHERE name = 'erase'"_s); !done)
        return done.error();
    return std::optional<int>();
}

/// False where a reader was in the way.
Result<bool> Housekeeper::emptyLog()
{
    if (const Status done = m_connection.run(u"PRAGMA busy_timeout=0"_s); !done)
        return done.error();
    Result<QSqlQuery> checkpoint = m_connection.ask(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    const bool isEmptied = checkpoint && checkpoint.value().next() && checkpoint.value().value(0).toInt() == 0;
    if (checkpoint)
        checkpoint.value().finish();
    if (const Status restored = m_connection.run(u"PRAGMA busy_timeout=%1"_s.arg(m_patienceMs)); !restored)
        return restored.error();
    return isEmptied;
}

} // namespace Parlance
