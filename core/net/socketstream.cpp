// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/socketstream.h"

#include "net/metrics.h"

#include <QEvent>

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Parlance {

namespace {

/// Small pieces that wait are put together up to this, or each would cost more than it says.
constexpr qsizetype kPieceBytes = 16 * 1024;
constexpr qsizetype kSmallBytes = 2 * 1024;

/// One read buffer for all streams: they are read one after the other, and nobody keeps a view of it.
std::array<char, 64 * 1024> &readBuffer()
{
    thread_local std::array<char, 64 * 1024> buffer;
    return buffer;
}

void setFlag(int descriptor, int level, int name)
{
    const int on = 1;
    ::setsockopt(descriptor, level, name, &on, sizeof on);
}

} // namespace

class SocketStream::Watch final : public QSocketNotifier
{
public:
    Watch(SocketStream &stream, QSocketNotifier::Type type) : QSocketNotifier(stream.m_descriptor, type), m_stream(&stream) {}

    /// A notifier goes before its descriptor does, but never inside its own event.
    static void retire(std::unique_ptr<Watch> &watch)
    {
        if (!watch)
            return;
        watch->setEnabled(false);
        watch->m_stream = nullptr;
        watch.release()->deleteLater();
    }

    void endSoon()
    {
        QMetaObject::invokeMethod(this, [this] {
            if (m_stream)
                m_stream->end();
        }, Qt::QueuedConnection);
    }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::SockAct)
            return QSocketNotifier::event(event);
        if (m_stream && type() == Read)
            m_stream->onReadable();
        else if (m_stream)
            m_stream->onWritable();
        return true;
    }

private:
    SocketStream *m_stream;
};

SocketStream::SocketStream(int descriptor, const QHostAddress &peer, Metrics &metrics)
    : m_descriptor(descriptor)
    , m_peer(peer)
    , m_metrics(metrics)
    , m_readable(std::make_unique<Watch>(*this, QSocketNotifier::Read))
{
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    setFlag(descriptor, IPPROTO_TCP, TCP_NODELAY);
    setFlag(descriptor, SOL_SOCKET, SO_KEEPALIVE);
}

SocketStream::~SocketStream()
{
    abort();
}

void SocketStream::write(const QByteArray &bytes)
{
    if (m_descriptor < 0 || m_closing || m_broken || bytes.isEmpty())
        return;
    qint64 taken = 0;
    if (m_queue.isEmpty()) {
        taken = sendSome(bytes.constData(), bytes.size());
        if (taken < 0) {
            breakOff();
            return;
        }
        if (taken == bytes.size())
            return;
        m_offset = taken;
    }
    enqueue(bytes);
    m_queued += bytes.size() - taken;
    watchWritable();
}

/// What others share, such as the batch of a room, is kept as it is and copied by nobody.
void SocketStream::enqueue(const QByteArray &bytes)
{
    if (bytes.size() <= kSmallBytes && !m_queue.isEmpty()) {
        QByteArray &last = m_queue.last();
        if (last.isDetached() && last.size() + bytes.size() <= kPieceBytes) {
            last += bytes;
            return;
        }
    }
    m_queue.append(bytes);
}

void SocketStream::setReading(bool on)
{
    if (m_readable && !m_broken && !m_peerEnded)
        m_readable->setEnabled(on);
}

void SocketStream::closeWhenWritten()
{
    if (m_descriptor < 0 || m_closing)
        return;
    m_closing = true;
    setReading(true); // to see the peer's end
    if (m_queue.isEmpty())
        endOutput();
}

void SocketStream::abort()
{
    if (m_descriptor < 0)
        return;
    Watch::retire(m_readable);
    Watch::retire(m_writable);
    ::close(std::exchange(m_descriptor, -1));
    m_queue = {};
    m_queued = 0;
}

void SocketStream::onReadable()
{
    auto &buffer = readBuffer();
    const ssize_t size = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (size < 0) {
        if (errno != EAGAIN && errno != EINTR)
            breakOff();
        return;
    }
    if (size == 0) {
        // The peer has said all. What waits for it may still be wanted; what it says no more, is not.
        m_peerEnded = true;
        m_readable->setEnabled(false);
        m_closing = true;
        if (m_queue.isEmpty())
            breakOff();
        return;
    }
    m_metrics.add(Metrics::BytesReceived, quint64(size));
    if (!m_closing)
        tellReceived(QByteArrayView(buffer.data(), size)); // nothing may follow: the handler may destroy the stream
}

void SocketStream::onWritable()
{
    if (!sendQueue()) {
        breakOff();
        return;
    }
    if (!m_queue.isEmpty())
        return;
    m_writable->setEnabled(false);
    if (m_closing)
        endOutput();
    else
        tellDrained();
}

bool SocketStream::sendQueue()
{
    while (!m_queue.isEmpty()) {
        const QByteArray &head = m_queue.constFirst();
        const qint64 taken = sendSome(head.constData() + m_offset, head.size() - m_offset);
        if (taken < 0)
            return false;
        m_offset += taken;
        m_queued -= taken;
        if (m_offset < head.size())
            return true;
        m_queue.removeFirst();
        m_offset = 0;
    }
    m_queue = {};
    return true;
}

qint64 SocketStream::sendSome(const char *data, qint64 size)
{
    const ssize_t taken = ::send(m_descriptor, data, size_t(size), MSG_NOSIGNAL);
    if (taken < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : -1;
    m_sent += quint64(taken);
    m_metrics.add(Metrics::BytesSent, quint64(taken));
    return taken;
}

void SocketStream::watchWritable()
{
    if (!m_writable)
        m_writable = std::make_unique<Watch>(*this, QSocketNotifier::Write);
    m_writable->setEnabled(true);
}

void SocketStream::endOutput()
{
    ::shutdown(m_descriptor, SHUT_WR);
    if (m_peerEnded)
        breakOff();
}

/// Tells the owner in the next turn of the loop: this may run inside write(), while a room walks over
/// its members.
void SocketStream::breakOff()
{
    if (std::exchange(m_broken, true))
        return;
    if (m_readable)
        m_readable->setEnabled(false);
    if (m_writable)
        m_writable->setEnabled(false);
    if (m_readable)
        m_readable->endSoon();
}

void SocketStream::end()
{
    abort();
    tellClosed(); // nothing may follow: the handler may destroy the stream
}

} // namespace Parlance
