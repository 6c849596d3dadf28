// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/adminservice.h"

#include <QList>

namespace Parlance {

/// An AdminService that remembers what it was asked for and answers when the test says so.
class FakeAdmin final : public AdminService
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FakeAdmin)

public:
    struct Kick
    {
        ActionId id {};
        RoomName room;
        UserName user;
        QString reason;
        std::optional<std::chrono::milliseconds> rejoinAfter;
    };
    struct SentNotice
    {
        ActionId id {};
        Notice notice;
        RoomName room;
    };
    struct Closing
    {
        ActionId id {};
        RoomName room;
        QString reason;
    };

    explicit FakeAdmin(QObject *parent = nullptr) : AdminService(parent) {}

    bool isAttached() const override { return m_attached; }
    ActionId kick(const RoomName &room, const UserName &user, const QString &reason,
                  std::optional<std::chrono::milliseconds> rejoinAfter) override
    {
        kicks.append({nextId(), room, user, reason, rejoinAfter});
        return kicks.last().id;
    }
    ActionId notice(const Notice &notice, const RoomName &room) override
    {
        notices.append({nextId(), notice, room});
        return notices.last().id;
    }
    ActionId closeRoom(const RoomName &room, const QString &reason) override
    {
        closings.append({nextId(), room, reason});
        return closings.last().id;
    }

    void attach(const AdminSnapshot &first)
    {
        m_attached = true;
        emit attachedChanged(true);
        emit snapshot(first);
    }
    void detach()
    {
        m_attached = false;
        emit attachedChanged(false);
    }

    QList<Kick> kicks;
    QList<SentNotice> notices;
    QList<Closing> closings;

private:
    ActionId nextId() { return ActionId(++m_lastId); }

    bool m_attached = false;
    quint64 m_lastId = 0;
};

} // namespace Parlance
