// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QList>

namespace Parlance::Client {

class Room;

/// The rooms that the person is in, in the order in which they were joined. Does not own them.
class RoomListModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RoomListModel)

public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< QString; also Qt::DisplayRole
        UnreadRole, ///< int
        PeopleRole, ///< int
        LinkRole, ///< int of Parlance::Link
    };

    explicit RoomListModel(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// \a room must stay until remove().
    void add(Room *room);
    void remove(Room *room);

    Room *room(int row) const;
    int rowOf(const Room *room) const { return int(m_rooms.indexOf(room)); }
    const QList<Room *> &rooms() const { return m_rooms; }
    /// Of all rooms together.
    int unread() const;

private:
    QList<Room *> m_rooms;
};

} // namespace Parlance::Client
