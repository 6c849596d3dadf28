// SPDX-License-Identifier: GPL-3.0-or-later
#include "upkeep/backup.h"

#include "storage/schema.h"
#include "storage/sqlconnection.h"
#include "upkeep/check.h"
#include "upkeep/partialfile.h"

#include <QFileInfo>

#include <atomic>
#include <thread>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr std::chrono::milliseconds kLook {100};

Result<qint64> sizeOf(SqlConnection &connection)
{
    Result<QSqlQuery> size = connection.ask(u"SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count p,"
                                                " pragma_freelist_count f, pragma_page_size s"_s);
    if (!size)
        return size.error();
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
    const Result<QSqlQuery> copied = connection.value()->ask(u"VACUUM INTO ?"_s, {file});
    return copied ? Status() : copied.error();
}

/// The search index keeps the words of what was deleted until it is merged: in the copy that is done at once, where the
/// server has not come to it yet.
Status forgetErased(const QString &file)
{
    SqlSource copy;
    copy.database = file;
    const auto connection = SqlConnection::open(copy, SqlConnection::Access::ReadWrite);
    if (!connection)
        return connection.error();
    Result<QSqlQuery> mark = connection.value()->ask(u"SELECT 1 FROM meta WHERE name = 'erase'"_s);
    if (!mark)
        return mark.error();
    const bool isMarked = mark.value().next();
    mark.value().finish();
    QStringList statements;
    if (isMarked)
        statements << u"INSERT INTO messages_text (messages_text) VALUES ('optimize')"_s << u"DELETE FROM meta WHERE name = 'erase'"_s;
    statements << u"PRAGMA journal_mode=DELETE"_s; // one file, which can be read where nothing may be written
    for (const QString &statement : std::as_const(statements)) {
        if (Status done = connection.value()->run(statement); !done)
            return done;
    }
    return {};
}

} // namespace

Status backUpDatabase(const SqlSource &source, const QString &file, bool mayReplace, const Progress &progress)
{
    if (source.dialect != SqlDialect::Sqlite)
        return Error {ErrorCode::Unavailable, u"a PostgreSQL database is backed up with its own tools: pg_dump"_s};
    if (!QFileInfo::exists(source.database))
        return Error {ErrorCode::Unavailable, u"there is no database %1"_s.arg(source.database)};
    if (Status apart = isApartFrom(source, file); !apart)
        return apart;
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
    if (copied)
        copied = forgetErased(partial.writingPath());
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
