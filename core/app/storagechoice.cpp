// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storagechoice.h"

#include "base/logging.h"
#include "storage/memorystore.h"
#include "storage/sqlstore.h"

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

} // namespace

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

    SqlSource source;
    QString what;
    if (config.storage == "sqlite"_L1) {
        source.database = storage.directory->file(u"parlance.db"_s);
        what = u"the database "_s + source.database;
    } else {
        source = postgresSource(config);
        what = u"the database %1 on %2"_s.arg(source.database, source.host);
    }
    source.isFast = config.durability == Durability::Fast;
    source.keep = {config.history.keepAge.count(), config.history.keepMessages, config.history.keepBytes};
    Result<std::unique_ptr<SqlStore>> store = SqlStore::open(source);
    if (!store)
        return explained(store.error(), what);
    qCInfo(lcStore).noquote() << "the history is kept in" << what;
    storage.store = store.take();
    return storage;
}

} // namespace Parlance
