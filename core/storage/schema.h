// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqlconnection.h"

#include <QStringList>

namespace Parlance {

/// The tables, and the numbered steps that lead to them.
///
/// A row of `messages` is an entry of a room's history; `kind` tells what it is (RowKind). `rooms.indexed` is the seq up to
/// which a room's messages can be searched for.
/// `rooms.head` is the seq of the room's newest entry in `messages`; that of all, the journal's too, is in the view
/// `room_heads`. `messages.id` is the room's number and the seq in one
/// integer, so that a room's history lies together in one tree and full-text search has the integer that it needs.
/// `messages.epoch` refers to `epochs`: a database begins a new epoch when it is made and when it is restored from a
/// backup, since seqs are given a second time then.
/// `journal` (SQLite): messages that have no rows yet. Those from `id` to `last`, keys as in messages.id, are in `data`, as
/// JournalPacker writes them; each message is in one of both tables.
namespace Schema {

inline constexpr int kVersion = 4; ///< the newest that this program knows
inline constexpr int kSeqBits = 36; ///< of messages.id; the rest is the room

/// messages.kind. A number once given never means anything else.
enum class RowKind {
    Message = 0,
    Edit = 1, ///< of the message `target`, which has the text; content is empty
    Deletion = 2,
    Reaction = 3, ///< content is the emoji
    ReactionGone = 4,
    DeletedMessage = 5, ///< what is left of one: who and when, and its cid
};

constexpr qint64 messageKey(qint64 room, quint64 seq) { return room << kSeqBits | qint64(seq); }
constexpr quint64 seqOf(qint64 key) { return quint64(key) & ((quint64(1) << kSeqBits) - 1); }

/// The version that the database has; 0 for an empty one.
Result<int> version(SqlConnection &connection);
/// Brings the database to kVersion, each step in a transaction of its own. DataUnusable where it is newer than that,
/// or is a database of something else.
///
/// Before the first step of a SQLite database that has something in it, a copy is made beside it: its name with
/// `.version-N` behind, N being the version that it had.
Status migrate(SqlConnection &connection);

/// An epoch of the database.
struct Epoch
{
    qint64 number = 0;
    QString text;
};
/// The one that holds.
Result<Epoch> currentEpoch(SqlConnection &connection);
/// The text of that number.
Result<QString> epochText(SqlConnection &connection, qint64 number);
/// From now on seqs may be given that were given before.
Status beginEpoch(SqlConnection &connection, qint64 now);

} // namespace Schema

} // namespace Parlance
