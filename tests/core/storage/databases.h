// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqlsource.h"

#ifdef PARLANCE_TEST_POSTGRESQL
#include "support/postgrescluster.h"
#else
#include <QTemporaryDir>

#include <memory>
#endif

namespace Parlance {

/// New databases, one after the other, of the kind that the test program was built for: the same tests hold for both.
#ifdef PARLANCE_TEST_POSTGRESQL
class Databases
{
public:
    QString fault() const { return m_cluster.fault(); }
    void makeNew() { m_source = m_cluster.makeDatabase(); }
    const SqlSource &source() const { return m_source; }

private:
    PostgresCluster m_cluster;
    SqlSource m_source;
};
#else
class Databases
{
public:
    QString fault() const { return {}; }
    void makeNew()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_source.database = m_directory->filePath(QStringLiteral("chat.db"));
    }
    const SqlSource &source() const { return m_source; }

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    SqlSource m_source;
};
#endif

} // namespace Parlance
