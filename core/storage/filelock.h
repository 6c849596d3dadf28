// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <memory>

namespace Parlance {

/// A lock that the system lets go of when the process ends, however it ends: flock(2).
///
/// QLockFile asks whether the process that wrote the file is alive; in a container that is always process 1, and a
/// server that was killed would keep itself out. Thread: any.
class FileLock
{
public:
    /// Makes the file at \a path and writes the process number into it. DataInUse when somebody else has it, the
    /// detail then says who, where that is known; Unavailable with the system's words when it cannot be opened.
    static Result<std::unique_ptr<FileLock>> take(const QString &path);
    ~FileLock();
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace Parlance
