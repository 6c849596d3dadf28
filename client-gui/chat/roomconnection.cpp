// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/roomconnection.h"

#include "base/names.h"
#include "client-gui/chat/socketcompat.h"
#include "protocol/commandcodec.h"
#include "protocol/eventcodec.h"
#include "protocol/limits.h"

#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance::Client {

namespace {

constexpr qsizetype kBatch = 256; ///< messages handed on at once
constexpr auto kFlushDelay = 15ms; ///< one frame of the screen

} // namespace

RoomConnection::RoomConnection(const ServerAddress &address, const QString &room, const QString &user,
                               const Clock &clock, const ConnectionTiming &timing, QObject *parent)
    : QObject(parent)
    , m_address(address)
    , m_room(room)
    , m_askedName(user)
    , m_clock(clock)
    , m_timing(timing)
    , m_backoff(timing.firstRetry, timing.longestRetry, timing.random)
    , m_userName(user)
{
    m_retryTimer.setSingleShot(true);
    m_handshakeTimer.setSingleShot(true);
    m_flushTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &RoomConnection::open);
    connect(&m_handshakeTimer, &QTimer::timeout, this,
            [this] { ended({Link::Waiting, Cause::TimedOut, {}, {}}); });
    connect(&m_beatTimer, &QTimer::timeout, this, &RoomConnection::beat);
    connect(&m_flushTimer, &QTimer::timeout, this, &RoomConnection::flushMessages);
}

RoomConnection::~RoomConnection()
{
    sayGoodbye();
}

bool RoomConnection::canRetry() const
{
    switch (m_state.link) {
    case Link::Waiting:
    case Link::Offline: return true;
    case Link::Kicked:
    case Link::Refused: return timeToRetry().count() == 0;
    case Link::Connecting:
    case Link::CatchingUp:
    case Link::Online: break;
    }
    return false;
}

Clock::Millis RoomConnection::timeToRetry() const
{
    return std::max(Clock::Millis {0}, m_state.retryAt - m_clock.monotonic());
}

void RoomConnection::open()
{
    dropSocket();
    m_lastWords = {};
    m_wasConnected = false;

    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingFrameSize(kMaxIncomingBytes);
    m_socket->setMaxAllowedIncomingMessageSize(kMaxIncomingBytes);
    connect(m_socket, &QWebSocket::connected, this, &RoomConnection::socketConnected);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &RoomConnection::readText);
    connect(m_socket, &QWebSocket::pong, this, [this] { m_heardAt = m_clock.monotonic(); });
    connect(m_socket, &QWebSocket::disconnected, this, &RoomConnection::socketEnded);
    onSocketError(m_socket, this, [this](QAbstractSocket::SocketError) {
        // The end of a connection that was up is told by disconnected(), which knows the close code.
        if (!m_wasConnected)
            socketEnded();
    });

    setState({Link::Connecting, m_state.cause, m_state.detail, {}, m_backoff.attempts()});
    m_handshakeTimer.start(m_timing.handshake);
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QString::fromLatin1(WireLimits::kSubprotocol)});
    ResumePoint from = m_resume;
    if (from.lastSeq == 0 && !m_knowsHistory)
        from.epoch.clear(); // the end of a long history will do
    m_socket->open(m_address.roomUrl(m_room, m_askedName, from), options);
}

void RoomConnection::retryNow()
{
    if (canRetry())
        open();
}

void RoomConnection::close()
{
    sayGoodbye();
    dropSocket();
    setState({Link::Offline, Cause::None, {}, {}, 0});
}

/// Closes in good order, so that the room hears of it at once. Nothing more comes from this socket.
void RoomConnection::sayGoodbye()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    if (m_socket->state() == QAbstractSocket::ConnectedState)
        m_socket->close();
    else
        m_socket->abort();
}

bool RoomConnection::send(const Command &command)
{
    if (!isOnline() || !m_socket)
        return false;
    m_socket->sendTextMessage(QString::fromUtf8(encodeCommand(command)));
    return true;
}

void RoomConnection::socketConnected()
{
    m_wasConnected = true;
    m_heardAt = m_clock.monotonic();
    if (m_socket->subprotocol() != QLatin1StringView(WireLimits::kSubprotocol)) {
        ended({Link::Refused, Cause::OtherProtocol, {}, {}});
        return;
    }
    m_beatTimer.start(m_timing.ping);
}

void RoomConnection::socketEnded()
{
    if (m_wasConnected) {
        ended(endingOfClose(m_socket->closeCode(), m_socket->closeReason(), m_lastWords));
        return;
    }
    // Only a TCP connection that came up had a port of its own: then somebody is there who would not upgrade.
    const bool answered = m_socket->localPort() != 0;
    ended(endingOfAttempt(m_socket->error(), answered, httpStatus(*m_socket), m_socket->errorString()));
}

void RoomConnection::beat()
{
    if (m_clock.monotonic() - m_heardAt >= m_timing.dead)
        ended({Link::Waiting, Cause::NoHeartbeat, {}, {}});
    else if (m_socket)
        m_socket->ping();
}

void RoomConnection::ended(const Ending &ending)
{
    const Clock::Millis now = m_clock.monotonic();
    if (m_state.link == Link::Online && now - m_onlineAt >= m_timing.stable)
        m_backoff.reset();
    flushMessages();
    dropSocket();

    ConnectionState state {ending.link, ending.cause, ending.detail, {}, m_backoff.attempts()};
    if (ending.link == Link::Waiting) {
        const Clock::Millis wait = std::max(m_backoff.next(), m_backoff.spread(ending.earliest));
        state.retryAt = now + wait;
        m_retryTimer.start(wait);
    } else if (ending.earliest.count() > 0) {
        state.retryAt = now + ending.earliest;
    }
    setState(state);
}

/// The socket may be in the middle of emitting: it is aborted and deleted in the next turn. abort() is
/// needed because a client of Qt before 6.6 stays connected after a failed handshake.
void RoomConnection::dropSocket()
{
    m_retryTimer.stop();
    m_handshakeTimer.stop();
    m_beatTimer.stop();
    m_flushTimer.stop();
    if (!m_socket)
        return;
    QWebSocket *socket = m_socket;
    m_socket.clear();
    socket->disconnect(this);
    QMetaObject::invokeMethod(
        socket,
        [socket] {
            socket->abort();
            socket->deleteLater();
        },
        Qt::QueuedConnection);
}

void RoomConnection::flushMessages()
{
    m_flushTimer.stop();
    if (m_arrived.isEmpty())
        return;
    const Arrival arrival = std::exchange(m_replace, false) ? Arrival::Replace : Arrival::Append;
    emit messagesArrived(std::exchange(m_arrived, {}), arrival);
}

void RoomConnection::setState(const ConnectionState &state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(m_state);
}

void RoomConnection::readText(const QString &text)
{
    m_heardAt = m_clock.monotonic();
    const Result<Event> event = decodeEvent(text.toUtf8());
    if (!event) {
        ++m_faults;
        return;
    }
    std::visit([this](const auto &known) { handle(known); }, event.value());
}

void RoomConnection::handle(const WelcomeEvent &event)
{
    if (m_state.link != Link::Connecting) {
        ++m_faults;
        return;
    }
    if (!parseRoomName(event.room)) { // the room's name becomes a key: it must be one
        ++m_faults;
        ended({Link::Waiting, Cause::NotAServer, {}, {}});
        return;
    }
    m_handshakeTimer.stop();
    m_userName = event.username;
    if (!event.resumeToken.isEmpty())
        m_resume.token = event.resumeToken;
    if (m_resume.epoch != event.epoch) {
        m_resume.lastSeq = 0;
        m_knowsHistory = false;
    }
    m_resume.epoch = event.epoch;
    m_replace = m_resume.lastSeq == 0;
    m_continues = !m_replace;
    setState({Link::CatchingUp, Cause::None, {}, {}, 0});
    emit welcomed(event);
}

void RoomConnection::handle(const ResyncEvent &)
{
    m_arrived.clear();
    m_resume.lastSeq = 0;
    m_knowsHistory = false;
    m_replace = true;
    m_continues = false;
}

void RoomConnection::handle(const MessageEvent &event)
{
    if (!isJoined()) {
        ++m_faults;
        return;
    }
    if (event.seq <= m_resume.lastSeq) {
        flushMessages();
        emit messageRepeated(event);
        return;
    }
    m_resume.lastSeq = event.seq;
    m_arrived.append(event);
    if (m_arrived.size() >= kBatch)
        flushMessages();
    else if (isOnline() && !m_flushTimer.isActive())
        m_flushTimer.start(kFlushDelay);
}

/// Takes note of the seq of a change, and lets what it changes go ahead of it. False where none may come.
bool RoomConnection::noteChange(quint64 seq)
{
    if (!isJoined()) {
        ++m_faults;
        return false;
    }
    flushMessages();
    m_resume.lastSeq = std::max(m_resume.lastSeq, seq);
    return true;
}

void RoomConnection::handle(const MessageEditedEvent &event)
{
    if (noteChange(event.seq))
        emit messageEdited(event);
}

void RoomConnection::handle(const MessageDeletedEvent &event)
{
    if (noteChange(event.seq))
        emit messageDeleted(event);
}

void RoomConnection::handle(const ReactionEvent &event)
{
    if (noteChange(event.seq))
        emit messageReacted(event);
}

void RoomConnection::handle(const HistoryEndEvent &event)
{
    if (m_state.link != Link::CatchingUp)
        return;
    flushMessages();
    if (std::exchange(m_replace, false)) // an empty room also forgets what was there
        emit messagesArrived({}, Arrival::Replace);
    m_resume.lastSeq = std::max(m_resume.lastSeq, event.to);
    m_knowsHistory = true;
    emit caughtUp(event, m_continues);
    m_onlineAt = m_clock.monotonic();
    setState({Link::Online, Cause::None, {}, {}, 0});
}

void RoomConnection::handle(const UserJoinedEvent &event)
{
    flushMessages();
    emit userJoined(event);
}

void RoomConnection::handle(const UserLeftEvent &event)
{
    flushMessages();
    emit userLeft(event);
}

void RoomConnection::handle(const PresenceEvent &event)
{
    flushMessages();
    emit presenceChanged(event);
}

void RoomConnection::handle(const ErrorEvent &event)
{
    if (m_state.link == Link::Connecting)
        m_lastWords.refusal = event.error;
    else
        emit commandRefused(event);
}

void RoomConnection::handle(const RoomChangedEvent &event)
{
    emit roomChanged(event);
}

void RoomConnection::handle(const TypingEvent &event)
{
    emit typingChanged(event);
}

void RoomConnection::handle(const NoticeEvent &event)
{
    emit noticeReceived(event);
}

void RoomConnection::handle(const KickedEvent &event)
{
    m_lastWords.kicked = event;
}

void RoomConnection::handle(const ServerClosingEvent &event)
{
    m_lastWords.closing = event;
}

void RoomConnection::handle(const UnknownEvent &) {}

} // namespace Parlance::Client
