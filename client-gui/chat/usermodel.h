// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QCollator>
#include <QStringList>

namespace Parlance::Client {

/// The people in one room, sorted as the person's language sorts. Bound: kMaxPeople names; count() goes on.
class UserModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UserModel)

public:
    static constexpr int kMaxPeople = 10'000;

    enum Role {
        NameRole = Qt::UserRole + 1, ///< QString; also Qt::DisplayRole
        OwnRole, ///< bool: the person at this desk
    };

    explicit UserModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    void reset(const QStringList &names, const QString &ownName);
    void add(const QString &name);
    void remove(const QString &name);
    /// What the server counted, where it counts (`presence`). Joins and leaves go on from there.
    void setServerCount(int count);

    /// People in the room: the rows, and those whom the server counted without naming them.
    int count() const { return int(m_names.size()) + m_unnamed; }
    const QStringList &names() const { return m_names; }

signals:
    void countChanged(int count);

private:
    QStringList::const_iterator position(const QString &name) const;

    QCollator m_collator;
    QStringList m_names;
    QString m_ownName;
    int m_unnamed = 0;
};

} // namespace Parlance::Client
