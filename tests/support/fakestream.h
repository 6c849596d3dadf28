// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/stream.h"

#include <QObject>

namespace Parlance {

/// A connection without a socket: the test plays the peer, and decides what the kernel takes.
/// A QObject so that tests can watch it go.
class FakeStream final : public QObject, public Stream
{
    Q_OBJECT

public:
    QHostAddress peerAddress() const override { return m_peer; }
    void setPeerAddress(const QHostAddress &peer) override { m_peer = peer; }
    bool isOpen() const override { return m_open; }
    void write(const QByteArray &bytes) override
    {
        if (!m_open || m_closing)
            return;
        (m_takes ? m_written : m_queue) += bytes;
        ++m_writes;
    }
    qint64 queuedBytes() const override { return m_queue.size(); }
    quint64 sentBytes() const override { return quint64(m_written.size()); }
    void setReading(bool on) override { m_reading = on; }
    void closeWhenWritten() override { m_closing = true; }
    void abort() override
    {
        m_open = false;
        m_queue.clear();
    }

    const QByteArray &written() const { return m_written; }
    int writes() const { return m_writes; }
    bool isClosing() const { return m_closing; }
    bool isReading() const { return m_reading; }
    /// False: everything waits, as for a peer that does not read.
    void setTakes(bool takes) { m_takes = takes; }
    /// The peer reads all that waits.
    void flush()
    {
        m_written += std::exchange(m_queue, {});
        tellDrained();
    }
    void say(const QByteArray &bytes) { tellReceived(bytes); }
    void vanish()
    {
        m_open = false;
        tellClosed();
    }

private:
    QHostAddress m_peer {QHostAddress::LocalHost};
    QByteArray m_written;
    QByteArray m_queue;
    int m_writes = 0;
    bool m_open = true;
    bool m_closing = false;
    bool m_takes = true;
    bool m_reading = true;
};

} // namespace Parlance
