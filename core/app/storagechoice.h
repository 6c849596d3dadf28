// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "config/config.h"
#include "model/messagestore.h"
#include "storage/datadirectory.h"
#include "storage/sqlsource.h"

#include <memory>
#include <optional>

namespace Parlance {

/// The file of the database in the data directory.
inline constexpr char kDatabaseName[] = "parlance.db";

/// The store that the configuration asks for, and what it needs. Destroyed from the last member to the first.
struct Storage
{
    std::optional<DataDirectory> directory; ///< none where nothing is kept
    std::unique_ptr<MessageStore> store;
};

/// The database that the configuration names; nothing where messages are kept in memory alone.
std::optional<SqlSource> databaseOf(const Config &config);

/// Opens it, and waits for the disk. Fails with DataInUse, DataUnusable, StorageFull and Unavailable, all with a detail
/// that says what would help. Thread: the hub.
Result<Storage> openStorage(const Config &config);

} // namespace Parlance
