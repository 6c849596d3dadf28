// SPDX-License-Identifier: GPL-3.0-or-later
#include "operatoractions.h"

#include "admin/adminservice.h"
#include "dialogs/noticedialog.h"
#include "models/roomtablemodel.h"
#include "text/format.h"
#include "text/visibletext.h"

using namespace Qt::StringLiterals;

namespace Parlance {

OperatorActions::OperatorActions(AdminService &admin, const RoomTableModel &rooms, QWidget *window)
    : QObject(window), m_admin(admin), m_rooms(rooms), m_window(window), m_reporter(new ActionReporter(admin, this))
{
    connect(&m_admin, &AdminService::snapshot, this,
            [this](const AdminSnapshot &snapshot) { m_rejoinAfter = snapshot.rejoinAfter; });
    connect(m_reporter, &ActionReporter::succeeded, this, [this](int, const QString &text) { emit succeeded(text); });
    connect(m_reporter, &ActionReporter::failed, this, [this](int job, const QString &text) {
        if (job == m_noticeJob)
            m_unsent = m_sentNotice;
        emit failed(text);
    });
}

void OperatorActions::kick(const QList<Presence> &targets)
{
    if (targets.isEmpty())
        return;
    auto *dialog = new KickDialog(targets, m_rejoinAfter, m_window);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, targets] { doKick(targets, dialog->reason(), dialog->rejoinAfter()); });
    dialog->open();
}

void OperatorActions::doKick(const QList<Presence> &targets, const QString &reason, std::chrono::milliseconds rejoinAfter)
{
    QList<ActionReporter::Part> parts;
    for (const Presence &target : targets)
        parts.append({m_admin.kick(target.room, target.user, reason, rejoinAfter), quoted(target.user.text())});
    if (targets.size() == 1) {
        const QString user = quoted(targets.first().user.text());
        const QString room = quoted(targets.first().room.text());
        parts.first().subject.clear();
        m_reporter->watch(parts, {tr("%1 was removed from %2.").arg(user, room),
                                  tr("%1 was not removed from %2.").arg(user, room),
                                  tr("Nobody of that name is there any more.")});
        return;
    }
    m_reporter->watch(parts, {tr("Removed: %1.").arg(Format::people(int(targets.size()))), tr("Not all were removed."),
                              tr("not there any more.")});
}

void OperatorActions::closeRoom(const RoomInfo &room)
{
    ReasonDialog::Texts texts;
    texts.title = tr("Close Room");
    texts.question = tr("Close the room %1?").arg(quoted(room.name.text()));
    texts.details = tr("Sent out: %1. The room opens again for the next who joins.").arg(Format::people(room.users));
    texts.action = tr("&Close Room");
    auto *dialog = new ReasonDialog(texts, {tr("The meeting is over"), tr("Please go on in another room")}, m_window);
    connect(dialog, &QDialog::accepted, this, [this, dialog, room] { doCloseRoom(room, dialog->reason()); });
    dialog->open();
}

void OperatorActions::doCloseRoom(const RoomInfo &room, const QString &reason)
{
    const QString name = quoted(room.name.text());
    m_reporter->watch({{m_admin.closeRoom(room.name, reason), {}}},
                      {tr("The room %1 was closed.").arg(name), tr("The room %1 was not closed.").arg(name),
                       tr("It is not open any more.")});
}

void OperatorActions::notice(const RoomName &room)
{
    auto *dialog = new NoticeDialog(m_rooms, m_window);
    dialog->setRoom(room);
    if (m_unsent)
        dialog->setNotice(*m_unsent);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { doNotice(dialog->notice(), dialog->room()); });
    dialog->open();
}

void OperatorActions::doNotice(const Notice &notice, const RoomName &room)
{
    m_unsent.reset();
    m_sentNotice = notice;
    const QString done = room.isNull() ? tr("The notice was sent to everybody.")
                                       : tr("The notice was sent to %1.").arg(quoted(room.text()));
    m_noticeJob = m_reporter->watch({{m_admin.notice(notice, room), {}}},
                                    {done, tr("The notice was not sent; its text is kept."),
                                     tr("The room is not open any more.")});
}

} // namespace Parlance
