// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCollator>
#include <QSortFilterProxyModel>

namespace Parlance {

class RoomTableModel;
struct RoomInfo;

/// The rooms as the operator reads them: sorted, filtered by name and put into words.
class SortedRooms final : public QSortFilterProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SortedRooms)

public:
    /// \a rooms must outlive the proxy.
    explicit SortedRooms(RoomTableModel &rooms, QObject *parent = nullptr);

    /// Shows the rooms whose name contains \a text, whatever its case.
    void setFilterText(const QString &text);
    const QString &filterText() const { return m_filter; }
    /// The room in \a row as it is sorted now.
    const RoomInfo &room(int row) const;

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    QString display(const RoomInfo &room, int column) const;

    RoomTableModel &m_rooms;
    QCollator m_collator;
    QString m_filter;
};

} // namespace Parlance
