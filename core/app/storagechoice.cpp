// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storagechoice.h"

#include "base/logging.h"
#include "storage/memorystore.h"
#include "storage/sqlstore.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

SqlSource postgresSource(const Config &config)
{
    const QUrl url(config.storage);
    SqlSource source;
    source.dialect = SqlDialect::PostgreSql;
    source.host = url.host();
    source.port = url.port(source.port);
    source.user = url.userName(QUrl::FullyDecoded);
    source.password = url.password(QUrl::FullyDecoded);
    source.database = url.path(QUrl::FullyDecoded).mid(1);
    return source;
}

/// What would help, for people who read it in a terminal.
Error explained(const Error &error, const QString &what)
{
    Error told = error;
    switch (error.code) {
    case ErrorCode::DataUnusable:
        told.detail = u"%1 cannot be used: %2. Nothing was changed. Restore a backup, or start with another --data-dir."_s
                          .arg(what, error.detail);
        break;
    case ErrorCode::StorageFull:
        told.detail = u"%1 cannot be opened: the disk is full (%2). Make space and start again."_s.arg(what, error.detail);
        break;
    default: told.detail = u"%1 cannot be opened: %2"_s.arg(what, error.detail);
    }
    return told;
}

/// An empty database is never begun over what is left of another one.
Status isNotLost(const QString &database)
{
    const QFileInfo file(database);
    if (file.size() > 0)
        return {};
    const QString log = database + u"-wal"_s;
    if (QFileInfo(log).size() > 0)
        return Error {ErrorCode::DataUnusable, u"it is missing or empty, and %1 with messages of it is there"_s.arg(log)};
    const QStringList kept = file.dir().entryList({file.fileName() + u".before-restore-*"_s}, QDir::Files);
    if (!kept.isEmpty())
        return Error {ErrorCode::DataUnusable,
                      u"it is missing or empty, and %1 is there, which a restore has put aside; give it its name back, or move it"
                      " elsewhere to begin anew"_s.arg(kept.constLast())};
    return {};
}

} // namespace

std::optional<SqlSource> databaseOf(const Config &config)
{
    if (config.storage == "memory"_L1)
        return std::nullopt;
    SqlSource source;
    if (config.storage == "sqlite"_L1)
        source.database = dataDirectory(config) + u'/' + QLatin1StringView(kDatabaseName);
    else
        source = postgresSource(config);
    source.isFast = config.durability == Durability::Fast;
    source.keep = {config.history.keepAge.count(), config.history.keepMessages, config.history.keepBytes};
    return source;
}

Result<Storage> openStorage(const Config &config)
{
    Storage storage;
    if (config.storage == "memory"_L1) {
        storage.store = std::make_unique<MemoryStore>(config.history.ring, config.history.bytes);
        return storage;
    }
    Result<DataDirectory> directory = DataDirectory::claim(dataDirectory(config));
    if (!directory)
        return directory.error();
    storage.directory.emplace(directory.take());

    const SqlSource source = *databaseOf(config);
    const QString what = source.dialect == SqlDialect::Sqlite ? u"the database "_s + source.database
                                                              : u"the database %1 on %2"_s.arg(source.database, source.host);
    if (const Status found = source.dialect == SqlDialect::Sqlite ? isNotLost(source.database) : Status(); !found)
        return explained(found.error(), what);
    Result<std::unique_ptr<SqlStore>> store = SqlStore::open(source);
    if (!store)
        return explained(store.error(), what);
    qCInfo(lcStore).noquote() << "the history is kept in" << what;
    storage.store = store.take();
    return storage;
}

} // namespace Parlance
