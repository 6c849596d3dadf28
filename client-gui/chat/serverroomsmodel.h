// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QList>
#include <QStringList>

namespace Parlance::Client {

/// A room as GET /api/rooms tells of it.
struct ServerRoom
{
    QString name;
    int people = -1; ///< -1: the server does not say

    friend bool operator==(const ServerRoom &, const ServerRoom &) = default;
};

/// The server's active rooms that the person is not in, by name. Bound: kMaxRooms.
class ServerRoomsModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServerRoomsModel)

public:
    static constexpr int kMaxRooms = 2000;

    enum Role {
        NameRole = Qt::UserRole + 1, ///< QString; also Qt::DisplayRole
        PeopleRole, ///< int; -1 where it is not known
    };

    explicit ServerRoomsModel(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// All rooms of the server. Rows that stay keep their place and selection.
    void setRooms(const QList<ServerRoom> &rooms);
    /// Names of the rooms to leave out.
    void setJoined(const QStringList &names);

private:
    void update();

    QList<ServerRoom> m_all;
    QList<ServerRoom> m_rows;
    QStringList m_joined;
};

} // namespace Parlance::Client

Q_DECLARE_METATYPE(Parlance::Client::ServerRoom)
