// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/schema.h"

#include "base/logging.h"
#include "base/tokens.h"

#include <QDateTime>
#include <QFile>

#include <span>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance::Schema {

namespace {

/// "Parl" in ASCII: tells our files from other programs' (PRAGMA application_id).
constexpr int kApplicationId = 0x5061726C;

/// What differs between the two in the text of a step.
QString inDialect(SqlDialect dialect, QString statement)
{
    const bool isSqlite = dialect == SqlDialect::Sqlite;
    // AUTOINCREMENT: the number of a room that was removed never comes again.
    return statement.replace(u"{counter}"_s, isSqlite ? u"INTEGER PRIMARY KEY AUTOINCREMENT"_s
                                                      : u"BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"_s);
}

// Version 1: rooms and their messages.
constexpr const char *kStep1[] = {
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE epochs (number {counter}, epoch TEXT NOT NULL UNIQUE, since BIGINT NOT NULL)",
    "CREATE TABLE rooms (number {counter}, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    " head BIGINT NOT NULL DEFAULT 0, created BIGINT NOT NULL)",
    "CREATE TABLE messages (id BIGINT PRIMARY KEY, epoch BIGINT NOT NULL, author TEXT NOT NULL, person TEXT NOT NULL,"
    " cid TEXT, timestamp BIGINT NOT NULL, content TEXT NOT NULL)",
    "CREATE UNIQUE INDEX messages_cid ON messages (person, cid) WHERE cid IS NOT NULL",
};

// Version 2: changes of messages, search, and what a room is set to. `id` becomes the row's own number, so that SQLite
// has one tree for the messages and not two.
constexpr const char *kStep2Sqlite[] = {
    "CREATE TABLE messages_2 (id INTEGER PRIMARY KEY, epoch BIGINT NOT NULL, kind SMALLINT NOT NULL DEFAULT 0, target BIGINT,"
    " author TEXT NOT NULL, person TEXT NOT NULL, cid TEXT, timestamp BIGINT NOT NULL, edited BIGINT, content TEXT NOT NULL)",
    "INSERT INTO messages_2 (id, epoch, author, person, cid, timestamp, content)"
    " SELECT id, epoch, author, person, cid, timestamp, content FROM messages ORDER BY id",
    "DROP TABLE messages",
    "ALTER TABLE messages_2 RENAME TO messages",
    "CREATE UNIQUE INDEX messages_cid ON messages (person, cid) WHERE cid IS NOT NULL",
    "CREATE INDEX messages_target ON messages (target) WHERE target IS NOT NULL",
    "ALTER TABLE rooms ADD COLUMN indexed BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE rooms ADD COLUMN topic TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE rooms ADD COLUMN slow_mode BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE rooms ADD COLUMN frozen SMALLINT NOT NULL DEFAULT 0",
    "ALTER TABLE rooms ADD COLUMN locked SMALLINT NOT NULL DEFAULT 0",
    "CREATE VIRTUAL TABLE messages_text USING fts5(content, content='messages', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 2')",
};
constexpr const char *kStep2PostgreSql[] = {
    "ALTER TABLE messages ADD COLUMN kind SMALLINT NOT NULL DEFAULT 0, ADD COLUMN target BIGINT, ADD COLUMN edited BIGINT,"
    // ICU's lower case, for that of a database in the locale C knows ASCII alone.
    " ADD COLUMN words tsvector GENERATED ALWAYS AS"
    " (to_tsvector('simple'::regconfig, lower(content COLLATE \"und-x-icu\"))) STORED",
    "CREATE INDEX messages_target ON messages (target) WHERE target IS NOT NULL",
    "CREATE INDEX messages_words ON messages USING GIN (words)",
    "ALTER TABLE rooms ADD COLUMN indexed BIGINT NOT NULL DEFAULT 0, ADD COLUMN topic TEXT NOT NULL DEFAULT '',"
    " ADD COLUMN slow_mode BIGINT NOT NULL DEFAULT 0, ADD COLUMN frozen SMALLINT NOT NULL DEFAULT 0,"
    " ADD COLUMN locked SMALLINT NOT NULL DEFAULT 0",
};

// Version 3: the journal. On PostgreSQL other nodes read what is committed, and there a row costs what a statement costs.
constexpr const char *kStep3Sqlite[] = {
    "CREATE TABLE journal (id INTEGER PRIMARY KEY, last BIGINT NOT NULL, epoch BIGINT NOT NULL, data BLOB NOT NULL)",
};

// Version 4: a message in the journal does not touch its room's row, which would be a page more for each commit.
constexpr const char *kStep4Sqlite[] = {
    "CREATE VIEW room_heads AS SELECT number, key, name, max(head, coalesce((SELECT last FROM journal"
    " WHERE id BETWEEN number * 68719476736 AND number * 68719476736 + 68719476735 ORDER BY id DESC LIMIT 1)"
    " - number * 68719476736, 0)) AS head FROM rooms",
};
constexpr const char *kStep4PostgreSql[] = {
    "CREATE VIEW room_heads AS SELECT number, key, name, head FROM rooms",
};

using Step = std::span<const char *const>;
constexpr Step kSqliteSteps[] = {kStep1, kStep2Sqlite, kStep3Sqlite, kStep4Sqlite};
constexpr Step kPostgreSqlSteps[] = {kStep1, kStep2PostgreSql, {}, kStep4PostgreSql};
static_assert(std::size(kSqliteSteps) == kVersion && std::size(kPostgreSqlSteps) == kVersion);

Result<QString> metaValue(SqlConnection &connection, const QString &name)
{
    Result<QSqlQuery> query = connection.ask(u"SELECT value FROM meta WHERE name = ?"_s, {name});
    if (!query)
        return query.error();
    return query.value().next() ? query.value().value(0).toString() : QString();
}

Result<qint64> number(SqlConnection &connection, const QString &statement)
{
    Result<QSqlQuery> query = connection.ask(statement);
    if (!query)
        return query.error();
    return query.value().next() ? query.value().value(0).toLongLong() : qint64(0);
}

QString tableCount(SqlDialect dialect, const QString &condition)
{
    return dialect == SqlDialect::Sqlite
        ? u"SELECT count(*) FROM sqlite_master WHERE type = 'table'"_s + condition.arg(u"name"_s)
        : u"SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()"_s
              + condition.arg(u"table_name"_s);
}

Status runAll(SqlConnection &connection, const QStringList &statements)
{
    for (const QString &statement : statements) {
        if (Status done = connection.run(statement); !done)
            return done;
    }
    return {};
}

/// So that nobody loses anything to a step that was wrong.
Status backUp(SqlConnection &connection, int version)
{
    if (connection.dialect() != SqlDialect::Sqlite)
        return {};
    Result<QSqlQuery> files = connection.ask(u"SELECT file FROM pragma_database_list WHERE name = 'main'"_s);
    if (!files)
        return files.error();
    const QString file = files.value().next() ? files.value().value(0).toString() : QString();
    files.value().finish();
    if (file.isEmpty()) // in memory
        return {};
    const QString copy = u"%1.version-%2"_s.arg(file).arg(version);
    QFile::remove(copy); // of an attempt that was broken off: the steps that follow it have not been taken
    // For the own user alone from the beginning; SQLite writes into an empty file.
    if (QFile made(copy); !made.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return Error {ErrorCode::Unavailable, u"%1: %2"_s.arg(copy, made.errorString())};
    if (const Result<QSqlQuery> copied = connection.ask(u"VACUUM INTO ?"_s, {copy}); !copied) {
        QFile::remove(copy);
        return copied.error();
    }
    qCInfo(lcStore).noquote() << "the database as it was is kept in" << copy;
    return {};
}

/// \a to is the version that the step leads to.
Status take(SqlConnection &connection, int to)
{
    SqlTransaction transaction(connection);
    if (Status begun = transaction.begin(SqlTransaction::Kind::Write); !begun)
        return begun;
    QStringList statements;
    if (connection.dialect() == SqlDialect::PostgreSql) // a large table takes its time
        statements.append(u"SET LOCAL statement_timeout = 0"_s);
    const bool isSqlite = connection.dialect() == SqlDialect::Sqlite;
    for (const char *statement : isSqlite ? kSqliteSteps[to - 1] : kPostgreSqlSteps[to - 1])
        statements.append(inDialect(connection.dialect(), QString::fromLatin1(statement)));
    statements.append(u"DELETE FROM meta WHERE name = 'schema'"_s);
    statements.append(u"INSERT INTO meta (name, value) VALUES ('schema', '%1')"_s.arg(to));
    if (Status done = runAll(connection, statements); !done)
        return done;
    if (to == 1) {
        if (Status done = beginEpoch(connection, QDateTime::currentMSecsSinceEpoch()); !done)
            return done;
        if (connection.dialect() == SqlDialect::Sqlite) {
            if (Status done = connection.run(u"PRAGMA application_id=%1"_s.arg(kApplicationId)); !done)
                return done;
        }
    }
    return transaction.commit();
}

} // namespace

Result<int> version(SqlConnection &connection)
{
    const Result<qint64> ours = number(connection, tableCount(connection.dialect(), u" AND %1 = 'meta'"_s));
    if (!ours)
        return ours.error();
    if (ours.value() == 0) {
        const Result<qint64> any = number(connection, tableCount(connection.dialect(), u" AND %1 <> 'sqlite_sequence'"_s));
        if (!any)
            return any.error();
        if (any.value() != 0)
            return Error {ErrorCode::DataUnusable, u"the database is another program's"_s};
        return 0;
    }
    if (connection.dialect() == SqlDialect::Sqlite) {
        const Result<qint64> mark = number(connection, u"PRAGMA application_id"_s);
        if (!mark)
            return mark.error();
        if (mark.value() != kApplicationId)
            return Error {ErrorCode::DataUnusable, u"the database is another program's"_s};
    }
    const Result<QString> text = metaValue(connection, u"schema"_s);
    if (!text)
        return text.error();
    bool isNumber = false;
    const int found = text.value().toInt(&isNumber);
    if (!isNumber || found < 1)
        return Error {ErrorCode::DataUnusable, u"the database does not say of which version it is"_s};
    return found;
}

Status migrate(SqlConnection &connection)
{
    const Result<int> found = version(connection);
    if (!found)
        return found.error();
    if (found.value() > kVersion)
        return Error {ErrorCode::DataUnusable,
                      u"the database was written by a newer Parlance (version %1 of the tables; this program knows %2)"_s
                          .arg(found.value())
                          .arg(kVersion)};
    if (found.value() > 0 && found.value() < kVersion) {
        if (Status done = backUp(connection, found.value()); !done)
            return done;
    }
    for (int to = found.value() + 1; to <= kVersion; ++to) {
        if (Status done = take(connection, to); !done)
            return done;
    }
    if (found.value() < kVersion)
        qCInfo(lcStore) << "the database has version" << kVersion << "of the tables";
    return {};
}

Result<Epoch> currentEpoch(SqlConnection &connection)
{
    Result<QSqlQuery> query = connection.ask(u"SELECT number, epoch FROM epochs ORDER BY number DESC LIMIT 1"_s);
    if (!query)
        return query.error();
    if (!query.value().next())
        return Error {ErrorCode::DataUnusable, u"the database has no epoch"_s};
    return Epoch {query.value().value(0).toLongLong(), query.value().value(1).toString()};
}

Result<QString> epochText(SqlConnection &connection, qint64 number)
{
    Result<QSqlQuery> query = connection.ask(u"SELECT epoch FROM epochs WHERE number = ?"_s, {number});
    if (!query)
        return query.error();
    if (!query.value().next())
        return Error {ErrorCode::DataUnusable, u"the database has no epoch %1"_s.arg(number)};
    return query.value().value(0).toString();
}

Status beginEpoch(SqlConnection &connection, qint64 now)
{
    const Result<QSqlQuery> begun = connection.ask(u"INSERT INTO epochs (epoch, since) VALUES (?, ?)"_s, {makeRandomId(), now});
    return begun ? Status() : begun.error();
}

} // namespace Parlance::Schema
