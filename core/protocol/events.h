// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <variant>

namespace Parlance {

// What a server says, one struct per `message_type`. Times are milliseconds since the Unix epoch, UTC.
// A plain client (part A of the contract) only ever gets MessageEvent, UserJoinedEvent, UserLeftEvent
// and ErrorEvent.

/// Who put one emoji under a message.
struct ReactionTally
{
    QString emoji;
    QStringList users; ///< in the order in which they did

    friend bool operator==(const ReactionTally &, const ReactionTally &) = default;
};

struct MessageEvent ///< message_type "message"
{
    QString id;
    QString username;
    QString content;
    qint64 timestamp = 0;
    QString room;
    quint64 seq = 0; ///< gapless from 1 per room
    QString cid; ///< only where the sender gave one
    qint64 edited = 0; ///< when its author changed it last; 0: never
    bool isDeleted = false; ///< its author took it back: content is empty. Part B alone, in replays
    QList<ReactionTally> reactions = {}; ///< in the order in which each came up first
};

struct MessageEditedEvent ///< takes a seq of its room, as the two below do
{
    QString id; ///< of the message
    quint64 targetSeq = 0; ///< of the message
    QString room;
    QString username; ///< who did it
    QString content; ///< what the message says now
    qint64 timestamp = 0;
    quint64 seq = 0; ///< of this event
    QString cid; ///< of the command, only where it had one
};

struct MessageDeletedEvent
{
    QString id;
    quint64 targetSeq = 0;
    QString room;
    QString username;
    qint64 timestamp = 0;
    quint64 seq = 0;
    QString cid;
};

struct ReactionEvent
{
    QString id;
    quint64 targetSeq = 0;
    QString room;
    QString username;
    QString emoji;
    bool on = true;
    qint64 timestamp = 0;
    quint64 seq = 0;
    QString cid;
};

/// A message to be encoded, which is done once per message: it points at its texts instead of sharing them.
struct MessageView
{
    MessageView(const MessageEvent &event)
        : MessageView(event.id, event.username, event.content, event.timestamp, event.room, event.seq, event.cid)
    {
        edited = event.edited;
        isDeleted = event.isDeleted;
        reactions = &event.reactions;
    }
    MessageView(QStringView id_, QStringView username_, QStringView content_, qint64 timestamp_, QStringView room_,
                quint64 seq_, QStringView cid_)
        : id(id_), username(username_), content(content_), timestamp(timestamp_), room(room_), seq(seq_), cid(cid_)
    {
    }

    QStringView id;
    QStringView username;
    QStringView content;
    qint64 timestamp;
    QStringView room;
    quint64 seq;
    QStringView cid;
    qint64 edited = 0;
    bool isDeleted = false;
    const QList<ReactionTally> *reactions = nullptr; ///< null: none
};

struct UserJoinedEvent
{
    QString username;
    qint64 timestamp = 0;
};

struct UserLeftEvent
{
    QString username;
    qint64 timestamp = 0;
};

struct ErrorEvent
{
    Error error;
    QString cid; ///< of the command that was refused, where it had one
};

struct ServerInfo
{
    QString name;
    QString version;
    qint64 time = 0;
    QString durability; ///< "memory", "fast" or "durable"
};

/// The bounds of a server: what a client should keep to, and what it may run into. limitfields.h has their
/// names on the wire. A burst of 0 is no limit; a period is the time in which a whole burst is refilled.
struct LimitsInfo
{
    qint64 contentChars = 0; ///< code points
    qint64 messageBytes = 0;
    qint64 messagesBurst = 0; ///< messages at once
    qint64 messagesPeriodMs = 0;
    qint64 heartbeatIntervalMs = 0;
    qint64 heartbeatTimeoutMs = 0;
    qint64 roomNameChars = 0; ///< code points
    qint64 userNameChars = 0; ///< code points
    qint64 jsonDepth = 0;
    qint64 commandsBurst = 0;
    qint64 commandsPeriodMs = 0;
    qint64 messagesPerAddressBurst = 0; ///< of all people behind one address
    qint64 messagesPerAddressPeriodMs = 0;
    qint64 joinsBurst = 0; ///< of one address
    qint64 joinsPeriodMs = 0;
    qint64 rooms = 0;
    qint64 sessionsPerUser = 0;
    qint64 connections = 0;
    qint64 connectionsPerAddress = 0;
    qint64 unjoined = 0;
    qint64 headBytes = 0;
    qint64 headFields = 0;
    qint64 headTimeoutMs = 0;
    qint64 bodyBytes = 0;
    qint64 bodyTimeoutMs = 0;
    qint64 sendQueueBytes = 0;
    qint64 sendStallMs = 0;
    qint64 historyRing = 0;
    qint64 historyBytes = 0;
    qint64 historyReplay = 0;

    friend bool operator==(const LimitsInfo &, const LimitsInfo &) = default;
};

struct WelcomeEvent ///< the first event of a part B session
{
    QString session;
    QString username; ///< the name that the person got, which may differ from the one asked for
    QString room;
    QString role;
    QString resumeToken; ///< secret; proves to be the same person after a reconnect
    QString epoch; ///< changes when seq starts anew
    quint64 head = 0; ///< seq of the newest message
    ServerInfo server;
    LimitsInfo limits;
    QStringList features;
    QStringList users;
    QString topic;
    int slowModeS = 0;
    bool frozen = false;
};

struct HistoryEndEvent ///< behind the replayed messages
{
    quint64 from = 0; ///< seq of the first replayed message; 0 when there was none
    quint64 to = 0; ///< live messages follow from to + 1
    bool complete = true; ///< false: older messages exist that were not sent
};

struct ResyncEvent ///< a resume was not possible: forget the room's messages, the last 50 follow
{
    QString reason; ///< "epoch", "retention" or "ahead"
};

struct RoomChangedEvent ///< what the room is set to from now on
{
    QString topic;
    int slowModeS = 0; ///< seconds between two messages of one person; 0: no slow mode
    bool frozen = false;
    bool locked = false;
    qint64 timestamp = 0;
};

struct TypingEvent
{
    QString username;
    bool on = false;
    qint64 timestamp = 0;
};

struct PresenceEvent ///< instead of joins and leaves in a room of more than 200
{
    QStringList joined;
    QStringList left;
    int count = 0; ///< people in the room now
    qint64 timestamp = 0;
};

struct NoticeEvent ///< from the operator
{
    QString content;
    QString severity; ///< "info", "warning" or "urgent"
    bool sticky = false; ///< stays until dismissed
    qint64 until = 0; ///< 0: no end is known
    qint64 timestamp = 0;
};

struct KickedEvent ///< a close with 4430 follows, or with 4404 where the whole room was closed
{
    QString reason;
    qint64 rejoinAfterMs = 0;
    qint64 timestamp = 0;
    QString cause = {}; ///< "kicked" or "room_closed"; empty from older servers: kicked
};

struct ServerClosingEvent ///< a close with 4503 follows
{
    qint64 retryAfterMs = 0;
    qint64 timestamp = 0;
};

/// A type that this version does not know: to be ignored.
struct UnknownEvent
{
    QString type;
};

using Event = std::variant<MessageEvent, UserJoinedEvent, UserLeftEvent, ErrorEvent, WelcomeEvent, HistoryEndEvent,
                           ResyncEvent, TypingEvent, PresenceEvent, NoticeEvent, KickedEvent, ServerClosingEvent,
                           MessageEditedEvent, MessageDeletedEvent, ReactionEvent, RoomChangedEvent, UnknownEvent>;

} // namespace Parlance
