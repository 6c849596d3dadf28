// SPDX-License-Identifier: GPL-3.0-or-later
#include "upkeep/restore.h"

#include "storage/schema.h"
#include "storage/sqlconnection.h"
#include "upkeep/check.h"
#include "upkeep/interruption.h"
#include "upkeep/partialfile.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

/// SQLite's files beside the database.
constexpr const char *kCompanions[] = {"-wal", "-shm"};

void removeAll(const QString &database)
{
    QFile::remove(database);
    for (const char *companion : kCompanions)
        QFile::remove(database + QLatin1StringView(companion));
}

Status prepare(const QString &database)
{
    SqlSource source;
    source.database = database;
    const auto connection = SqlConnection::open(source, SqlConnection::Access::ReadWrite);
    if (!connection)
        return connection.error();
    if (Status done = Schema::migrate(*connection.value()); !done)
        return done;
    return Schema::beginEpoch(*connection.value(), QDateTime::currentMSecsSinceEpoch());
}

/// The database and what belongs to it; without its log it would lose what was said last. All of it, or nothing.
Status moveAway(const QString &database, const QString &kept)
{
    QStringList moved;
    for (const char *part : {"", "-wal", "-shm"}) {
        const QLatin1StringView suffix(part);
        if (!QFileInfo::exists(database + suffix))
            continue;
        if (!QFile::rename(database + suffix, kept + suffix)) {
            for (const QString &back : std::as_const(moved))
                QFile::rename(kept + back, database + back);
            return Error {ErrorCode::Unavailable, u"%1 cannot be moved away"_s.arg(database + suffix)};
        }
        moved.append(suffix);
    }
    return {};
}

} // namespace

Result<QString> restoreDatabase(const DataDirectory &directory, const QString &name, const QString &file)
{
    SqlSource backup;
    backup.database = file;
    if (!QFileInfo(file).isFile())
        return Error {ErrorCode::Unavailable, u"there is no file %1"_s.arg(file)};
    const Result<CheckReport> report = checkDatabase(backup);
    if (!report)
        return report.error();
    if (!report.value().problems.isEmpty())
        return Error {ErrorCode::DataUnusable, u"the backup is not whole: "_s + report.value().problems.constFirst()};

    const QString database = directory.file(name);
    const QString fresh = database + u".restoring"_s;
    removeAll(fresh);
    const RemovedOnInterruption removal(fresh);
    if (!QFile::copy(file, fresh)) {
        removeAll(fresh);
        return Error {ErrorCode::StorageFull, u"%1 cannot be copied to %2"_s.arg(file, directory.path())};
    }
    QFile::setPermissions(fresh, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    Status ready = prepare(fresh);
    if (ready)
        ready = syncToDisk(fresh);
    if (!ready) {
        removeAll(fresh);
        return ready.error();
    }
    const Uninterrupted whole; // or a server would find no database, and make a new one
    QFile::remove(fresh + u".version-%1"_s.arg(report.value().version)); // the backup itself is that copy
    QString kept;
    if (QFileInfo::exists(database)) {
        kept = u"%1.before-restore-%2"_s.arg(database, QDateTime::currentDateTimeUtc().toString(u"yyyyMMddTHHmmsszzz"));
        if (const Status moved = moveAway(database, kept); !moved) {
            removeAll(fresh);
            return moved.error();
        }
    }
    if (!QFile::rename(fresh, database)) {
        removeAll(fresh);
        const bool isBack = kept.isEmpty() || moveAway(kept, database);
        return Error {ErrorCode::Unavailable, u"the backup cannot be put into place"_s
                                                  + (isBack ? QString() : u"; what was there is in %1"_s.arg(kept))};
    }
    if (const Status synced = syncToDisk(directory.path()); !synced)
        return synced.error();
    return kept;
}

} // namespace Parlance
