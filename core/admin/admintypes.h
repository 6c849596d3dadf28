// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/errorcode.h"
#include "base/ids.h"
#include "model/info.h"
#include "model/message.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <chrono>

namespace Parlance {

/// One person came into a room or left it, as the message log shows it.
struct Coming
{
    RoomName room;
    UserName user;
    bool joined = true;
    QString reason; ///< why they left: empty when by themselves
    qint64 timestamp = 0;
};

/// Something that the server refused, as the console shows it.
struct Refusal
{
    QString code; ///< the wire name of the error
    QString detail;
    QString address;
    qint64 timestamp = 0;
};

/// Figures of the whole server, once a second.
struct Statistics
{
    qint64 timestamp = 0;
    qint64 uptimeMs = 0;
    int connections = 0; ///< open sockets, HTTP included
    int sessions = 0;
    int users = 0; ///< in all rooms together; somebody in two rooms counts twice
    int rooms = 0;
    int peakSessions = 0; ///< since the start
    quint64 messages = 0; ///< committed since the start
    quint64 deliveries = 0; ///< frames handed to the kernel or queued, since the start
    quint64 bytesIn = 0;
    quint64 bytesOut = 0;
    quint64 refusals = 0;
    ErrorCode storageFault = ErrorCode::None; ///< why messages cannot be stored at the moment
    double messagesPerSecond = 0; ///< over the last second
    double deliveriesPerSecond = 0;
    qint64 residentBytes = 0; ///< memory of the process; 0 where it is unknown
};

/// Everything at one moment: what a console shows when it attaches.
struct AdminSnapshot
{
    QString serverName;
    QString version;
    QString durability;
    QStringList urls; ///< where people reach the page
    std::chrono::milliseconds rejoinAfter {60'000}; ///< of a kick that says nothing else
    QList<RoomInfo> rooms;
    QList<SessionInfo> sessions;
    MessageList messages; ///< the newest of all rooms, oldest first, at most 1,000
    Statistics statistics;
};

/// What changed since the last batch, in an order that can be applied from top to bottom.
///
/// One key appears at most once per list: of many changes of one room only the newest state is sent. A
/// session or room that opened and closed within one batch appears nowhere but in \a comings.
struct AdminBatch
{
    QList<RoomInfo> roomsChanged; ///< new or changed
    QList<RoomName> roomsClosed;
    QList<SessionInfo> sessionsChanged; ///< new or changed
    QList<SessionId> sessionsClosed;
    QList<Coming> comings; ///< at most 1,000
    MessageList messages; ///< at most 1,000, the newest; oldest first
    quint64 messagesSkipped = 0; ///< older ones of this batch that were left out
    MessageList changes; ///< all edits and deletions, of messages of this batch too; oldest first
    QList<Refusal> refusals; ///< at most 100

    bool isEmpty() const
    {
        return roomsChanged.isEmpty() && roomsClosed.isEmpty() && sessionsChanged.isEmpty()
            && sessionsClosed.isEmpty() && comings.isEmpty() && messages.isEmpty() && changes.isEmpty() && refusals.isEmpty();
    }
};

/// Names one action of a console, so that its outcome finds the button that was pressed.
enum class ActionId : quint64 {};

inline size_t qHash(ActionId id, size_t seed = 0)
{
    return ::qHash(static_cast<quint64>(id), seed);
}

} // namespace Parlance

Q_DECLARE_METATYPE(Parlance::AdminSnapshot)
Q_DECLARE_METATYPE(Parlance::AdminBatch)
Q_DECLARE_METATYPE(Parlance::Statistics)
Q_DECLARE_METATYPE(Parlance::ActionId)
