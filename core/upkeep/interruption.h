// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Parlance {

/// A file that is not whole yet: removed, with what SQLite puts beside one, when the process is interrupted (SIGINT, SIGTERM,
/// SIGHUP) while the object lives. Only in a process that has called armInterruptions(); at most one at a time.
class RemovedOnInterruption
{
    Q_DISABLE_COPY_MOVE(RemovedOnInterruption)

public:
    explicit RemovedOnInterruption(const QString &path);
    ~RemovedOnInterruption();
};

/// An interruption waits until the object is gone: for what must not be done by half.
class Uninterrupted
{
    Q_DISABLE_COPY_MOVE(Uninterrupted)

public:
    Uninterrupted();
    ~Uninterrupted();
};

/// Once, in programs that do nothing else. The process still ends by its signal.
void armInterruptions();

} // namespace Parlance
