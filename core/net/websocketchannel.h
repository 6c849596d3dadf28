// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "net/deadlinequeue.h"
#include "net/framereader.h"
#include "net/netlimits.h"
#include "net/stream.h"
#include "net/virtualsocket.h"
#include "protocol/closecode.h"

#include <QPointer>

#include <memory>

class QWebSocket;

namespace Parlance {

class Metrics;

/// One open WebSocket: Qt reads what is proven, we write whole frames straight into the stream.
///
/// No QObject, which would cost 150 bytes of each connection. Owns the stream and the QWebSocket. Bounded: a reader that falls behind limits.sendQueueBytes, or takes
/// nothing for limits.sendStall, is closed with 4408; so is who says nothing whole, no message and no pong, for
/// limits.heartbeatTimeout, however many bytes drip in.
/// Thread: the hub.
class WebSocketChannel final : private Stream::Handler, private VirtualSocket::FarEnd
{
    Q_DISABLE_COPY_MOVE(WebSocketChannel)

public:
    /// Whom the channel speaks for. An interface and not signals, since it is there once per connection.
    class Owner
    {
    public:
        virtual void onText(const QString &text) = 0;
        virtual void onBinary() = 0;
        /// The send queue became empty.
        virtual void onDrained() = 0;
        /// Over, once, from the event loop.
        virtual void onClosed() = 0;

    protected:
        ~Owner() = default;
    };

    /// \a webSocket reads from \a socket, which it owns. The references must outlive the channel.
    WebSocketChannel(std::unique_ptr<Stream> stream, VirtualSocket *socket, QWebSocket *webSocket,
                     const NetLimits &limits, const Clock &clock, Metrics &metrics, DeadlineQueue &deadlines);
    ~WebSocketChannel();
    /// Must be set before the event loop runs again, and outlive the channel.
    void setOwner(Owner *owner) { m_owner = owner; }

    /// Writes whole frames. False when the channel is closing, or this reader is too slow and is being
    /// dropped by the next sweep. Called while a room walks over its members, so it calls and deletes nobody.
    bool send(const QByteArray &frames);
    qint64 queuedBytes() const;
    /// Of the peer.
    QString address() const { return m_stream->peerAddress().toString(); }
    bool isClosing() const { return m_state != State::Open; }

    /// Says goodbye with \a code; onClosed() follows when the peer has answered, or after kCloseGrace.
    void close(CloseCode code, const QString &reason);
    /// Deadlines, heartbeat and stalls: call when the deadline queue names this channel. Sets the next deadline.
    void sweep();

    /// Where it stands among the members of its room; the fan-out's own note.
    size_t fanOutPlace = 0;

private:
    enum class State { Open, Closing, Closed };

    void onStreamReceived(QByteArrayView bytes) override;
    void onStreamDrained() override { m_owner->onDrained(); }
    void onStreamClosed() override { finish(); }
    void onQtWrote(const QByteArray &bytes) override { send(bytes); }
    void onQtClosed() override;
    void startClosing();
    void breakOff(FrameReader::Fault fault);
    void finish();
    void check(Clock::Millis now);
    bool isStalled(Clock::Millis now);
    Clock::Millis nextDeadline(Clock::Millis now) const;
    void dropSoon();

    Owner *m_owner = nullptr;
    std::unique_ptr<Stream> m_stream;
    QPointer<VirtualSocket> m_socket;
    QPointer<QWebSocket> m_webSocket;
    FrameReader m_reader;
    const NetLimits &m_limits;
    const Clock &m_clock;
    Metrics &m_metrics;

    DeadlineQueue::Place m_place;
    State m_state = State::Open;
    bool m_tooSlow = false;
    Clock::Millis m_lastHeard; ///< something whole
    Clock::Millis m_lastPing;
    Clock::Millis m_lastProgress;
    Clock::Millis m_deadline {0}; ///< of the goodbye
    quint64 m_sentAtProgress = 0;
};

} // namespace Parlance
