// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/websocketgateway.h"

#include "base/logging.h"
#include "base/tokens.h"
#include "net/addresscaps.h"
#include "net/metrics.h"
#include "net/stream.h"
#include "net/virtualsocket.h"
#include "wire/wire.h"
#include "protocol/eventcodec.h"
#include "protocol/frame.h"
#include "protocol/limits.h"

#include <QWebSocket>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kSweepMs = 500;
constexpr qsizetype kKeptFrame = 16 * 1024; ///< bytes of memory that stay for the next message
constexpr std::chrono::seconds kRepeatLater {2};
constexpr std::chrono::seconds kJoinTimeout {10}; ///< from the upgrade's proof to the open session

/// Qt's answer without the CORS fields, which would invite pages of other origins.
QByteArray trimmedHandshake(const QByteArray &answer)
{
    QByteArray out;
    for (const QByteArray &line : answer.split('\n')) {
        if (!line.startsWith("Access-Control-") && !line.startsWith("Server:"))
            out += line + '\n';
    }
    out.chop(1);
    return out;
}

} // namespace

WebSocketGateway::WebSocketGateway(ChatManager &manager, const NetLimits &limits, const Clock &clock,
                                   Metrics &metrics, const ServerIdentity &identity, QObject *parent)
    : QObject(parent)
    , m_manager(manager)
    , m_limits(limits)
    , m_clock(clock)
    , m_metrics(metrics)
    , m_identity(identity)
    , m_fanOut(metrics)
    , m_context {manager, m_fanOut, m_limits, clock, metrics, m_identity}
    , m_server(u"parlance"_s, QWebSocketServer::NonSecureMode)
    , m_closing(clock)
{
    m_server.setSupportedSubprotocols({QString::fromLatin1(WireLimits::kSubprotocol)});
    m_server.setMaxPendingConnections(1024);
    connect(&m_server, &QWebSocketServer::newConnection, this, &WebSocketGateway::onNewConnection);
    connect(&m_sweeper, &QTimer::timeout, this, &WebSocketGateway::sweep);
    m_sweeper.start(kSweepMs);
    connectChat();
}

WebSocketGateway::~WebSocketGateway()
{
    m_manager.disconnect(this);
    for (ClientSession *session : m_sessions) {
        m_manager.leave(session->id());
        delete session;
    }
}

// --- from an upgrade to a session ------------------------------------------------------------------

void WebSocketGateway::upgrade(const RequestHead &head, std::unique_ptr<Stream> stream)
{
    auto outcome = readUpgrade(head, m_limits.origins);
    if (auto *refusal = std::get_if<UpgradeRefusal>(&outcome)) {
        HttpReply reply = errorReply(refusal->status, refusal->error);
        reply.fields += refusal->fields;
        m_metrics.refused(refusal->error, stream->peerAddress().toString());
        m_closing.add(std::move(stream), reply);
        return;
    }

    const quint64 id = ++m_lastId;
    Pending &pending = m_pending.try_emplace(id, *this, id, std::move(stream)).first->second;
    pending.request = std::get<UpgradeRequest>(std::move(outcome));
    pending.deadline = m_clock.monotonic() + kJoinTimeout;

    const UpgradeRequest &request = pending.request;
    const Result<RoomName> room = parseRoomName(request.room);
    const Result<UserName> name = parseUserName(request.name);
    if (!room || !name) {
        refusePending(id, room ? name.error() : room.error());
        return;
    }
    pending.resumeToken = request.resumeToken;
    if (pending.resumeToken.isEmpty() && request.isParlance)
        pending.resumeToken = makeToken();
    JoinRequest join;
    join.room = room.value();
    join.name = name.value();
    if (!pending.resumeToken.isEmpty())
        join.person = PersonId(tokenHash(pending.resumeToken));
    join.kind = request.isParlance ? ClientKind::Parlance : ClientKind::Plain;
    join.address = pending.stream->peerAddress().toString();
    join.network = QString::fromLatin1(networkKey(pending.stream->peerAddress()).toHex());
    join.agent = request.agent;
    m_manager.requestJoin(TicketId {id}, join); // may answer before it returns
}

void WebSocketGateway::onJoinReady(TicketId ticket)
{
    if (m_pending.contains(quint64(ticket)))
        startHandshake(quint64(ticket));
    else
        m_manager.cancelJoin(ticket);
}

void WebSocketGateway::onJoinRefused(TicketId ticket, const Error &error)
{
    refusePending(quint64(ticket), error);
}

/// A plain client hears a status; one of parlance.v1, which may be a browser that cannot see one, is let
/// in and told.
void WebSocketGateway::refusePending(quint64 id, const Error &error)
{
    const auto it = m_pending.find(id);
    if (it == m_pending.end())
        return;
    m_metrics.refused(error, it->second.stream->peerAddress().toString());
    if (it->second.request.isParlance) {
        it->second.refusal = error;
        startHandshake(id);
        return;
    }
    std::unique_ptr<Stream> stream = it->second.takeStream();
    m_pending.erase(it);
    m_closing.add(std::move(stream), errorReply(error));
}

void WebSocketGateway::startHandshake(quint64 id)
{
    Pending &pending = m_pending.at(id);
    auto *socket = new VirtualSocket(pending.stream->peerAddress(), this);
    pending.socket = socket;
    m_server.handleConnection(socket);
    socket->feed(canonicalUpgrade(pending.request, id));
    // Qt reads it in the next turn of the loop; onNewConnection follows.
}

void WebSocketGateway::onNewConnection()
{
    while (QWebSocket *webSocket = m_server.nextPendingConnection()) {
        const quint64 id = webSocket->requestUrl().path().mid(1).toULongLong();
        const auto it = m_pending.find(id);
        if (it == m_pending.end()) { // gone while Qt was at it
            webSocket->abort();
            webSocket->deleteLater();
            continue;
        }
        const auto node = m_pending.extract(it);
        openSession(node.mapped(), webSocket);
    }
}

void WebSocketGateway::openSession(Pending &pending, QWebSocket *webSocket)
{
    pending.socket->setParent(nullptr); // it goes with the QWebSocket
    pending.socket->settle(webSocket);
    pending.stream->write(trimmedHandshake(pending.socket->takeOutput()));
    const ClientKind kind = pending.request.isParlance ? ClientKind::Parlance : ClientKind::Plain;
    auto channel = std::make_unique<WebSocketChannel>(pending.takeStream(), pending.socket, webSocket, m_limits,
                                                      m_clock, m_metrics, m_deadlines);
    auto *session = new ClientSession(std::move(channel), m_context, kind, *this);
    m_sessions.insert(session);

    if (pending.refusal) {
        session->refuse(*pending.refusal);
        return;
    }
    const Result<Joined> joined = m_manager.completeJoin(TicketId {pending.id});
    if (!joined) {
        m_metrics.refused(joined.error(), session->address());
        session->refuse(joined.error());
        return;
    }
    m_metrics.add(Metrics::WebSocketsOpened);
    m_byId.insert(joined.value().session, session);
    session->begin(joined.value(), pending.resumeToken, pending.request.since, pending.request.epoch);
}

void WebSocketGateway::dropPending(quint64 id)
{
    const auto it = m_pending.find(id);
    if (it == m_pending.end())
        return;
    m_pending.erase(it);
    m_manager.cancelJoin(TicketId {id});
}

/// A client has to wait for the answer (RFC 6455 section 4.1). Said the same way whether the bytes came
/// with the head or right behind it.
void WebSocketGateway::refuseEarlyBytes(quint64 id)
{
    const auto it = m_pending.find(id);
    if (it == m_pending.end())
        return;
    std::unique_ptr<Stream> stream = it->second.takeStream();
    m_pending.erase(it);
    m_manager.cancelJoin(TicketId {id});
    const Error error {ErrorCode::BadRequest, u"nothing may follow an upgrade before its answer"_s};
    m_metrics.refused(error, stream->peerAddress().toString());
    m_closing.add(std::move(stream), errorReply(error));
}

void WebSocketGateway::giveUp(quint64 id)
{
    qCWarning(lcNet) << "a join did not finish in time";
    Pending &pending = m_pending.at(id);
    if (pending.socket) { // it is not the chat that is late
        dropPending(id);
        return;
    }
    m_manager.cancelJoin(TicketId {id});
    pending.deadline = m_clock.monotonic() + kJoinTimeout;
    refusePending(id, Error {ErrorCode::Unavailable, u"the room could not be opened in time"_s, {}, kJoinTimeout});
}

void WebSocketGateway::onSessionClosed(ClientSession *session)
{
    m_sessions.erase(session);
    if (m_gone.empty()) // not at once: this is a call of the session
        QMetaObject::invokeMethod(this, [this] { m_gone.clear(); }, Qt::QueuedConnection);
    m_gone.emplace_back(session);
    if (m_byId.remove(session->id()))
        m_manager.leave(session->id());
    checkDrained();
}

void WebSocketGateway::sweep()
{
    const Clock::Millis moment = m_clock.monotonic();
    m_closing.sweep();
    std::vector<quint64> late;
    for (const auto &[id, pending] : m_pending) {
        if (moment >= pending.deadline)
            late.push_back(id);
    }
    for (const quint64 id : late)
        giveUp(id);
    while (WebSocketChannel *channel = m_deadlines.due(moment))
        channel->sweep();
}

void WebSocketGateway::drain(Clock::Millis retryAfter)
{
    m_draining = true;
    const std::vector<ClientSession *> sessions(m_sessions.begin(), m_sessions.end());
    for (ClientSession *session : sessions) {
        if (session->kind() == ClientKind::Parlance)
            session->sendEvent(ServerClosingEvent {retryAfter.count(), now()});
        session->close(CloseCode::ShuttingDown, u"the server is shutting down"_s);
    }
    QMetaObject::invokeMethod(this, &WebSocketGateway::checkDrained, Qt::QueuedConnection);
}

void WebSocketGateway::checkDrained()
{
    if (m_draining && m_sessions.empty()) {
        m_draining = false;
        emit drained();
    }
}

// --- from the chat to the wire ---------------------------------------------------------------------

void WebSocketGateway::toRoom(const RoomName &room, const Event &event, FanOut::Audience audience)
{
    m_fanOut.send(room, textFrame(encodeEvent(event)), audience);
}

void WebSocketGateway::tellMessage(const Message &message)
{
    m_frame.resize(0); // keeps its memory
    appendMessage(m_frame, message);
    m_fanOut.send(message.room, m_frame, FanOut::Audience::Everybody);
    if (m_frame.capacity() > kKeptFrame)
        m_frame = {};
}

void WebSocketGateway::tellNotice(const Notice &notice, const RoomName &room)
{
    tellRoom(room, toWire(notice, now()));
}

/// Every client of parlance.v1 in \a room; null: in all. Those who still get their history are not in the fan-out yet;
/// they hear of it right behind.
void WebSocketGateway::tellRoom(const RoomName &room, const Event &event)
{
    if (room.isNull())
        m_fanOut.sendToAll(textFrame(encodeEvent(event)), FanOut::Audience::ParlanceOnly);
    else
        toRoom(room, event, FanOut::Audience::ParlanceOnly);
    for (ClientSession *session : m_sessions) {
        if (session->isReplaying() && session->kind() == ClientKind::Parlance && (room.isNull() || session->room() == room))
            session->sendInTurn(event);
    }
}

void WebSocketGateway::connectChat()
{
    using Audience = FanOut::Audience;
    connect(&m_manager, &ChatManager::joinReady, this, &WebSocketGateway::onJoinReady);
    connect(&m_manager, &ChatManager::joinRefused, this, &WebSocketGateway::onJoinRefused);

    connect(&m_manager, &ChatManager::messagePosted, this, &WebSocketGateway::tellMessage);
    connect(&m_manager, &ChatManager::messageChanged, this,
            [this](const Message &change) { toRoom(change.room, eventOf(change), Audience::ParlanceOnly); });
    connect(&m_manager, &ChatManager::batchPosted, &m_fanOut, &FanOut::flushAll);
    connect(&m_manager, &ChatManager::roomChanged, this, [this](const RoomInfo &room) {
        const RoomSettings &set = room.settings;
        tellRoom(room.name, RoomChangedEvent {set.topic, set.slowModeS, set.isFrozen, set.isLocked, now()});
    });
    // The newcomer is not in the fan-out yet, so it does not hear of itself.
    connect(&m_manager, &ChatManager::userJoined, this,
            [this](const RoomName &room, const UserName &user, SessionId, bool quiet) {
        if (!quiet)
            toRoom(room, UserJoinedEvent {user.text(), now()}, Audience::Everybody);
    });
    connect(&m_manager, &ChatManager::userLeft, this,
            [this](const RoomName &room, const UserName &user, const QString &, bool quiet) {
        if (!quiet)
            toRoom(room, UserLeftEvent {user.text(), now()}, Audience::Everybody);
    });
    connect(&m_manager, &ChatManager::presenceChanged, this,
            [this](const RoomName &room, const Room::Presence &presence, int users) {
        toRoom(room, PresenceEvent {presence.joined, presence.left, users, now()}, Audience::ParlanceOnly);
    });
    connect(&m_manager, &ChatManager::typingChanged, this, [this](SessionId id, bool on) {
        if (const SessionInfo *info = m_manager.session(id))
            toRoom(info->room, TypingEvent {info->user.text(), on, now()}, Audience::ParlanceOnly);
    });
    connect(&m_manager, &ChatManager::noticeRaised, this, &WebSocketGateway::tellNotice);

    connect(&m_manager, &ChatManager::messageRepeated, this, [this](SessionId id, const Message &message) {
        if (ClientSession *sender = session(id)) {
            m_fanOut.flush(message.room); // older messages first: clients drop what is not above their last seq
            if (!sender->sendInTurn(eventOf(message)))
                sender->sendError(Error {ErrorCode::RateLimited, u"wait for the end of the history"_s, {}, kRepeatLater},
                                  message.cid.toString());
        }
    });
    connect(&m_manager, &ChatManager::postFailed, this, [this](SessionId id, const Cid &cid, const Error &error) {
        if (ClientSession *sender = session(id))
            sender->sendError(error, cid.toString());
    });
    connect(&m_manager, &ChatManager::sessionRemoved, this,
            [this](SessionId id, RemovalCause cause, const QString &reason, qint64 rejoinAfterMs) {
        ClientSession *gone = m_byId.take(id);
        if (!gone)
            return;
        const bool kicked = cause == RemovalCause::Kicked;
        if (gone->kind() == ClientKind::Parlance)
            gone->sendEvent(KickedEvent {reason, rejoinAfterMs, now(), kicked ? u"kicked"_s : u"room_closed"_s});
        const QString fallback = kicked ? u"removed by the operator"_s : u"the room was closed"_s;
        gone->close(kicked ? CloseCode::Kicked : CloseCode::NoSuchRoom, reason.isEmpty() ? fallback : reason);
    });
}

} // namespace Parlance
