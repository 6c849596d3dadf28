// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"

#include <QAbstractTableModel>
#include <QHash>

namespace Parlance {

class AdminService;

/// The sessions of a server, raw: a row each, in the order in which they came.
///
/// Fed by an AdminService, which must outlive it. Thread: the GUI thread. Never formats or sorts.
class SessionTableModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionTableModel)

public:
    enum Column { UserColumn, RoomColumn, ClientColumn, AddressColumn, SinceColumn, MessagesColumn, ColumnCount };

    explicit SessionTableModel(AdminService &admin, QObject *parent = nullptr);

    const SessionInfo &session(int row) const { return m_sessions.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    /// Display: the raw value; times in milliseconds since the Unix epoch.
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    void reset(const AdminSnapshot &snapshot);
    void apply(const AdminBatch &batch);
    void change(const QList<SessionInfo> &sessions);
    void remove(const QList<SessionId> &sessions);

    QList<SessionInfo> m_sessions;
    QHash<SessionId, int> m_rows;
};

} // namespace Parlance
