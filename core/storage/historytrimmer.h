// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/names.h"
#include "storage/retention.h"
#include "storage/sqlconnection.h"

#include <optional>

namespace Parlance {

/// Deletes what is beyond the retention, always the oldest of a room, in steps so small that a message that comes
/// meanwhile hardly waits.
///
/// A message that is gone takes its cid along: sent once more, it is a new one.
/// Thread: the storage thread.
class HistoryTrimmer
{
public:
    static constexpr int kStep = 500; ///< messages in one transaction

    struct Trimmed
    {
        RoomName room;
        quint64 oldest = 0; ///< seq of the oldest message that is left; head + 1 where none is
    };

    /// \a connection must outlive the trimmer.
    HistoryTrimmer(SqlConnection &connection, const Retention &keep) : m_connection(connection), m_keep(keep) {}

    /// One step; nothing where nothing is to be done. \a now: milliseconds since the Unix epoch.
    Result<std::optional<Trimmed>> step(qint64 now);

private:
    struct Place
    {
        qint64 number = 0;
        QString name;
        quint64 head = 0;
        quint64 oldest = 0; ///< head + 1: the room has no message
        qint64 since = 0; ///< time of the oldest
    };

    Result<QList<Place>> places();
    /// seq below which everything of \a place is to go.
    Result<quint64> cutOf(const Place &place, qint64 now);
    Result<bool> isTooLarge();
    Status giveBack();
    Result<std::optional<quint64>> unsettled(const Place &place);
    Result<std::optional<Trimmed>> cut(const Place &place, quint64 below);

    SqlConnection &m_connection;
    Retention m_keep;
};

} // namespace Parlance
