// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Parlance {

/// Resident memory of this process in bytes; 0 where the system does not say.
qint64 residentBytes();

/// Raises the soft limit of open descriptors so that \a connections and some files fit, as far as the hard
/// limit allows; warns where it does not.
void raiseDescriptorLimit(int connections);

/// A file that may not grow beyond the process's limit (ulimit -f, LimitFSIZE) shall be a failed write, which is told as
/// a full disk, and not the end of the process: SIGXFSZ is ignored.
void outliveFileSizeLimit();

} // namespace Parlance
