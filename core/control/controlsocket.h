// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace Parlance {

/// The socket of the server that has the data directory \a directory: `control.sock` in it.
///
/// Its path may be longer than sockaddr_un takes (107 bytes); it is reached through the directory's descriptor then.
/// Linux.
class ControlSocket
{
public:
    explicit ControlSocket(const QString &directory);
    ~ControlSocket();
    ControlSocket(const ControlSocket &) = delete;
    ControlSocket &operator=(const ControlSocket &) = delete;

    /// A listening descriptor, for the own user alone; what a server that was killed has left is replaced. Only for who
    /// holds the directory's lock. Unavailable.
    Result<int> listen() const;
    /// A connected descriptor. NotFound where nobody listens, Unavailable otherwise.
    Result<int> connect() const;

    /// The user at the other end of the connected \a descriptor (SO_PEERCRED, unix(7)); -1 where it is not known.
    static qint64 peerOf(int descriptor);

private:
    Result<int> open() const;

    QString m_directory;
    int m_descriptor = -1; ///< of the directory
};

} // namespace Parlance
