// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "storage/sqlsource.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

#include <memory>

namespace Parlance {

/// One connection to the database, open as long as the object lives.
///
/// Failures are StorageFull (no space on the disk, or the quota is used up), DataUnusable (the file is damaged or no
/// database), or Unavailable (everything else: locked, away, read-only); the detail has the driver's words.
/// Thread: the one in which it was opened, and no other (QSqlDatabase).
class SqlConnection
{
public:
    enum class Access {
        ReadWrite, ///< makes the file where there is none
        ReadOnly, ///< the file must be there
    };

    static Result<std::unique_ptr<SqlConnection>> open(const SqlSource &source, Access access);
    ~SqlConnection();
    SqlConnection(const SqlConnection &) = delete;
    SqlConnection &operator=(const SqlConnection &) = delete;

    SqlDialect dialect() const { return m_dialect; }

    /// One statement whose rows, if any, nobody wants.
    Status run(const QString &statement);
    /// A statement to execute many times. Must not outlive the connection.
    Result<QSqlQuery> prepare(const QString &statement);
    /// One statement with \a values for its question marks, executed: its rows are there to be read.
    Result<QSqlQuery> ask(const QString &statement, const QVariantList &values = {});
    /// Executes \a query with what is bound to it.
    Status execute(QSqlQuery &query) const;
    Error errorOf(const QSqlError &error) const;

private:
    friend class SqlTransaction;
    SqlConnection(SqlDialect dialect, const QString &name);
    QSqlDatabase database() const;
    Status begin(const SqlSource &source, Access access);

    SqlDialect m_dialect;
    QString m_name; ///< under which Qt knows it
    QSqlQuery m_begin; ///< of SqlTransaction on SQLite, prepared when first used; a commit needs both
    QSqlQuery m_commit;
};

/// BEGIN … COMMIT. What is not committed when the object goes is rolled back.
class SqlTransaction
{
public:
    enum class Kind {
        Write, ///< takes the write lock at once, so that it fails at its beginning or not at all for another's lock
        Read, ///< everything read in it is of one moment
    };

    explicit SqlTransaction(SqlConnection &connection) : m_connection(connection) {}
    ~SqlTransaction();
    SqlTransaction(const SqlTransaction &) = delete;
    SqlTransaction &operator=(const SqlTransaction &) = delete;

    Status begin(Kind kind);
    Status commit();

private:
    Status runPrepared(QSqlQuery &query, const QString &statement);

    SqlConnection &m_connection;
    bool m_isOpen = false;
};

} // namespace Parlance
