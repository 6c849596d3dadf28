// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actionreporter.h"
#include "admin/admintypes.h"
#include "dialogs/kickdialog.h"

#include <optional>

namespace Parlance {

class RoomTableModel;

/// What the operator can do to people and rooms: asks first, gives the command, tells how it went.
class OperatorActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OperatorActions)

public:
    /// \a window owns the actions and is where the dialogs appear; the others must outlive it.
    OperatorActions(AdminService &admin, const RoomTableModel &rooms, QWidget *window);

    void kick(const QList<Presence> &targets);
    void closeRoom(const RoomInfo &room);
    /// \a room is chosen at first; null: everybody.
    void notice(const RoomName &room);

signals:
    void succeeded(const QString &text);
    void failed(const QString &text);

private:
    void doKick(const QList<Presence> &targets, const QString &reason, std::chrono::milliseconds rejoinAfter);
    void doCloseRoom(const RoomInfo &room, const QString &reason);
    void doNotice(const Notice &notice, const RoomName &room);

    AdminService &m_admin;
    const RoomTableModel &m_rooms;
    QWidget *m_window;
    ActionReporter *m_reporter;
    std::chrono::milliseconds m_rejoinAfter {60'000}; ///< the server's setting
    int m_noticeJob = 0;
    Notice m_sentNotice; ///< of the job m_noticeJob
    std::optional<Notice> m_unsent; ///< could not be sent; the next dialog starts from it
};

} // namespace Parlance
