// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlconnection.h"

#include "base/logging.h"
#include "storage/sqlfailure.h"

#include <QFile>

#include <atomic>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

QString uniqueName()
{
    static std::atomic<quint64> last {0};
    return u"parlance-%1"_s.arg(++last);
}

/// SQLite makes its file readable for everybody, as far as the umask allows, and its log and index like the file.
void makeForOwner(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

QString sqliteOptions(const SqlSource &source, SqlConnection::Access access)
{
    QString options = u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(source.patienceMs);
    if (access == SqlConnection::Access::ReadOnly)
        options += u";QSQLITE_OPEN_READONLY"_s;
    return options;
}

QString postgresOptions(const SqlSource &source)
{
    // libpq counts connect_timeout in whole seconds and takes less than two for two.
    return u"connect_timeout=2;tcp_user_timeout=%1;application_name=parlance"_s.arg(source.patienceMs);
}

} // namespace

SqlConnection::SqlConnection(SqlDialect dialect, const QString &name) : m_dialect(dialect), m_name(name) {}

SqlConnection::~SqlConnection()
{
    m_begin = QSqlQuery();
    m_commit = QSqlQuery();
    database().close();
    QSqlDatabase::removeDatabase(m_name);
}

QSqlDatabase SqlConnection::database() const
{
    return QSqlDatabase::database(m_name, false);
}

Result<std::unique_ptr<SqlConnection>> SqlConnection::open(const SqlSource &source, Access access)
{
    const bool isSqlite = source.dialect == SqlDialect::Sqlite;
    const QString driver = isSqlite ? u"QSQLITE"_s : u"QPSQL"_s;
    if (!QSqlDatabase::isDriverAvailable(driver))
        return Error {ErrorCode::Unavailable,
                      u"Qt's driver %1 is not installed (Debian: %2)"_s.arg(
                          driver, isSqlite ? u"libqt6sql6-sqlite"_s : u"libqt6sql6-psql"_s)};
    const QString name = uniqueName();
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(driver, name);
        database.setDatabaseName(source.database);
        if (isSqlite) {
            if (access == Access::ReadWrite)
                makeForOwner(source.database);
            database.setConnectOptions(sqliteOptions(source, access));
        } else {
            database.setHostName(source.host);
            database.setPort(source.port);
            database.setUserName(source.user);
            database.setPassword(source.password);
            database.setConnectOptions(postgresOptions(source));
        }
    }
    std::unique_ptr<SqlConnection> connection(new SqlConnection(source.dialect, name));
    if (QSqlDatabase database = connection->database(); !database.open())
        return connection->errorOf(database.lastError());
    if (const Status begun = connection->begin(source, access); !begun)
        return begun.error();
    return connection;
}

/// What every connection is told first.
Status SqlConnection::begin(const SqlSource &source, Access access)
{
    QStringList statements;
    if (m_dialect == SqlDialect::Sqlite) {
        // FULL in WAL mode: each commit waits until the log is on the disk. https://www.sqlite.org/pragma.html
        if (access == Access::ReadWrite)
            statements = {u"PRAGMA auto_vacuum=INCREMENTAL"_s, // before there is a table, or it does nothing
                          u"PRAGMA journal_mode=WAL"_s,
                          source.isFast ? u"PRAGMA synchronous=NORMAL"_s : u"PRAGMA synchronous=FULL"_s,
                          u"PRAGMA secure_delete=ON"_s, u"PRAGMA foreign_keys=ON"_s};
    } else {
        statements = {u"SET statement_timeout=%1"_s.arg(source.patienceMs), u"SET lock_timeout=%1"_s.arg(source.patienceMs),
                      source.isFast ? u"SET synchronous_commit=off"_s : u"SET synchronous_commit=on"_s};
        if (access == Access::ReadOnly)
            statements.append(u"SET default_transaction_read_only=on"_s);
    }
    for (const QString &statement : std::as_const(statements)) {
        if (Status done = run(statement); !done)
            return done;
    }
    return {};
}

Status SqlConnection::run(const QString &statement)
{
    QSqlQuery query(database());
    query.setForwardOnly(true);
    if (!query.exec(statement))
        return errorOf(query.lastError());
    return {};
}

Result<QSqlQuery> SqlConnection::prepare(const QString &statement)
{
    QSqlQuery query(database());
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return errorOf(query.lastError());
    return query;
}

Result<QSqlQuery> SqlConnection::ask(const QString &statement, const QVariantList &values)
{
    Result<QSqlQuery> query = prepare(statement);
    if (!query)
        return query;
    for (const QVariant &value : values)
        query.value().addBindValue(value);
    if (const Status done = execute(query.value()); !done)
        return done.error();
    return query;
}

Status SqlConnection::execute(QSqlQuery &query) const
{
    if (!query.exec())
        return errorOf(query.lastError());
    return {};
}

Error SqlConnection::errorOf(const QSqlError &error) const
{
    return {codeOfFailure(m_dialect, error.nativeErrorCode()), error.text().simplified()};
}

Status SqlTransaction::runPrepared(QSqlQuery &query, const QString &statement)
{
    if (query.lastQuery().isEmpty()) {
        Result<QSqlQuery> prepared = m_connection.prepare(statement);
        if (!prepared)
            return prepared.error();
        query = prepared.take();
    }
    const Status done = m_connection.execute(query);
    query.finish();
    return done;
}

SqlTransaction::~SqlTransaction()
{
    if (!m_isOpen)
        return;
    // SQLite has rolled back by itself after some errors (a full disk); then this fails and means nothing.
    if (const Status done = m_connection.run(u"ROLLBACK"_s); !done)
        qCDebug(lcStore) << "rolled back already:" << done.error().detail;
}

Status SqlTransaction::begin(Kind kind)
{
    const bool isSqlite = m_connection.dialect() == SqlDialect::Sqlite;
    const QString statement = kind == Kind::Write
        ? (isSqlite ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s)
        : (isSqlite ? u"BEGIN"_s : u"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"_s);
    const Status begun = isSqlite && kind == Kind::Write ? runPrepared(m_connection.m_begin, statement) : m_connection.run(statement);
    m_isOpen = bool(begun);
    return begun;
}

Status SqlTransaction::commit()
{
    const Status done = m_connection.dialect() == SqlDialect::Sqlite ? runPrepared(m_connection.m_commit, u"COMMIT"_s)
                                                                     : m_connection.run(u"COMMIT"_s);
    if (done)
        m_isOpen = false;
    return done;
}

} // namespace Parlance
