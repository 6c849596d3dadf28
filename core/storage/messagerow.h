// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/message.h"
#include "storage/journalrow.h"
#include "storage/schema.h"
#include "storage/sqlconnection.h"

#include <QHash>
#include <QSqlQuery>

namespace Parlance {

/// The columns that MessageRows::read() wants, and the tables that they come from: `m` is the message, `t` what it is about.
inline constexpr char kMessageColumns[] = "m.id, e.epoch, m.kind, m.author, m.person, m.cid, m.timestamp, m.content, m.edited,"
                                          " m.target, t.content, te.epoch";
inline constexpr char kMessageTables[] = "messages m JOIN epochs e ON e.number = m.epoch LEFT JOIN messages t ON t.id = m.target"
                                         " LEFT JOIN epochs te ON te.number = t.epoch";
/// The reactions to the messages between two keys, for MessageRows::addReactions().
inline constexpr char kReactionsBetween[] = "SELECT target, kind, content, author, person, id, timestamp FROM messages"
                                            " WHERE target BETWEEN ? AND ? AND kind IN (3, 4) ORDER BY id";

Schema::RowKind rowKindOf(ChangeKind kind);

/// Makes messages of rows. Thread: that of the connection whose rows it reads.
class MessageRows
{
public:
    /// \a row has kMessageColumns. DataUnusable where it cannot be one of ours.
    Result<Message> read(const RoomName &room, const QSqlQuery &row);
    /// The same of what the journal has under \a key.
    Result<Message> read(const RoomName &room, qint64 key, const QString &epoch, const JournalEntry &entry);
    /// \a rows are the executed kReactionsBetween of \a messages, which are in seq order.
    Status addReactions(MessageList &messages, QSqlQuery &rows);
    Result<UserName> name(const QString &text);

private:
    QHash<QString, UserName> m_names; ///< as they are written; to make one costs more than to read its message
};

} // namespace Parlance
