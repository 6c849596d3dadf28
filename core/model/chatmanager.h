// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "model/draftbook.h"
#include "model/historypage.h"
#include "model/info.h"
#include "model/join.h"
#include "model/joinrules.h"
#include "model/jointickets.h"
#include "model/limits.h"
#include "model/message.h"
#include "model/messagerates.h"
#include "model/messagestore.h"
#include "model/nodebus.h"
#include "model/replay.h"
#include "model/roomlocks.h"
#include "model/roomregistry.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <optional>
#include <unordered_map>

namespace Parlance {

/// Why a session was taken out of its room by the server.
enum class RemovalCause { Kicked, RoomClosed };

/// The heart: applies the chat's rules and says what happened.
///
/// Fronts (WebSocket, REST, console) call the commands and listen to the signals; none changes a room
/// directly. Commands emit before they return. A front may call any command from inside any slot, with one
/// exception: no completeJoin inside sessionLeft and userLeft of the same room, or people would be told to
/// have come before they are told to have gone. A session that a slot ends while it is coming in is told as
/// left, possibly without having been told as joined, and its completeJoin fails.
/// Thread: lives in the hub and asserts it.
class ChatManager final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatManager)

public:
    /// \a store, \a bus and \a clock must outlive the manager.
    ChatManager(MessageStore &store, NodeBus &bus, const Clock &clock, const ModelLimits &limits,
                QObject *parent = nullptr);
    ~ChatManager() override;

    // --- coming and going ---

    /// First half of a join: checks the rules and opens the room. joinReady or joinRefused follows for
    /// \a ticket, possibly before this returns. Refusals: RateLimited, Kicked, TooManyRooms,
    /// TooManySessions, Unavailable, ShuttingDown.
    void requestJoin(TicketId ticket, const JoinRequest &request);
    /// Second half, after joinReady, when the connection can speak. Fails with NotFound for an unknown
    /// ticket and for what changed in between.
    Result<Joined> completeJoin(TicketId ticket);
    /// The connection went away before it was in. Unknown tickets are ignored.
    void cancelJoin(TicketId ticket);
    /// Unknown sessions are ignored.
    void leave(SessionId session);

    // --- talking ---

    /// Accepts for storage: messagePosted follows with the commit, or postFailed. Content is trimmed;
    /// empty content is ignored and succeeds. Fails with NotJoined, TooLong, RateLimited, ShuttingDown.
    Status post(SessionId session, const QString &content, const Cid &cid);
    /// Changes a message of the session's room: \a change names it, \a content is the text of an edit. messageChanged
    /// follows with the commit, or postFailed with \a cid (NotFound, Forbidden). Counts as a message in the rates.
    /// Fails with NotJoined, Empty, TooLong, BadRequest (no emoji), RateLimited, ShuttingDown.
    Status change(SessionId session, const Change &change, const QString &content, const Cid &cid);
    using ChangeAnswer = std::function<void(const Result<Message> &)>;
    /// The same for \a person, who need not be in \a room but for a reaction (else NotJoined); Kicked where they were sent
    /// out of it, but for a deletion. \a answer is called once, later or before this returns, with the change as it is
    /// committed.
    void changeAs(const PersonId &person, const QString &network, const RoomName &room, const Change &change,
                  const QString &content, const Cid &cid, ChangeAnswer answer);
    /// Best effort: passes on one beginning a second, and the end of what was passed on. Fails with NotJoined.
    Status setTyping(SessionId session, bool on);

    // --- operating ---

    /// Removes every session of \a user from \a room and keeps the person out for \a rejoinAfter. NotFound.
    Status kick(const RoomName &room, const UserName &user, const QString &reason, Clock::Millis rejoinAfter);
    /// To one room, or to all where \a room is null. Fails with Empty, TooLong, NotFound.
    Status notice(const Notice &notice, const RoomName &room);
    Status closeRoom(const RoomName &room, const QString &reason);
    /// From now on nobody may join or post.
    void beginShutdown();

    using SettingsAnswer = std::function<void(const Result<RoomSettings> &)>;
    /// Changes what \a room is set to, whether or not somebody is in it; \a answer is called once, later or before this
    /// returns, with what holds now. Fails with TooLong, BadParameter, and as the store does.
    void configureRoom(const RoomName &room, const RoomPatch &patch, SettingsAnswer answer);

    // --- asking ---

    QList<RoomInfo> rooms() const { return m_rooms.activeRooms(); } ///< sorted by name
    QList<SessionInfo> sessions() const;
    QStringList userNames(const RoomName &room) const { return m_rooms.userNames(room); } ///< empty for an unknown room
    const Room *room(const RoomName &name) const { return m_rooms.active(name); } ///< null when not active
    const SessionInfo *session(SessionId id) const; ///< null when unknown
    int sessionCount() const { return int(m_sessions.size()); }
    int roomCount() const { return m_rooms.activeCount(); } ///< active rooms
    const HistoryBudget::Forgotten &forgotten() const { return m_rooms.forgotten(); }
    qint64 historyBytes() const { return m_rooms.historyBytes(); } ///< what the kept messages take, about
    int userCount() const { return m_rooms.userCount(); } ///< in all rooms; somebody in two of them counts twice
    /// The newest \a count messages in memory, oldest first; empty for an unknown room.
    MessageList newest(const RoomName &room, int count) const;
    /// What a client gets that was at \a since of \a epoch, or the newest \a count without \a epoch.
    Replay replay(const RoomName &room, quint64 since, const QString &epoch, int count) const;
    /// What \a query finds at hand, of an active room; nothing where the store has to be asked.
    std::optional<HistoryPage> historyAtHand(const HistoryQuery &query) const;
    using HistoryAnswer = std::function<void(const Result<HistoryPage> &)>;
    /// Asks the store; \a answer is called later, once, unless the manager is gone. Fails with Unavailable.
    void fetchHistory(const HistoryQuery &query, HistoryAnswer answer);
    using SearchAnswer = std::function<void(const Result<SearchHits> &)>;
    /// Asks the store; \a answer is called later, once, unless the manager is gone. Fails with Unavailable.
    void search(const SearchQuery &query, SearchAnswer answer);
    const ModelLimits &limits() const { return m_limits; }
    QString durability() const { return m_store.durability(); }
    ErrorCode storageFault() const { return m_store.fault(); } ///< None while messages can be stored

    /// Housekeeping: presence summaries, forgotten kicks and rate buckets. Call about once a second.
    void tick();

signals:
    void joinReady(Parlance::TicketId ticket);
    void joinRefused(Parlance::TicketId ticket, const Parlance::Error &error);

    /// What the room, which is open, is set to.
    void roomChanged(const Parlance::RoomInfo &room);
    /// With the first session. A room that empties and fills again before it closed does not open twice.
    void roomOpened(const Parlance::RoomInfo &room);
    /// Once after each roomOpened, when nobody is inside or on the way in and no message is under way.
    void roomClosed(const Parlance::RoomName &room);
    void sessionJoined(const Parlance::SessionInfo &session);
    /// After the session left for whatever reason.
    void sessionLeft(const Parlance::SessionInfo &session);
    /// With a person's first session. \a quiet: only a presence summary tells it, since the room is
    /// full, or was when they left.
    void userJoined(const Parlance::RoomName &room, const Parlance::UserName &user, Parlance::SessionId session,
                    bool quiet);
    /// With a person's last session. \a reason is empty when they left by themselves.
    void userLeft(const Parlance::RoomName &room, const Parlance::UserName &user, const QString &reason, bool quiet);
    void presenceChanged(const Parlance::RoomName &room, const Parlance::Room::Presence &presence, int users);

    /// Once per message, in seq order per room, after its commit.
    void messagePosted(const Parlance::Message &message);
    /// Likewise for a change of what was said before, in one order with the messages.
    void messageChanged(const Parlance::Message &change);
    /// Behind the messages that the store committed together: what is sent to many may go out now.
    void batchPosted();
    /// To the sender alone: this cid was committed before, as \a message.
    void messageRepeated(Parlance::SessionId session, const Parlance::Message &message);
    /// To the sender alone: the store refused.
    void postFailed(Parlance::SessionId session, const Parlance::Cid &cid, const Parlance::Error &error);
    void typingChanged(Parlance::SessionId session, bool on);
    /// A message of this session was accepted for storage; its figures changed.
    void sessionSpoke(Parlance::SessionId session);

    /// \a room is null for a notice to everybody.
    void noticeRaised(const Parlance::Notice &notice, const Parlance::RoomName &room);
    /// The session is being taken out of its room, and sessionLeft follows; its front tells it why and closes.
    void sessionRemoved(Parlance::SessionId session, Parlance::RemovalCause cause, const QString &reason,
                        qint64 rejoinAfterMs);

private:
    struct Session
    {
        SessionInfo info;
        PersonId person;
        UserName asked; ///< the name asked for, which a kick goes by too
        QString network; ///< the subscriber it comes from
        Room *room = nullptr; ///< lives while somebody is in it
        bool isStranger = false; ///< person was made up for this session
        bool isTyping = false; ///< as it was last passed on
        Clock::Millis nextTyping {0}; ///< monotonic; no typing event is passed on before
    };
    /// A change that waits for its room to open.
    struct PendingChange
    {
        PersonId person;
        Change change;
        QString content;
        Cid cid;
        ChangeAnswer answer;
    };

    /// Somebody waits for what a room is set to.
    struct PendingSettings
    {
        RoomName room;
        SettingsAnswer answer;
    };

    static Error shuttingDown();
    qint64 now() const { return m_clock.wallClock().count(); }
    Status mayJoin(const JoinRequest &request) const;
    SessionInfo admit(Room &room, const JoinRequest &request);
    Status mayEnter(const Room &room, const JoinRequest &request) const;
    void refuseOutsiders(Room &room);
    void dropIfUnused(const RoomName &name);
    void dropIfUnused(Room &room);
    void releaseReservation(const RoomName &name);
    void takeOut(SessionId session, const QString &reason);
    void remove(const QList<SessionId> &sessions, RemovalCause cause, const QString &reason, Clock::Millis rejoinAfter);
    bool isQuiet(const Room &room) const { return room.userCount() > m_limits.quietRoom; }
    /// Whether the summary tells \a user's coming or going. Also where it is about to tell the opposite, or
    /// it would do so after the truth was told.
    bool isSummedUp(const Room &room, const UserName &user) const { return isQuiet(room) || room.isNoted(user); }

    void onRoomOpened(const RoomRecord &record);
    void onRoomFailed(const RoomName &name, const Error &error);
    void onStored(const QList<StoredDraft> &batch);
    void onAppendFailed(quint64 draft, const Error &error);
    void onDelivered(const Message &message);
    void deliver(Room *room, const Message &message);
    void settle(Room *room);
    Status checkLength(const QString &content) const;
    Status checkChange(const Change &change, QString &content) const;
    void performChange(Room &room, const PendingChange &pending);
    void answerChanges(const RoomName &room, const Status &opened);
    void onFetched(quint64 number, const Result<HistoryPage> &page);
    void onFound(quint64 number, const Result<SearchHits> &hits);
    void onConfigured(quint64 number, const Result<RoomSettings> &settings);

    MessageStore &m_store;
    NodeBus &m_bus;
    const Clock &m_clock;
    const ModelLimits m_limits;

    RoomRegistry m_rooms;
    JoinRules m_joinRules;
    RoomLocks m_locks;
    JoinTickets m_tickets;
    MessageRates m_messageRates;
    std::unordered_map<SessionId, Session> m_sessions; ///< each in memory of its own size, where QHash keeps room for more
    DraftBook m_drafts;
    std::unordered_map<QString, QList<PendingChange>> m_pendingChanges; ///< by the keys of rooms that are opening
    QHash<quint64, ChangeAnswer> m_changeAnswers; ///< by draft
    QHash<quint64, HistoryAnswer> m_fetches; ///< who waits for which
    QHash<quint64, SearchAnswer> m_searches; ///< likewise
    QHash<quint64, PendingSettings> m_configures; ///< likewise
    quint64 m_lastFetch = 0; ///< or search, or setting
    QString m_run; ///< tells strangers of this run from those of another, whom the store remembers
    quint64 m_lastSession = 0;
    bool m_shuttingDown = false;
};

} // namespace Parlance
