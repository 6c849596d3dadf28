// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/widgets/words.h"

#include <QIdentityProxyModel>

namespace Parlance::Client {

/// Gives each room of a list the words that a screen reader says: "general, 3 unread messages, 5 people".
class RoomNames final : public QIdentityProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RoomNames)

public:
    /// Roles of the source that hold the figures; -1 where there is none.
    RoomNames(int unreadRole, int peopleRole, QObject *parent)
        : QIdentityProxyModel(parent), m_unreadRole(unreadRole), m_peopleRole(peopleRole)
    {
    }

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role != Qt::AccessibleTextRole)
            return QIdentityProxyModel::data(index, role);
        QStringList parts {index.data().toString()};
        const int unread = m_unreadRole < 0 ? 0 : index.data(m_unreadRole).toInt();
        const int people = m_peopleRole < 0 ? -1 : index.data(m_peopleRole).toInt();
        if (unread > 0)
            parts << Words::unread(unread);
        if (people >= 0)
            parts << Words::people(people);
        return parts.join(QStringLiteral(", "));
    }

private:
    int m_unreadRole;
    int m_peopleRole;
};

} // namespace Parlance::Client
