// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sortedrooms.h"

#include "models/roomtablemodel.h"
#include "text/format.h"
#include "text/namecollator.h"
#include "text/visibletext.h"

namespace Parlance {

SortedRooms::SortedRooms(RoomTableModel &rooms, QObject *parent) : QSortFilterProxyModel(parent), m_rooms(rooms),
      m_collator(nameCollator())
{
    setSourceModel(&rooms);
    sort(RoomTableModel::NameColumn);
}

void SortedRooms::setFilterText(const QString &text)
{
    if (m_filter == text)
        return;
    m_filter = text;
    invalidateFilter();
}

const RoomInfo &SortedRooms::room(int row) const
{
    return m_rooms.room(mapToSource(index(row, 0)).row());
}

QVariant SortedRooms::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return display(room(index.row()), index.column());
    case Qt::ToolTipRole:
        if (index.column() == RoomTableModel::ActivityColumn)
            return plainToolTip(Format::fullMoment(room(index.row()).lastActivity));
        return plainToolTip(display(room(index.row()), index.column()));
    case Qt::TextAlignmentRole:
        return ((index.column() == RoomTableModel::NameColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter).toInt();
    default:
        return QSortFilterProxyModel::data(index, role);
    }
}

QString SortedRooms::display(const RoomInfo &room, int column) const
{
    switch (RoomTableModel::Column(column)) {
    case RoomTableModel::NameColumn: return visibleText(room.name.text());
    case RoomTableModel::PeopleColumn: return Format::count(quint64(qMax(0, room.users)));
    case RoomTableModel::MessagesColumn: return Format::count(room.messages);
    case RoomTableModel::ActivityColumn: return Format::moment(room.lastActivity);
    case RoomTableModel::ColumnCount: break;
    }
    return {};
}

bool SortedRooms::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const RoomInfo &a = m_rooms.room(left.row());
    const RoomInfo &b = m_rooms.room(right.row());
    switch (RoomTableModel::Column(left.column())) {
    case RoomTableModel::PeopleColumn:
        if (a.users != b.users)
            return a.users < b.users;
        break;
    case RoomTableModel::MessagesColumn:
        if (a.messages != b.messages)
            return a.messages < b.messages;
        break;
    case RoomTableModel::ActivityColumn:
        if (a.lastActivity != b.lastActivity)
            return a.lastActivity < b.lastActivity;
        break;
    case RoomTableModel::NameColumn:
    case RoomTableModel::ColumnCount:
        break;
    }
    return m_collator.compare(a.name.text(), b.name.text()) < 0;
}

bool SortedRooms::filterAcceptsRow(int sourceRow, const QModelIndex &) const
{
    return m_filter.isEmpty() || m_rooms.room(sourceRow).name.text().contains(m_filter, Qt::CaseInsensitive);
}

} // namespace Parlance
