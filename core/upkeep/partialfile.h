// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "storage/sqlsource.h"
#include "upkeep/interruption.h"

#include <QString>

#include <optional>

namespace Parlance {

/// A file that is written beside its place and goes there when it is whole. What is not finished is removed.
class PartialFile
{
    Q_DISABLE_COPY_MOVE(PartialFile)

public:
    /// \a path is where it shall be in the end.
    explicit PartialFile(const QString &path) : m_path(path) {}
    ~PartialFile();

    /// Fails with Conflict where something is at its place already, unless \a mayReplace, and with Unavailable where its
    /// folder is not there.
    Status begin(bool mayReplace);
    /// Where it is to be written.
    QString writingPath() const { return m_path + QStringLiteral(".partial"); }
    /// On the disk, for the own user alone, at its place. StorageFull or Unavailable.
    Status finish();

private:
    QString m_path;
    bool m_isBegun = false;
    std::optional<RemovedOnInterruption> m_removal; ///< while it is not whole
};

/// Whether \a path is nothing that the server with \a source has open: SQLite's files and the lock of the folder, by
/// whatever name. Conflict, which no --force lifts.
Status isApartFrom(const SqlSource &source, const QString &path);

/// What \a path names is on the disk, with its name. \a path is a file or a folder.
Status syncToDisk(const QString &path);

} // namespace Parlance
