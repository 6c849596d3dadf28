// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/websocketchannel.h"

#include "net/metrics.h"
#include "net/stream.h"
#include "net/virtualsocket.h"
#include "protocol/frame.h"

#include <QWebSocket>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

WebSocketChannel::WebSocketChannel(std::unique_ptr<Stream> stream, VirtualSocket *socket, QWebSocket *webSocket,
                                   const NetLimits &limits, const Clock &clock, Metrics &metrics, QObject *parent)
    : QObject(parent)
    , m_stream(std::move(stream))
    , m_socket(socket)
    , m_webSocket(webSocket)
    , m_reader(limits.messageBytes)
    , m_limits(limits)
    , m_clock(clock)
    , m_metrics(metrics)
    , m_address(m_stream->peerAddress().toString())
    , m_lastHeard(clock.monotonic())
    , m_lastPing(m_lastHeard)
    , m_lastProgress(m_lastHeard)
{
    // Qt's own bounds are two gigabytes (CVE-2018-21035 added only the setters).
    webSocket->setMaxAllowedIncomingFrameSize(quint64(limits.messageBytes));
    webSocket->setMaxAllowedIncomingMessageSize(quint64(limits.messageBytes));

    connect(m_stream.get(), &Stream::received, this, &WebSocketChannel::onReceived);
    connect(m_stream.get(), &Stream::drained, this, &WebSocketChannel::drained);
    connect(m_stream.get(), &Stream::closed, this, &WebSocketChannel::finish);
    connect(webSocket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        if (m_state == State::Open)
            emit textReceived(text);
    });
    connect(webSocket, &QWebSocket::binaryMessageReceived, this, [this] {
        if (m_state == State::Open)
            emit binaryReceived();
    });
    // Qt writes pongs and its answer to a close; after our own close frame nothing may follow. Pongs count
    // like all else: who pings and does not read must not fill the memory with them.
    connect(socket, &VirtualSocket::written, this, &WebSocketChannel::send);
    connect(socket, &VirtualSocket::closedByReader, this, &WebSocketChannel::onClosedByReader);
}

WebSocketChannel::~WebSocketChannel()
{
    if (m_socket)
        m_socket->disconnect(this);
    if (m_webSocket) {
        m_webSocket->disconnect(this);
        m_webSocket->abort();
        m_webSocket->deleteLater();
    }
}

bool WebSocketChannel::send(const QByteArray &frames)
{
    if (m_state != State::Open || m_tooSlow)
        return false;
    // Who has taken everything so far is not slow, however much comes at once.
    const qint64 queued = m_stream->queuedBytes();
    if (queued > 0 && queued + frames.size() > m_limits.sendQueueBytes) {
        m_tooSlow = true;
        m_metrics.add(Metrics::SlowReadersDropped);
        m_metrics.hit(Limit::SendQueueBytes);
        QMetaObject::invokeMethod(this, [this] { close(CloseCode::TooSlow, u"you read too slowly"_s); },
                                  Qt::QueuedConnection);
        return false;
    }
    m_stream->write(frames);
    return true;
}

qint64 WebSocketChannel::queuedBytes() const
{
    return m_stream->queuedBytes();
}

void WebSocketChannel::close(CloseCode code, const QString &reason)
{
    if (m_state != State::Open)
        return;
    startClosing();
    m_stream->write(closeFrame(code, reason));
    // Qt goes on reading, to see the peer's own close frame.
}

void WebSocketChannel::startClosing()
{
    m_state = State::Closing;
    m_deadline = m_clock.monotonic() + kCloseGrace;
}

void WebSocketChannel::sweep()
{
    const Clock::Millis now = m_clock.monotonic();
    if (m_state == State::Closing && now >= m_deadline) {
        finish();
        return;
    }
    if (m_state != State::Open)
        return;
    if (now - m_lastHeard >= m_limits.heartbeatTimeout) {
        m_metrics.add(Metrics::HeartbeatsMissed);
        m_metrics.hit(Limit::HeartbeatTimeout);
        close(CloseCode::TooSlow, u"no sign of life"_s);
    } else if (isStalled(now)) {
        m_metrics.add(Metrics::SlowReadersDropped);
        m_metrics.hit(Limit::SendStall);
        close(CloseCode::TooSlow, u"you stopped reading"_s);
    } else if (now - m_lastPing >= m_limits.heartbeatInterval) {
        m_lastPing = now;
        send(pingFrame());
    }
}

bool WebSocketChannel::isStalled(Clock::Millis now)
{
    if (m_stream->queuedBytes() == 0 || m_stream->sentBytes() != m_sentAtProgress) {
        m_sentAtProgress = m_stream->sentBytes();
        m_lastProgress = now;
    }
    return now - m_lastProgress >= m_limits.sendStall;
}

void WebSocketChannel::onReceived(QByteArrayView bytes)
{
    QByteArray proven;
    const quint64 before = m_reader.frames();
    const FrameReader::Fault fault = m_reader.read(bytes, proven);
    if (m_reader.frames() != before) // single bytes of a frame that never ends are no sign of life
        m_lastHeard = m_clock.monotonic();
    if (m_socket && !proven.isEmpty())
        m_socket->feed(proven);
    if (fault != FrameReader::Fault::None && m_state != State::Closed)
        breakOff(fault);
}

/// What came is no WebSocket any more, so nothing of it is read, a goodbye neither. These are the codes of
/// RFC 6455 section 7.4.1 and not the contract's: every WebSocket library knows them.
void WebSocketChannel::breakOff(FrameReader::Fault fault)
{
    const bool isTooLarge = fault == FrameReader::Fault::TooLarge;
    const QString reason = isTooLarge ? u"a message may have at most %1 bytes"_s.arg(m_limits.messageBytes)
                                      : u"this is no WebSocket frame"_s;
    m_metrics.refused(isTooLarge ? Error {ErrorCode::TooLarge, reason, {}, {}, Limit::MessageBytes}
                                 : Error {ErrorCode::BadRequest, reason},
                      m_address);
    close(CloseCode {quint16(isTooLarge ? 1009 : 1002)}, reason);
    m_stream->closeWhenWritten();
}

/// Qt is done: the peer said close, or broke the protocol; Qt's close frame is written by now.
void WebSocketChannel::onClosedByReader()
{
    if (m_state == State::Closed)
        return;
    if (m_state == State::Open)
        startClosing();
    m_stream->closeWhenWritten();
}

void WebSocketChannel::finish()
{
    if (std::exchange(m_state, State::Closed) == State::Closed)
        return;
    m_stream->abort();
    emit closed();
}

} // namespace Parlance
