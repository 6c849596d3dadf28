// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/names.h"
#include "storage/schema.h"
#include "storage/sqlconnection.h"

#include <QSqlQuery>

#include <unordered_map>
#include <utility>
#include <vector>

namespace Parlance {

/// The numbers of rooms and the seqs of their newest messages, as the writer gives them; in the database after save(), or
/// by the journal.
///
/// Thread: the storage thread.
class RoomHeads
{
public:
    struct Room
    {
        qint64 number = 0;
        quint64 head = 0;
        QString idStart; ///< of its messages
        bool isTouched = false; ///< since the last save()
    };

    /// \a connection must outlive this.
    explicit RoomHeads(SqlConnection &connection) : m_connection(connection) {}
    Status prepare(const Schema::Epoch &epoch);

    /// The room of that name, which is made where there is none. Valid until it is forgotten. \a now: milliseconds since the
    /// Unix epoch.
    Result<Room *> find(const RoomName &name, qint64 now);
    /// \a seq is given, to an entry that goes into the journal or not.
    void advance(Room &room, quint64 seq, bool isJournaled);
    /// In the caller's transaction.
    Status save();
    void forget(const RoomName &name);
    /// Also what was given and not saved.
    void forgetAll();

private:
    Result<Room *> look(const RoomName &name, qint64 now);
    Result<Room> read(const RoomName &name, qint64 now);

    SqlConnection &m_connection;
    QString m_epoch;
    std::unordered_map<QString, Room> m_rooms; ///< by name key
    std::pair<QString, Room *> m_last; ///< that was asked for, by its name key: messages come in groups
    std::vector<Room *> m_touched;
    QSqlQuery m_find;
    QSqlQuery m_add;
    QSqlQuery m_save;
};

} // namespace Parlance
