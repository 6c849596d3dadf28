// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/roomlistmodel.h"

#include "client-gui/chat/room.h"

namespace Parlance::Client {

int RoomListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rooms.size());
}

QVariant RoomListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    Room *room = m_rooms.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return room->name();
    case UnreadRole: return room->unread();
    case PeopleRole: return room->people().count();
    case LinkRole: return int(room->connection().state().link);
    default: return {};
    }
}

QHash<int, QByteArray> RoomListModel::roleNames() const
{
    return {{NameRole, "name"}, {UnreadRole, "unread"}, {PeopleRole, "people"}, {LinkRole, "link"}};
}

void RoomListModel::add(Room *room)
{
    if (m_rooms.contains(room))
        return;
    beginInsertRows({}, int(m_rooms.size()), int(m_rooms.size()));
    m_rooms.append(room);
    endInsertRows();
    connect(room, &Room::changed, this, [this, room] {
        const int row = rowOf(room);
        if (row >= 0)
            emit dataChanged(index(row), index(row));
    });
}

void RoomListModel::remove(Room *room)
{
    const int row = rowOf(room);
    if (row < 0)
        return;
    room->disconnect(this);
    beginRemoveRows({}, row, row);
    m_rooms.removeAt(row);
    endRemoveRows();
}

Room *RoomListModel::room(int row) const
{
    return m_rooms.value(row, nullptr);
}

int RoomListModel::unread() const
{
    int sum = 0;
    for (const Room *room : m_rooms)
        sum += room->unread();
    return sum;
}

} // namespace Parlance::Client
