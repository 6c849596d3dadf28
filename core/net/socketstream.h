// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/stream.h"

#include <QList>
#include <QSocketNotifier>

#include <memory>

namespace Parlance {

class Metrics;

/// A Stream straight on a non-blocking TCP socket.
///
/// Not on QTcpSocket, because that keeps read and write chunks of 16 and 32 KiB per connection once it
/// was used, and takes a second pass of the event loop for every write. Needs POSIX sockets.
class SocketStream final : public Stream
{
public:
    /// Takes over \a descriptor, a connected socket. \a metrics must outlive the stream's use.
    SocketStream(int descriptor, const QHostAddress &peer, Metrics &metrics);
    ~SocketStream() override;

    QHostAddress peerAddress() const override { return m_peer; }
    void setPeerAddress(const QHostAddress &peer) override { m_peer = peer; }
    bool isOpen() const override { return m_descriptor >= 0; }
    void write(const QByteArray &bytes) override;
    qint64 queuedBytes() const override { return m_queued; }
    quint64 sentBytes() const override { return m_sent; }
    void setReading(bool on) override;
    void closeWhenWritten() override;
    void abort() override;

private:
    /// A notifier that calls instead of emitting, which saves a connection's memory and a signal's time.
    class Watch;

    void onReadable();
    void onWritable();
    void enqueue(const QByteArray &bytes);
    bool sendQueue();
    /// Bytes taken by the kernel; -1 when the connection is broken.
    qint64 sendSome(const char *data, qint64 size);
    void watchWritable();
    void endOutput();
    void breakOff();
    void end();

    int m_descriptor;
    QHostAddress m_peer;
    Metrics &m_metrics;
    std::unique_ptr<Watch> m_readable;
    std::unique_ptr<Watch> m_writable; ///< made when the kernel first refuses bytes
    QList<QByteArray> m_queue; ///< no memory while nothing waits; drops its first at no cost
    qsizetype m_offset = 0; ///< of the first queued array, sent already
    qint64 m_queued = 0;
    quint64 m_sent = 0;
    bool m_peerEnded = false; ///< the peer has said all
    bool m_closing = false;
    bool m_broken = false;
};

} // namespace Parlance
