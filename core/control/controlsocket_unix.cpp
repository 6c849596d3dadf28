// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/controlsocket.h"

#include <QFile>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr char kName[] = "control.sock";
constexpr int kBacklog = 8;

Error failure(const QString &what)
{
    return {ErrorCode::Unavailable, u"%1: %2"_s.arg(what, QString::fromLocal8Bit(strerror(errno)))};
}

/// Short, however deep the directory lies.
sockaddr_un addressOf(int directory)
{
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    std::snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s", directory, kName);
    return address;
}

} // namespace

ControlSocket::ControlSocket(const QString &directory)
    : m_directory(directory), m_descriptor(::open(QFile::encodeName(directory).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC))
{
}

ControlSocket::~ControlSocket()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<int> ControlSocket::open() const
{
    const int descriptor = m_descriptor < 0 ? -1 : ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return descriptor < 0 ? Result<int>(failure(m_directory)) : descriptor;
}

Result<int> ControlSocket::listen() const
{
    const Result<int> descriptor = open();
    if (!descriptor)
        return descriptor;
    const sockaddr_un address = addressOf(m_descriptor);
    ::unlinkat(m_descriptor, kName, 0);
    // The file gets its mode from the umask, so that nobody else can connect before chmod. The umask is the whole process's:
    // a folder that another thread makes in this moment must be one that can be entered.
    const mode_t before = ::umask(S_IRWXG | S_IRWXO);
    const bool isBound = ::bind(descriptor.value(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::umask(before);
    if (isBound && ::listen(descriptor.value(), kBacklog) == 0)
        return descriptor;
    const Error error = failure(m_directory + u'/' + QLatin1StringView(kName));
    ::close(descriptor.value());
    return error;
}

Result<int> ControlSocket::connect() const
{
    if (m_descriptor < 0)
        return Error {ErrorCode::NotFound, u"there is no directory %1"_s.arg(m_directory)};
    const Result<int> descriptor = open();
    if (!descriptor)
        return descriptor;
    const sockaddr_un address = addressOf(m_descriptor);
    if (::connect(descriptor.value(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return descriptor;
    const bool isNobody = errno == ENOENT || errno == ECONNREFUSED;
    const Error error = isNobody ? Error {ErrorCode::NotFound, u"no server has %1"_s.arg(m_directory)} : failure(m_directory);
    ::close(descriptor.value());
    return error;
}

qint64 ControlSocket::peerOf(int descriptor)
{
    ucred peer {};
    socklen_t size = sizeof peer;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? qint64(peer.uid) : -1;
}

} // namespace Parlance
