// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/retention.h"

#include <QString>

namespace Parlance {

enum class SqlDialect { Sqlite, PostgreSql };

/// Where the database is and how it is used. A plain value. Thread: any; hand out copies.
struct SqlSource
{
    SqlDialect dialect = SqlDialect::Sqlite;
    QString database; ///< the file, or the name of the database
    QString host = {}; ///< PostgreSQL: a name, an address, or the directory of a local socket
    int port = 5432; ///< PostgreSQL
    QString user = {}; ///< PostgreSQL
    QString password = {}; ///< PostgreSQL
    /// A commit survives a crash of the server, but a power cut may take the last ones.
    bool isFast = false;
    /// Milliseconds to wait for a lock, or for an answer of PostgreSQL, before a command fails as Unavailable.
    int patienceMs = 1'500;
    Retention keep = {};
    int trimMs = 60'000; ///< how often it is looked whether something is beyond \a keep
    int stallMs = 2'000; ///< a commit that takes longer: whoever waits behind it is refused
    int probeMs = 1'000; ///< how often it is tried, while messages cannot be stored, whether they can again
};

} // namespace Parlance
