// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/sqlconnection.h"

#include <QStringList>

namespace Parlance {

/// The tables, and the numbered steps that lead to them.
///
/// `rooms.head` is the seq of the room's newest message. `messages.id` is the room's number and the seq in one
/// integer, so that a room's history lies together in one tree and full-text search has the integer that it needs.
/// `messages.epoch` refers to `epochs`: a database begins a new epoch when it is made and when it is restored from a
/// backup, since seqs are given a second time then.
namespace Schema {

inline constexpr int kVersion = 1; ///< the newest that this program knows
inline constexpr int kSeqBits = 36; ///< of messages.id; the rest is the room

constexpr qint64 messageKey(qint64 room, quint64 seq) { return room << kSeqBits | qint64(seq); }
constexpr quint64 seqOf(qint64 key) { return quint64(key) & ((quint64(1) << kSeqBits) - 1); }

/// The version that the database has; 0 for an empty one.
Result<int> version(SqlConnection &connection);
/// Brings the database to kVersion, each step in a transaction of its own. DataUnusable where it is newer than that,
/// or is a database of something else.
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
