// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/chat/backoff.h"
#include "client-gui/chat/connectionstate.h"
#include "client-gui/chat/ending.h"
#include "client-gui/chat/serveraddress.h"
#include "protocol/commands.h"
#include "protocol/events.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QWebSocket;

namespace Parlance::Client {

/// The times of a connection. The defaults are the contract's.
struct ConnectionTiming
{
    Clock::Millis firstRetry {1'000};
    Clock::Millis longestRetry {30'000};
    Clock::Millis handshake {10'000}; ///< from the attempt to the welcome
    Clock::Millis ping {25'000};
    Clock::Millis dead {60'000}; ///< nothing came for so long: gone
    Clock::Millis stable {5'000}; ///< online for so long: the back-off starts anew
    Clock::Millis wakeTick {5'000}; ///< how often it is looked whether the computer slept
    Backoff::Random random = {};
};

/// How a batch of messages relates to what was there before.
enum class Arrival {
    Replace, ///< forget the room's messages, these are the newest ones
    Append, ///< they follow
};

/// One room's WebSocket, kept up: joins, resumes after a loss, sends commands, hands events on.
///
/// Owns the socket; a new one per attempt. Lives in the GUI thread. Never keeps messages (that is
/// MessageModel's) and never decides what is sent again (Outbox). Every event of a server is taken as
/// untrusted: what cannot be decoded is counted and dropped.
class RoomConnection final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RoomConnection)

public:
    /// A server's frame may be so large; more closes the connection. Contract: pages stay below 256 KiB.
    static constexpr quint64 kMaxIncomingBytes = 1024 * 1024;

    /// \a clock must outlive the connection.
    RoomConnection(const ServerAddress &address, const QString &room, const QString &user, const Clock &clock,
                   const ConnectionTiming &timing = {}, QObject *parent = nullptr);
    ~RoomConnection() override;

    const ConnectionState &state() const { return m_state; }
    bool isOnline() const { return m_state.link == Link::Online; }
    /// Whether retryNow() would try: waiting, or refused or kicked with the time served.
    bool canRetry() const;
    /// Until state().retryAt, at least 0.
    Clock::Millis timeToRetry() const;

    /// The name that the server gave; before the first welcome the one that was asked for.
    const QString &userName() const { return m_userName; }
    const QString &resumeToken() const { return m_resume.token; }
    /// From an earlier run of the program; call before open().
    void setResumeToken(const QString &token) { m_resume.token = token; }
    quint64 lastSeq() const { return m_resume.lastSeq; }
    /// Events that could not be understood since the start.
    int faults() const { return m_faults; }

public slots:
    /// Joins. Also from Kicked and Refused, whatever retryAt says.
    void open();
    /// The "Now" button: does nothing unless canRetry().
    void retryNow();
    /// Leaves for good.
    void close();
    /// False when not online: nothing was sent.
    bool send(const Parlance::Command &command);

signals:
    void stateChanged(const Parlance::Client::ConnectionState &state);
    void welcomed(const Parlance::WelcomeEvent &welcome);
    /// In seq order, each seq once (until Replace). Batched: at most one signal per frame of the screen.
    void messagesArrived(const QList<Parlance::MessageEvent> &messages, Parlance::Client::Arrival arrival);
    /// A message that was had before came again: the acknowledgement of something sent twice.
    void messageRepeated(const Parlance::MessageEvent &message);
    /// Of a message that arrived before, or is older than what was asked for; may come twice.
    void messageEdited(const Parlance::MessageEditedEvent &event);
    void messageDeleted(const Parlance::MessageDeletedEvent &event);
    void messageReacted(const Parlance::ReactionEvent &event);
    /// Behind the replayed messages, just before Online. \a resumed: the seqs follow on the earlier ones.
    void caughtUp(const Parlance::HistoryEndEvent &end, bool resumed);
    void userJoined(const Parlance::UserJoinedEvent &event);
    void userLeft(const Parlance::UserLeftEvent &event);
    void presenceChanged(const Parlance::PresenceEvent &event);
    void roomChanged(const Parlance::RoomChangedEvent &event);
    void typingChanged(const Parlance::TypingEvent &event);
    void noticeReceived(const Parlance::NoticeEvent &event);
    /// A command was refused after the welcome.
    void commandRefused(const Parlance::ErrorEvent &event);

private:
    void handle(const MessageEvent &event);
    void handle(const UserJoinedEvent &event);
    void handle(const UserLeftEvent &event);
    void handle(const ErrorEvent &event);
    void handle(const WelcomeEvent &event);
    void handle(const HistoryEndEvent &event);
    void handle(const ResyncEvent &event);
    void handle(const RoomChangedEvent &event);
    void handle(const TypingEvent &event);
    void handle(const PresenceEvent &event);
    void handle(const NoticeEvent &event);
    void handle(const KickedEvent &event);
    void handle(const ServerClosingEvent &event);
    void handle(const MessageEditedEvent &event);
    void handle(const MessageDeletedEvent &event);
    void handle(const ReactionEvent &event);
    void handle(const UnknownEvent &event);
    bool noteChange(quint64 seq);

    void readText(const QString &text);
    void socketConnected();
    void socketEnded();
    void beat();
    void ended(const Ending &ending);
    void sayGoodbye();
    void dropSocket();
    void flushMessages();
    bool isJoined() const { return m_state.link == Link::CatchingUp || m_state.link == Link::Online; }
    void setState(const ConnectionState &state);

    const ServerAddress m_address;
    const QString m_room;
    const QString m_askedName;
    const Clock &m_clock;
    const ConnectionTiming m_timing;

    QPointer<QWebSocket> m_socket;
    Backoff m_backoff;
    QTimer m_retryTimer;
    QTimer m_handshakeTimer;
    QTimer m_beatTimer;
    QTimer m_flushTimer;

    ConnectionState m_state;
    QString m_userName;
    ResumePoint m_resume;
    LastWords m_lastWords;
    QList<MessageEvent> m_arrived; ///< not yet handed on; flushed at kBatch
    bool m_replace = true; ///< the next batch replaces what was there
    bool m_continues = false; ///< the replay follows on what was there; m_replace is over with its first batch
    bool m_knowsHistory = false; ///< of this epoch the room was seen up to its end, which 0 messages may be
    bool m_wasConnected = false; ///< this socket's upgrade succeeded
    Clock::Millis m_heardAt {0};
    Clock::Millis m_onlineAt {0};
    int m_faults = 0;
};

} // namespace Parlance::Client
