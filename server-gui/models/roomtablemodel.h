// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"

#include <QAbstractTableModel>
#include <QHash>

namespace Parlance {

class AdminService;

/// The active rooms of a server, raw: a row each, in the order in which they came.
///
/// Fed by an AdminService, which must outlive it. Thread: the GUI thread. Never formats or sorts.
class RoomTableModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RoomTableModel)

public:
    enum Column { NameColumn, PeopleColumn, MessagesColumn, ActivityColumn, ColumnCount };

    explicit RoomTableModel(AdminService &admin, QObject *parent = nullptr);

    const RoomInfo &room(int row) const { return m_rooms.at(row); }
    /// The row of \a room, -1 where there is none.
    int rowOf(const RoomName &room) const { return m_rows.value(room, -1); }
    /// In all rooms together; somebody in two rooms counts twice.
    int peopleCount() const { return m_people; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    /// Display: the raw value; times in milliseconds since the Unix epoch.
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    void reset(const AdminSnapshot &snapshot);
    void apply(const AdminBatch &batch);
    void change(const QList<RoomInfo> &rooms);
    void remove(const QList<RoomName> &rooms);

    QList<RoomInfo> m_rooms;
    QHash<RoomName, int> m_rows;
    int m_people = 0;
};

} // namespace Parlance
