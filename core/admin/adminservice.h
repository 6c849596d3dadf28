// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"
#include "base/result.h"

#include <QObject>

#include <chrono>
#include <optional>

namespace Parlance {

/// Operating a chat server: what the console, a terminal and the admin routes can do.
///
/// attach() is answered by one snapshot(); from then on changed() follows at most ten times a second and
/// statistics() once a second. Actions return at once with an id; finished() tells their outcome, once
/// each, in the order in which they were asked for.
/// Thread: lives with its user and emits there; implementations bring values across by queued calls.
class AdminService : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AdminService)

public:
    explicit AdminService(QObject *parent = nullptr) : QObject(parent) {}

    /// Whether a server is at the other end.
    virtual bool isAttached() const = 0;

    /// Removes every session of \a user from \a room. Fails with NotFound when nobody of that name is
    /// there. \a reason (plain text, may be empty) is shown to the person and in the log; they may not
    /// come back into that room for \a rejoinAfter; without one for what the server has as its setting
    /// (AdminSnapshot::rejoinAfter).
    virtual ActionId kick(const RoomName &room, const UserName &user, const QString &reason,
                          std::optional<std::chrono::milliseconds> rejoinAfter = {}) = 0;

    /// Shows \a notice to everybody in \a room, or to everybody where the room is null. Only part B
    /// clients see notices. Fails with NotFound for a room that is not active.
    virtual ActionId notice(const Notice &notice, const RoomName &room) = 0;

    /// Sends everybody out of \a room with \a reason. The room may be opened again by the next who joins.
    virtual ActionId closeRoom(const RoomName &room, const QString &reason) = 0;

signals:
    /// True when a server is at the other end; a snapshot() follows. False: everything shown is stale.
    void attachedChanged(bool attached);
    void snapshot(const Parlance::AdminSnapshot &snapshot);
    void changed(const Parlance::AdminBatch &batch);
    void statistics(const Parlance::Statistics &statistics);
    void finished(Parlance::ActionId action, const Parlance::Status &outcome);
};

} // namespace Parlance
