// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/serverroomsmodel.h"

#include <algorithm>

namespace Parlance::Client {

namespace {

bool byName(const ServerRoom &a, const ServerRoom &b)
{
    const int order = QString::compare(a.name, b.name, Qt::CaseInsensitive);
    return order != 0 ? order < 0 : a.name < b.name;
}

} // namespace

int ServerRoomsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ServerRoomsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ServerRoom &room = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return room.name;
    case PeopleRole: return room.people;
    default: return {};
    }
}

QHash<int, QByteArray> ServerRoomsModel::roleNames() const
{
    return {{NameRole, "name"}, {PeopleRole, "people"}};
}

void ServerRoomsModel::setRooms(const QList<ServerRoom> &rooms)
{
    m_all = rooms.mid(0, kMaxRooms);
    std::sort(m_all.begin(), m_all.end(), byName);
    const auto same = [](const ServerRoom &a, const ServerRoom &b) { return a.name == b.name; };
    m_all.erase(std::unique(m_all.begin(), m_all.end(), same), m_all.end());
    update();
}

void ServerRoomsModel::setJoined(const QStringList &names)
{
    m_joined = names;
    update();
}

/// Both lists are sorted: one walk finds what to remove, insert and change.
void ServerRoomsModel::update()
{
    QList<ServerRoom> wanted;
    for (const ServerRoom &room : m_all) {
        if (!m_joined.contains(room.name, Qt::CaseInsensitive))
            wanted.append(room);
    }
    qsizetype row = 0;
    for (const ServerRoom &room : wanted) {
        while (row < m_rows.size() && byName(m_rows.at(row), room)) {
            beginRemoveRows({}, int(row), int(row));
            m_rows.removeAt(row);
            endRemoveRows();
        }
        if (row < m_rows.size() && m_rows.at(row).name == room.name) {
            if (m_rows.at(row) != room) {
                m_rows[row] = room;
                emit dataChanged(index(int(row)), index(int(row)));
            }
        } else {
            beginInsertRows({}, int(row), int(row));
            m_rows.insert(row, room);
            endInsertRows();
        }
        ++row;
    }
    if (row < m_rows.size()) {
        beginRemoveRows({}, int(row), int(m_rows.size()) - 1);
        m_rows.resize(row);
        endRemoveRows();
    }
}

} // namespace Parlance::Client
