// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/websocketchannel.h"

#include "net/metrics.h"
#include "protocol/frame.h"

#include <QWebSocket>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

/// How often a reader that is behind is looked at.
constexpr std::chrono::milliseconds kStallCheck {500};

} // namespace

WebSocketChannel::WebSocketChannel(std::unique_ptr<Stream> stream, VirtualSocket *socket, QWebSocket *webSocket,
                                   const NetLimits &limits, const Clock &clock, Metrics &metrics,
                                   DeadlineQueue &deadlines)
    : m_stream(std::move(stream))
    , m_socket(socket)
    , m_webSocket(webSocket)
    , m_reader(limits.messageBytes)
    , m_limits(limits)
    , m_clock(clock)
    , m_metrics(metrics)
    , m_place(deadlines, *this)
    , m_lastHeard(clock.monotonic())
    , m_lastPing(m_lastHeard)
    , m_lastProgress(m_lastHeard)
{
    m_place.set(nextDeadline(m_lastHeard));
    // Qt's own bounds are two gigabytes (CVE-2018-21035 added only the setters).
    webSocket->setMaxAllowedIncomingFrameSize(quint64(limits.messageBytes));
    webSocket->setMaxAllowedIncomingMessageSize(quint64(limits.messageBytes));

    m_stream->setHandler(this);
    QObject::connect(webSocket, &QWebSocket::textMessageReceived, webSocket, [this](const QString &text) {
        if (m_state == State::Open)
            m_owner->onText(text);
    });
    // Qt writes pongs and its answer to a close; after our own close frame nothing may follow. Pongs count
    // like all else: who pings and does not read must not fill the memory with them.
    socket->setFarEnd(this);
}

WebSocketChannel::~WebSocketChannel()
{
    m_stream->setHandler(nullptr);
    if (m_socket)
        m_socket->setFarEnd(nullptr);
    if (m_webSocket) {
        QObject::disconnect(m_webSocket, &QWebSocket::textMessageReceived, nullptr, nullptr);
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
        dropSoon();
        return false;
    }
    m_stream->write(frames);
    if (queued == 0 && m_stream->queuedBytes() > 0) [[unlikely]] {
        m_lastProgress = m_clock.monotonic();
        m_sentAtProgress = m_stream->sentBytes();
        m_place.hasten(m_lastProgress + kStallCheck);
    }
    return true;
}

/// Not at once, while a room walks over its members.
void WebSocketChannel::dropSoon()
{
    m_tooSlow = true;
    m_metrics.add(Metrics::SlowReadersDropped);
    m_metrics.hit(Limit::SendQueueBytes);
    m_place.set(m_clock.monotonic());
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
    m_place.set(m_deadline);
}

void WebSocketChannel::sweep()
{
    const Clock::Millis now = m_clock.monotonic();
    if (m_state == State::Closing && now >= m_deadline) {
        finish();
        return;
    }
    if (m_state == State::Open && m_tooSlow)
        close(CloseCode::TooSlow, u"you read too slowly"_s);
    if (m_state == State::Open)
        check(now);
    if (m_state == State::Open)
        m_place.set(nextDeadline(now));
}

void WebSocketChannel::check(Clock::Millis now)
{
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

/// Later than \a now, or a sweep would not end.
Clock::Millis WebSocketChannel::nextDeadline(Clock::Millis now) const
{
    if (m_tooSlow)
        return now + Clock::Millis {1};
    Clock::Millis next = std::min(m_lastHeard + m_limits.heartbeatTimeout, m_lastPing + m_limits.heartbeatInterval);
    if (m_stream->queuedBytes() > 0)
        next = std::min({next, m_lastProgress + m_limits.sendStall, now + kStallCheck});
    return std::max(next, now + Clock::Millis {1});
}

void WebSocketChannel::onStreamReceived(QByteArrayView bytes)
{
    QByteArray proven;
    const quint64 completed = m_reader.completed();
    const FrameReader::Fault fault = m_reader.read(bytes, proven);
    if (m_reader.completed() != completed)
        m_lastHeard = m_clock.monotonic();
    if (m_socket && !proven.isEmpty())
        m_socket->feed(proven);
    for (quint64 left = m_reader.takeBinaries(); left > 0 && m_state == State::Open; --left)
        m_owner->onBinary();
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
                      address());
    close(CloseCode {quint16(isTooLarge ? 1009 : 1002)}, reason);
    m_stream->closeWhenWritten();
}

/// Qt is done: the peer said close, or broke the protocol; Qt's close frame is written by now.
void WebSocketChannel::onQtClosed()
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
    m_place.leave();
    m_stream->abort();
    m_owner->onClosed();
}

} // namespace Parlance
