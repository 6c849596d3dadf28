// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqlsource.h"

#include <QProcess>
#include <QTemporaryDir>

namespace Parlance {

/// A PostgreSQL server of the test's own: own data, own port of 127.0.0.1, gone with the object. Never an existing one.
///
/// PostgreSQL does not run as root; there it runs as the user `postgres` that its package makes.
class PostgresCluster
{
    Q_DISABLE_COPY_MOVE(PostgresCluster)

public:
    PostgresCluster();
    ~PostgresCluster();

    /// Why there is none; empty where there is.
    const QString &fault() const { return m_fault; }
    /// A new, empty database in it.
    SqlSource makeDatabase();

    void start();
    /// As a power cut ends it: SIGKILL for the whole server.
    void kill();

private:
    QString program(const QString &name) const;
    bool run(const QString &program, const QStringList &arguments);
    QStringList asItsUser(const QString &program, const QStringList &arguments) const;

    QTemporaryDir m_folder;
    QString m_binaries;
    QString m_fault;
    int m_port = 0;
    int m_databases = 0;
    QProcess m_server;
};

} // namespace Parlance
