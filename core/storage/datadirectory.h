// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

#include <memory>

namespace Parlance {

class FileLock;

/// The directory with everything that a server keeps, held by this process alone as long as the object lives.
///
/// Thread: any; one at a time.
class DataDirectory
{
public:
    /// Makes \a path and what is missing above it, for the own user only, and takes its lock. Fails with DataInUse
    /// when another process has it, and with DataUnusable when it cannot be made or written.
    static Result<DataDirectory> claim(const QString &path);
    DataDirectory(DataDirectory &&) noexcept;
    DataDirectory &operator=(DataDirectory &&) noexcept;
    ~DataDirectory();

    QString path() const { return m_path; }
    /// The path of a file in it.
    QString file(const QString &name) const { return m_path + u'/' + name; }

private:
    DataDirectory(const QString &path, std::unique_ptr<FileLock> lock);

    QString m_path;
    std::unique_ptr<FileLock> m_lock;
};

} // namespace Parlance
