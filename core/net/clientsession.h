// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/chatmanager.h"
#include "net/faultcounter.h"
#include "net/websocketchannel.h"
#include "protocol/commands.h"
#include "protocol/events.h"

#include <QSet>

#include <memory>

namespace Parlance {

class FanOut;

/// What every `welcome` says about the server.
struct ServerIdentity
{
    QString name;
    QString version;
    LimitsInfo limits;
    QStringList features;
};

/// One person's session in one room: translates between the wire and the chat.
///
/// Decides nothing about the chat: commands go to ChatManager, whose answer goes back. Owns its channel.
/// Thread: the hub.
class ClientSession final : private WebSocketChannel::Owner
{
    Q_DISABLE_COPY_MOVE(ClientSession)

public:
    /// Whom the session belongs to. An interface and not a signal, since it is there once per connection.
    class Owner
    {
    public:
        /// Over, once, from the event loop and inside a call of the session, which must outlive it.
        virtual void onSessionClosed(ClientSession *session) = 0;

    protected:
        ~Owner() = default;
    };

    struct Context
    {
        ChatManager &manager;
        FanOut &fanOut;
        const NetLimits &limits;
        const Clock &clock;
        Metrics &metrics;
        const ServerIdentity &identity;
    };

    /// \a context and everything in it must outlive the session.
    ClientSession(std::unique_ptr<WebSocketChannel> channel, const Context &context, ClientKind kind, Owner &owner);
    ~ClientSession();

    /// The first words: welcome, what was missed, and from then on everything live. \a resumeToken is the
    /// person's, for the welcome of a parlance.v1 client.
    void begin(const Joined &joined, const QString &resumeToken, quint64 since, const QString &epoch);
    /// An error instead of a welcome, then the close that fits it.
    void refuse(const Error &error);

    SessionId id() const { return m_id; }
    /// Null before begin().
    const RoomName &room() const { return m_room; }
    ClientKind kind() const { return m_kind; }
    bool isClosing() const { return m_channel->isClosing(); }
    /// History is on its way, and nothing live is yet.
    bool isReplaying() const { return m_replay != nullptr; }
    QString address() const { return m_channel->address(); }

    void sendEvent(const Event &event);
    void sendError(const Error &error, const QString &cid);
    /// At once, or while history is on its way right behind it: a client takes what comes with a higher seq for
    /// proof that it has everything below. Holds kHeldEvents at most; false when there is no room for another.
    bool sendInTurn(const Event &event);
    /// Stops live delivery and says goodbye.
    void close(CloseCode code, const QString &reason);

private:
    bool mayCommand(const QString &text);
    void onText(const QString &text) override;
    void onBinary() override;
    void onDrained() override { continueReplay(); }
    void onClosed() override;
    void perform(const Command &command);
    void change(const Change &change, const QString &content, const QString &cid);
    void refuseToSay(const Error &error, const QString &cid);
    void onFault(const Error &error, const QString &cid);
    void continueReplay();
    void sendPage();
    void fetchPage();
    void onFetched(const Result<HistoryPage> &page);
    void goLive();
    void tellWhoChanged(const Joined &joined);
    void leaveFanOut();

    /// What is of interest until everything missed has been sent, and takes no memory afterwards.
    struct Replaying
    {
        Joined joined;
        quint64 from = 0; ///< seq of the first message sent; 0: none yet
        quint64 to = 0; ///< seq up to which the client has everything
        bool complete = true;
        MessageList pending; ///< not yet encoded
        bool isFetching = false; ///< the store is asked for more
        std::shared_ptr<const bool> isWaiting = std::make_shared<bool>(true); ///< expires with this
        QByteArray held; ///< frames for when it is over
        int heldEvents = 0;
    };

    const Context &m_context;
    Owner &m_owner;
    ClientKind m_kind;
    bool m_live = false; ///< in the fan-out
    std::unique_ptr<WebSocketChannel> m_channel;
    SessionId m_id {};
    RoomName m_room;
    FaultCounter m_faults;
    FaultCounter m_floods;
    TokenBucket m_commands; ///< commands of any kind, empty ones too
    std::unique_ptr<Replaying> m_replay;
};

} // namespace Parlance
