// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/rawclient.h"

#include <QtEndian>

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Parlance {

namespace {

sockaddr_in endpoint(quint32 address, quint16 port)
{
    sockaddr_in where {};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = qToBigEndian(address);
    where.sin_port = qToBigEndian(port);
    return where;
}

} // namespace

RawClient::RawClient(quint16 port, const Options &options)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return;
    if (options.receiveBuffer > 0)
        ::setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &options.receiveBuffer, sizeof options.receiveBuffer);
    const sockaddr_in from = endpoint(options.from.toIPv4Address(), 0);
    const sockaddr_in to = endpoint(QHostAddress(QHostAddress::LocalHost).toIPv4Address(), port);
    // On the loopback a connect is done when it returns: the kernel accepts, whatever the server does.
    if (::bind(descriptor, reinterpret_cast<const sockaddr *>(&from), sizeof from) != 0
        || ::connect(descriptor, reinterpret_cast<const sockaddr *>(&to), sizeof to) != 0) {
        ::close(descriptor);
        return;
    }
    ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
    const int atOnce = 1; // each send is a segment of its own
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &atOnce, sizeof atOnce);
    m_descriptor = descriptor;
    m_readable = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
    m_writable = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Write);
    m_writable->setEnabled(false);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &RawClient::onReadable);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &RawClient::onWritable);
}

RawClient::~RawClient()
{
    release();
}

void RawClient::send(const QByteArray &bytes)
{
    if (!isOpen())
        return;
    m_out += bytes;
    onWritable();
}

void RawClient::halfClose()
{
    m_halfClose = true;
    if (isOpen() && m_out.isEmpty())
        ::shutdown(m_descriptor, SHUT_WR);
}

void RawClient::reset()
{
    const linger now {1, 0};
    if (isOpen())
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    release();
}

void RawClient::close()
{
    release();
}

void RawClient::onReadable()
{
    std::array<char, 64 * 1024> buffer;
    const ssize_t size = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (size > 0) {
        m_in.append(buffer.data(), size);
        if (m_stopAfter >= 0 && m_in.size() >= m_stopAfter)
            m_readable->setEnabled(false);
        return;
    }
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    m_reset = m_reset || size < 0; // where sending failed before, that was a reset too
    m_ended = true;
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
}

void RawClient::onWritable()
{
    while (!m_out.isEmpty()) {
        const ssize_t size = ::send(m_descriptor, m_out.constData(), size_t(m_out.size()), MSG_NOSIGNAL);
        if (size < 0 && errno != EAGAIN && errno != EINTR) {
            m_out.clear();
            m_reset = true;
            break;
        }
        if (size < 0)
            break;
        m_out.remove(0, size);
    }
    m_writable->setEnabled(!m_out.isEmpty());
    if (m_out.isEmpty() && m_halfClose)
        ::shutdown(m_descriptor, SHUT_WR);
}

void RawClient::release()
{
    m_readable.reset();
    m_writable.reset();
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

} // namespace Parlance
