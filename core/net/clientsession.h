// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/chatmanager.h"
#include "net/faultcounter.h"
#include "net/websocketchannel.h"
#include "protocol/commands.h"
#include "protocol/events.h"

#include <QObject>
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
class ClientSession final : public QObject, private WebSocketChannel::Owner
{
    Q_OBJECT

public:
    struct Context
    {
        ChatManager &manager;
        FanOut &fanOut;
        const NetLimits &limits;
        const Clock &clock;
        Metrics &metrics;
        const ServerIdentity &identity;
    };

    /// Everything in \a context must outlive the session.
    ClientSession(std::unique_ptr<WebSocketChannel> channel, const Context &context, ClientKind kind,
                  QObject *parent = nullptr);
    ~ClientSession() override;

    /// The first words: welcome, what was missed, and from then on everything live. \a resumeToken is the
    /// person's, for the welcome of a parlance.v1 client.
    void begin(const Joined &joined, const QString &resumeToken, quint64 since, const QString &epoch);
    /// An error instead of a welcome, then the close that fits it.
    void refuse(const Error &error);

    SessionId id() const { return m_joined.session; }
    /// Null before begin().
    const RoomName &room() const { return m_joined.room; }
    ClientKind kind() const { return m_kind; }
    bool isClosing() const { return m_channel->isClosing(); }
    /// History is on its way, and nothing live is yet.
    bool isReplaying() const { return m_replaying; }
    QString address() const { return m_channel->address(); }

    void sendEvent(const Event &event);
    void sendError(const Error &error, const QString &cid);
    /// At once, or while history is on its way right behind it: a client takes what comes with a higher seq for
    /// proof that it has everything below. Holds kHeldEvents at most; false when there is no room for another.
    bool sendInTurn(const Event &event);
    /// Stops live delivery and says goodbye.
    void close(CloseCode code, const QString &reason);

signals:
    /// Over, once, from the event loop.
    void closed();

private:
    bool mayCommand(const QString &text);
    void onText(const QString &text) override;
    void onBinary() override;
    void onDrained() override { continueReplay(); }
    void onClosed() override;
    void perform(const Command &command);
    void onFault(const Error &error, const QString &cid);
    void continueReplay();
    void sendPage(const MessageList &messages);
    void goLive();
    void tellWhoChanged();
    void leaveFanOut();

    Context m_context;
    ClientKind m_kind;
    std::unique_ptr<WebSocketChannel> m_channel;
    Joined m_joined;
    FaultCounter m_faults;
    FaultCounter m_floods;
    TokenBucket m_commands; ///< commands of any kind, empty ones too

    bool m_live = false; ///< in the fan-out
    bool m_replaying = false;
    quint64 m_replayFrom = 0; ///< seq of the first message sent; 0: none yet
    quint64 m_replayedTo = 0; ///< seq up to which the client has everything
    bool m_replayComplete = true;
    MessageList m_pending; ///< of the replay, not yet encoded
    QByteArray m_held; ///< frames for when it is over
    int m_heldEvents = 0;
};

} // namespace Parlance
