// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/postgrescluster.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTcpServer>
#include <QThread>

#include <csignal>
#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr char kPassword[] = "of the test";
constexpr int kPatienceMs = 30'000;

/// Where Debian keeps the newest server's programs, which are not in the path.
QString findBinaries()
{
    const QDir versions(u"/usr/lib/postgresql"_s);
    const QStringList names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    int newest = 0;
    for (const QString &name : names) {
        if (QFile::exists(versions.filePath(name + u"/bin/postgres"_s)))
            newest = qMax(newest, name.toInt());
    }
    return newest > 0 ? versions.filePath(u"%1/bin"_s.arg(newest)) : QString();
}

int freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

} // namespace

PostgresCluster::PostgresCluster() : m_binaries(findBinaries()), m_port(freePort())
{
    if (m_binaries.isEmpty()) {
        m_fault = u"PostgreSQL is not installed (package postgresql)"_s;
        return;
    }
    if (!QSqlDatabase::isDriverAvailable(u"QPSQL"_s)) {
        m_fault = u"Qt's driver for PostgreSQL is not installed (package libqt6sql6-psql)"_s;
        return;
    }
    QFile password(m_folder.filePath(u"password"_s));
    if (!password.open(QIODevice::WriteOnly) || password.write(kPassword) < 0) {
        m_fault = password.errorString();
        return;
    }
    password.close();
    if (geteuid() == 0) {
        const passwd *user = getpwnam("postgres");
        if (!user || chown(QFile::encodeName(m_folder.path()).constData(), user->pw_uid, user->pw_gid) != 0
            || chown(QFile::encodeName(password.fileName()).constData(), user->pw_uid, user->pw_gid) != 0) {
            m_fault = u"the test runs as root and cannot give its folder to the user postgres"_s;
            return;
        }
    }
    const QString data = m_folder.filePath(u"data"_s);
    if (!run(u"initdb"_s, {u"--pgdata"_s, data, u"--username"_s, u"chat"_s, u"--pwfile"_s, password.fileName(), u"--auth"_s,
                           u"scram-sha-256"_s, u"--encoding"_s, u"UTF8"_s, u"--no-locale"_s, u"--no-sync"_s}))
        return;
    start();
}

PostgresCluster::~PostgresCluster()
{
    if (m_server.state() != QProcess::NotRunning) {
        ::kill(pid_t(m_server.processId()), SIGINT); // what it calls a fast shutdown
        m_server.waitForFinished(kPatienceMs);
    }
}

/// The command that runs \a program, one of the cluster's, as whom it may run.
QStringList PostgresCluster::asItsUser(const QString &program, const QStringList &arguments) const
{
    QStringList command;
    if (geteuid() == 0)
        command = {u"setpriv"_s, u"--reuid=postgres"_s, u"--regid=postgres"_s, u"--init-groups"_s, u"--pdeathsig=INT"_s};
    return command + QStringList {m_binaries + u'/' + program} + arguments;
}

bool PostgresCluster::run(const QString &program, const QStringList &arguments)
{
    QStringList command = asItsUser(program, arguments);
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(command.takeFirst(), command);
    if (process.waitForFinished(kPatienceMs) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    m_fault = u"%1: %2"_s.arg(program, QString::fromLocal8Bit(process.readAll()));
    return false;
}

void PostgresCluster::start()
{
    QStringList command = asItsUser(u"postgres"_s, {u"-D"_s, m_folder.filePath(u"data"_s), u"-p"_s, QString::number(m_port),
                                                    u"-c"_s, u"listen_addresses=127.0.0.1"_s, u"-c"_s,
                                                    u"unix_socket_directories="_s + m_folder.path()});
    m_server.setWorkingDirectory(m_folder.path());
    m_server.setStandardErrorFile(m_folder.filePath(u"log"_s));
    m_server.start(command.takeFirst(), command);
    QElapsedTimer waited;
    waited.start();
    while (m_server.state() != QProcess::NotRunning && waited.elapsed() < kPatienceMs) {
        m_fault.clear();
        if (run(u"pg_isready"_s, {u"-h"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(m_port)}))
            return;
        QThread::msleep(20); // it says at once that nobody answers yet
    }
    m_fault = u"PostgreSQL did not start: "_s + m_fault;
}

void PostgresCluster::kill()
{
    m_server.kill();
    m_server.waitForFinished(kPatienceMs);
}

SqlSource PostgresCluster::makeDatabase()
{
    SqlSource source;
    source.dialect = SqlDialect::PostgreSql;
    source.host = u"127.0.0.1"_s;
    source.port = m_port;
    source.user = u"chat"_s;
    source.password = QString::fromLatin1(kPassword);
    source.database = u"chat_%1"_s.arg(++m_databases);
    const QString name = u"postgrescluster"_s;
    {
        QSqlDatabase administrator = QSqlDatabase::addDatabase(u"QPSQL"_s, name);
        administrator.setHostName(source.host);
        administrator.setPort(source.port);
        administrator.setUserName(source.user);
        administrator.setPassword(source.password);
        administrator.setDatabaseName(u"postgres"_s);
        QSqlQuery query(administrator);
        if (!administrator.open() || !query.exec(u"CREATE DATABASE %1 TEMPLATE template0"_s.arg(source.database)))
            m_fault = administrator.lastError().text() + query.lastError().text();
    }
    QSqlDatabase::removeDatabase(name);
    return source;
}

} // namespace Parlance
