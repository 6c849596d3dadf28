// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/schema.h"

#include "base/logging.h"
#include "base/tokens.h"

#include <QDateTime>

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

using Step = std::span<const char *const>;
constexpr Step kSteps[] = {kStep1};
static_assert(std::size(kSteps) == kVersion);

Result<QString> metaValue(SqlConnection &connection, const QString &name)
{
    Result<QSqlQuery> query = connection.prepare(u"SELECT value FROM meta WHERE name = ?"_s);
    if (!query)
        return query.error();
    query.value().bindValue(0, name);
    if (const Status done = connection.execute(query.value()); !done)
        return done.error();
    return query.value().next() ? query.value().value(0).toString() : QString();
}

Result<qint64> number(SqlConnection &connection, const QString &statement)
{
    Result<QSqlQuery> query = connection.prepare(statement);
    if (!query)
        return query.error();
    if (const Status done = connection.execute(query.value()); !done)
        return done.error();
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

/// \a to is the version that the step leads to.
Status take(SqlConnection &connection, int to)
{
    SqlTransaction transaction(connection);
    if (Status begun = transaction.begin(SqlTransaction::Kind::Write); !begun)
        return begun;
    QStringList statements;
    for (const char *statement : kSteps[to - 1])
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
    for (int to = found.value() + 1; to <= kVersion; ++to) {
        if (Status done = take(connection, to); !done)
            return done;
        qCInfo(lcStore) << "the database has version" << to << "of the tables";
    }
    return {};
}

Result<Epoch> currentEpoch(SqlConnection &connection)
{
    Result<QSqlQuery> query = connection.prepare(u"SELECT number, epoch FROM epochs ORDER BY number DESC LIMIT 1"_s);
    if (!query)
        return query.error();
    if (const Status done = connection.execute(query.value()); !done)
        return done.error();
    if (!query.value().next())
        return Error {ErrorCode::DataUnusable, u"the database has no epoch"_s};
    return Epoch {query.value().value(0).toLongLong(), query.value().value(1).toString()};
}

Result<QString> epochText(SqlConnection &connection, qint64 number)
{
    Result<QSqlQuery> query = connection.prepare(u"SELECT epoch FROM epochs WHERE number = ?"_s);
    if (!query)
        return query.error();
    query.value().bindValue(0, number);
    if (const Status done = connection.execute(query.value()); !done)
        return done.error();
    if (!query.value().next())
        return Error {ErrorCode::DataUnusable, u"the database has no epoch %1"_s.arg(number)};
    return query.value().value(0).toString();
}

Status beginEpoch(SqlConnection &connection, qint64 now)
{
    Result<QSqlQuery> query = connection.prepare(u"INSERT INTO epochs (epoch, since) VALUES (?, ?)"_s);
    if (!query)
        return query.error();
    query.value().bindValue(0, makeRandomId());
    query.value().bindValue(1, now);
    return connection.execute(query.value());
}

} // namespace Parlance::Schema
