// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace Parlance::Client {

class ElidedLabel;
class Room;

/// Above everything: the room's name, how many are there, how the connection is, and the two buttons that
/// show and hide the lists.
class TopBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TopBar)

public:
    explicit TopBar(QWidget *parent = nullptr);

    /// Null: no room. The room must outlive its stay here. \a encrypted: whether the way to the server is.
    void setRoom(Room *room, bool encrypted);
    QToolButton &roomsButton() const { return *m_roomsButton; }
    QToolButton &peopleButton() const { return *m_peopleButton; }
    /// Unread messages in other rooms, shown at the rooms button where the list is hidden.
    void setUnreadElsewhere(int unread);
    QString subtitle() const;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void update();

    QToolButton *m_roomsButton;
    QToolButton *m_peopleButton;
    ElidedLabel *m_title;
    ElidedLabel *m_subtitle;
    Room *m_room = nullptr;
    bool m_encrypted = false;
    int m_unread = 0;
};

} // namespace Parlance::Client
