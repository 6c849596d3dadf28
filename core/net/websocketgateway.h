// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/chatmanager.h"
#include "net/clientsession.h"
#include "net/closingstreams.h"
#include "net/fanout.h"
#include "net/httphandler.h"
#include "net/upgraderequest.h"

#include <QHash>
#include <QObject>
#include <QTimer>
#include <QWebSocketServer>

#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace Parlance {

/// Turns proven upgrades into sessions, and what the chat says into events for them.
///
/// An upgrade waits until the chat has answered its join; only then QWebSocketServer does the handshake,
/// so no frame is read before somebody can act on it, and a refusal can still be an HTTP status.
/// Thread: the hub.
class WebSocketGateway final : public QObject, public UpgradeHandler, private ClientSession::Owner
{
    Q_OBJECT

public:
    /// All references must outlive the gateway.
    WebSocketGateway(ChatManager &manager, const NetLimits &limits, const Clock &clock, Metrics &metrics,
                     const ServerIdentity &identity, QObject *parent = nullptr);
    ~WebSocketGateway() override;

    void upgrade(const RequestHead &head, std::unique_ptr<Stream> stream) override;

    /// Tells everybody that the server closes and may be back after \a retryAfter, then closes. drained()
    /// follows when all are gone, at most kCloseGrace and a little later.
    void drain(Clock::Millis retryAfter);
    /// Ends what is over its deadline, pings who was silent. Called twice a second; tests that turn the clock
    /// call it themselves.
    void sweep();
    int sessionCount() const { return int(m_sessions.size()); }

signals:
    void drained();

private:
    /// An upgrade between its proof and its session.
    struct Pending final : Stream::Handler
    {
        Pending(WebSocketGateway &gateway_, quint64 id_, std::unique_ptr<Stream> stream_)
            : gateway(gateway_), id(id_), stream(std::move(stream_))
        {
            stream->setHandler(this);
        }
        std::unique_ptr<Stream> takeStream()
        {
            stream->setHandler(nullptr);
            return std::move(stream);
        }
        void onStreamReceived(QByteArrayView) override { gateway.refuseEarlyBytes(id); } // ends this
        void onStreamClosed() override { gateway.dropPending(id); } // ends this

        WebSocketGateway &gateway;
        const quint64 id;
        std::unique_ptr<Stream> stream;
        UpgradeRequest request;
        QString resumeToken; ///< the person's; made anew where the client brought none
        std::optional<Error> refusal; ///< to be said after the handshake
        VirtualSocket *socket = nullptr; ///< from the handshake on
        Clock::Millis deadline {0};
    };

    void onJoinReady(TicketId ticket);
    void onJoinRefused(TicketId ticket, const Error &error);
    void refusePending(quint64 id, const Error &error);
    void startHandshake(quint64 id);
    void onNewConnection();
    void openSession(Pending &pending, QWebSocket *webSocket);
    void dropPending(quint64 id);
    void refuseEarlyBytes(quint64 id);
    void giveUp(quint64 id);
    void onSessionClosed(ClientSession *session) override;
    void checkDrained();

    void connectChat();
    void tellMessage(const Message &message);
    void toRoom(const RoomName &room, const Event &event, FanOut::Audience audience);
    void tellNotice(const Notice &notice, const RoomName &room);
    void tellRoom(const RoomName &room, const Event &event);
    ClientSession *session(SessionId id) const { return m_byId.value(id); }
    qint64 now() const { return m_clock.wallClock().count(); }

    ChatManager &m_manager;
    const NetLimits &m_limits;
    const Clock &m_clock;
    Metrics &m_metrics;
    const ServerIdentity m_identity;
    FanOut m_fanOut;
    const ClientSession::Context m_context;
    QByteArray m_frame; ///< the one that is being written
    DeadlineQueue m_deadlines;
    QWebSocketServer m_server;
    QTimer m_sweeper;

    quint64 m_lastId = 0;
    std::unordered_map<quint64, Pending> m_pending;
    ClosingStreams m_closing;
    std::unordered_set<ClientSession *> m_sessions; ///< its own
    std::vector<std::unique_ptr<ClientSession>> m_gone; ///< since this turn of the loop
    QHash<SessionId, ClientSession *> m_byId;
    bool m_draining = false;
};

} // namespace Parlance
