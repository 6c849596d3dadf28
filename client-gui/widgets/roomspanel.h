// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/chat/room.h"

#include <QWidget>

class QLineEdit;
class QListView;
class QToolButton;

namespace Parlance::Client {

class ChatSession;
class PlainLabel;

/// Left of the conversation: the rooms joined, the rooms there are on the server, and a field for a new
/// one. Shows and asks; ChatSession decides.
class RoomsPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RoomsPanel)

public:
    /// \a session must outlive the panel.
    explicit RoomsPanel(ChatSession &session, QWidget *parent = nullptr);

    QListView &joined() const { return *m_joined; }
    QListView &onServer() const { return *m_onServer; }
    QLineEdit &newRoom() const { return *m_newRoom; }
    QToolButton &joinButton() const { return *m_join; }

signals:
    /// The person chose a room, by mouse or keyboard.
    void chosen();
    void leaveRequested(Parlance::Client::Room *room);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void joinSelected();
    void joinTyped();
    void select(Room *room);
    void showJoinedMenu(const QPoint &position);
    void fitJoined();
    void updateHint();

    ChatSession &m_session;
    QListView *m_joined;
    QListView *m_onServer;
    PlainLabel *m_hint;
    QLineEdit *m_newRoom;
    QToolButton *m_join;
    PlainLabel *m_fault;
};

} // namespace Parlance::Client
