// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;

namespace Parlance::Client {

class PlainLabel;
class Room;
class UserModel;

/// Right of the conversation: who is in the room, with a filter.
class PeoplePanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PeoplePanel)

public:
    explicit PeoplePanel(QWidget *parent = nullptr);

    /// Null empties the panel. The room must outlive its stay here.
    void setRoom(Room *room);
    QLineEdit &filter() const { return *m_filter; }
    QListView &list() const { return *m_list; }

signals:
    /// A person was chosen, to be spoken to.
    void personChosen(const QString &name);

private:
    void updateHeading();

    PlainLabel *m_heading;
    QLineEdit *m_filter;
    QListView *m_list;
    QSortFilterProxyModel *m_filtered;
    UserModel *m_people = nullptr;
};

} // namespace Parlance::Client
