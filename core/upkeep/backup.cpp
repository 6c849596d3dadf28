// SPDX-License-Identifier: GPL-3.0-or-later
#include "upkeep/backup.h"

#include "storage/schema.h"
#include "storage/sqlconnection.h"
#include "upkeep/check.h"
#include "upkeep/partialfile.h"

#include <QFileInfo>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr std::chrono::milliseconds kLook {100};

Result<qint64> sizeOf(SqlConnection &connection)
{
    Result<QSqlQuery> size = connection.prepare(u"SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count p,"
                                                " pragma_freelist_count f, pragma_page_size s"_s);
    if (!size)
        return size.error();
    if (const Status done = connection.execute(size.value()); !done)
        return done.error();
    return size.value().next() ? size.value().value(0).toLongLong() : 0;
}

/// In the thread that it is called in, which a connection never leaves.
Status copyTo(const SqlSource &source, const QString &file, std::atomic<qint64> &total)
{
    const auto connection = SqlConnection::open(source, SqlConnection::Access::ReadOnly);
    if (!connection)
        return connection.error();
    const Result<int> version = Schema::version(*connection.value());
    if (!version)
        return version.error();
    if (version.value() == 0)
        return Error {ErrorCode::DataUnusable, u"the database is empty"_s};
    const Result<qint64> size = sizeOf(*connection.value());
    if (!size)
        return size.error();
    total = size.value();
    Result<QSqlQuery> into = connection.value()->prepare(u"VACUUM INTO ?"_s);
    if (!into)
        return into.error();
    into.value().bindValue(0, file);
    return connection.value()->execute(into.value());
}

} // namespace

Status backUpDatabase(const SqlSource &source, const QString &file, bool mayReplace, const Progress &progress)
{
    if (source.dialect != SqlDialect::Sqlite)
        return Error {ErrorCode::Unavailable, u"a PostgreSQL database is backed up with its own tools: pg_dump"_s};
    if (!QFileInfo::exists(source.database))
        return Error {ErrorCode::Unavailable, u"there is no database %1"_s.arg(source.database)};
    PartialFile partial(file);
    if (Status begun = partial.begin(mayReplace); !begun)
        return begun;
    std::atomic<qint64> total = 0;
    std::atomic<bool> isDone = false;
    Status copied;
    std::thread copying([&] {
        copied = copyTo(source, partial.writingPath(), total);
        isDone = true;
    });
    while (!isDone) {
        std::this_thread::sleep_for(kLook);
        if (progress && total > 0)
            progress(std::min(QFileInfo(partial.writingPath()).size(), total.load()), total);
    }
    copying.join();
    if (!copied)
        return copied;
    SqlSource copy;
    copy.database = partial.writingPath();
    const Result<CheckReport> report = checkDatabase(copy);
    if (!report)
        return report.error();
    if (!report.value().problems.isEmpty())
        return Error {ErrorCode::DataUnusable, u"the copy is not whole: "_s + report.value().problems.constFirst()};
    return partial.finish();
}

} // namespace Parlance
