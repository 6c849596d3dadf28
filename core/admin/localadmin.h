// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/adminservice.h"

#include <QSet>

namespace Parlance {

class AdminFeed;

/// The AdminService of a server in the same process.
///
/// Thread: lives with its user, usually the GUI; the feed lives in the hub. All that crosses are values in
/// queued calls. Survives stops and starts of the server: bind() and unbind() say which feed is there.
class LocalAdmin final : public AdminService
{
    Q_OBJECT

public:
    explicit LocalAdmin(QObject *parent = nullptr);
    ~LocalAdmin() override;

    /// \a feed lives in another thread or this one, and must outlive the binding.
    void bind(AdminFeed *feed);
    /// Call before the feed goes. Actions without an outcome fail with Unavailable.
    void unbind();

    bool isAttached() const override { return m_feed != nullptr; }
    ActionId kick(const RoomName &room, const UserName &user, const QString &reason,
                  std::optional<std::chrono::milliseconds> rejoinAfter) override;
    ActionId notice(const Notice &notice, const RoomName &room) override;
    ActionId closeRoom(const RoomName &room, const QString &reason) override;

private:
    template <typename Action>
    ActionId perform(Action action);
    void finish(ActionId id, const Status &outcome);

    AdminFeed *m_feed = nullptr;
    QObject *m_binding = nullptr; ///< context of one binding's connections: what a former feed still sends is dropped
    QSet<ActionId> m_waiting;
    quint64 m_lastAction = 0;
};

} // namespace Parlance
