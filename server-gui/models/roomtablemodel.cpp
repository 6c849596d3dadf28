// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/roomtablemodel.h"

#include "admin/adminservice.h"
#include "models/rowranges.h"

namespace Parlance {

RoomTableModel::RoomTableModel(AdminService &admin, QObject *parent) : QAbstractTableModel(parent)
{
    connect(&admin, &AdminService::snapshot, this, &RoomTableModel::reset);
    connect(&admin, &AdminService::changed, this, &RoomTableModel::apply);
}

int RoomTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rooms.size());
}

int RoomTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RoomTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const RoomInfo &room = m_rooms.at(index.row());
    switch (Column(index.column())) {
    case NameColumn: return room.name.text();
    case PeopleColumn: return room.users;
    case MessagesColumn: return room.messages;
    case ActivityColumn: return room.lastActivity;
    case ColumnCount: break;
    }
    return {};
}

QVariant RoomTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section != NameColumn)
        return (Qt::AlignRight | Qt::AlignVCenter).toInt();
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case NameColumn: return tr("Room");
    case PeopleColumn: return tr("People");
    case MessagesColumn: return tr("Messages");
    case ActivityColumn: return tr("Last activity");
    case ColumnCount: break;
    }
    return {};
}

Qt::ItemFlags RoomTableModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    // Spares a view the question for each row whether it has children.
    return index.isValid() ? flags | Qt::ItemNeverHasChildren : flags;
}

void RoomTableModel::reset(const AdminSnapshot &snapshot)
{
    beginResetModel();
    m_rooms = snapshot.rooms;
    m_rows.clear();
    m_people = 0;
    for (int row = 0; row < m_rooms.size(); ++row) {
        m_rows.insert(m_rooms.at(row).name, row);
        m_people += m_rooms.at(row).users;
    }
    endResetModel();
}

void RoomTableModel::apply(const AdminBatch &batch)
{
    change(batch.roomsChanged);
    remove(batch.roomsClosed);
}

void RoomTableModel::change(const QList<RoomInfo> &rooms)
{
    QList<int> changed;
    QList<RoomInfo> added;
    for (const RoomInfo &room : rooms) {
        const int row = rowOf(room.name);
        if (row < 0) {
            added.append(room);
            continue;
        }
        m_people += room.users - m_rooms.at(row).users;
        m_rooms[row] = room;
        changed.append(row);
    }
    if (!changed.isEmpty()) {
        const RowRange span = spanOf(changed);
        emit dataChanged(index(span.first, NameColumn), index(span.last, ActivityColumn), {Qt::DisplayRole});
    }
    if (added.isEmpty())
        return;
    const int first = int(m_rooms.size());
    beginInsertRows({}, first, first + int(added.size()) - 1);
    for (const RoomInfo &room : std::as_const(added)) {
        m_rows.insert(room.name, int(m_rooms.size()));
        m_rooms.append(room);
        m_people += room.users;
    }
    endInsertRows();
}

void RoomTableModel::remove(const QList<RoomName> &rooms)
{
    QList<int> gone;
    for (const RoomName &room : rooms) {
        const auto it = m_rows.constFind(room);
        if (it == m_rows.constEnd())
            continue;
        gone.append(*it);
        m_rows.erase(it);
    }
    if (gone.isEmpty())
        return;
    const QList<RowRange> ranges = mergedRows(std::move(gone));
    for (auto it = ranges.crbegin(); it != ranges.crend(); ++it) {
        beginRemoveRows({}, it->first, it->last);
        for (int row = it->first; row <= it->last; ++row)
            m_people -= m_rooms.at(row).users;
        m_rooms.remove(it->first, it->last - it->first + 1);
        endRemoveRows();
    }
    for (int row = ranges.first().first; row < m_rooms.size(); ++row)
        m_rows[m_rooms.at(row).name] = row;
}

} // namespace Parlance
