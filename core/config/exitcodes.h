// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Parlance {

/// How a server program ends: for scripts and service managers, alike in `parlanced` and `parlance-server`.
/// The numbers are part of the interface and never change their meaning.
enum class ExitCode {
    Ok = 0, ///< stopped as asked; --check-config found nothing; --help, --version, --print-config
    Failure = 1, ///< anything without a code of its own
    BadOption = 2, ///< an unknown option, or a bad value on the command line
    BadConfig = 3, ///< a fault in the file or the environment, or settings that contradict each other
    UnreadableFile = 4, ///< the configuration file is missing or cannot be read
    AddressInUse = 5, ///< another program holds the address and port
    CannotListen = 6, ///< the address is not this machine's, or the port needs a privilege
    DataInUse = 7, ///< another server has the data directory
    DataUnusable = 8, ///< the data is damaged, not Parlance's, or of a newer version; nothing was changed
    StorageDown = 9, ///< the database does not answer, or its disk is full
};

} // namespace Parlance
