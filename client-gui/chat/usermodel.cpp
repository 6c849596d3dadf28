// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/usermodel.h"

#include <algorithm>

namespace Parlance::Client {

UserModel::UserModel(QObject *parent) : QAbstractListModel(parent)
{
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_collator.setNumericMode(true);
}

int UserModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_names.size());
}

QVariant UserModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const QString &name = m_names.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return name;
    case OwnRole: return name == m_ownName;
    default: return {};
    }
}

QHash<int, QByteArray> UserModel::roleNames() const
{
    return {{NameRole, "name"}, {OwnRole, "own"}};
}

void UserModel::reset(const QStringList &names, const QString &ownName)
{
    beginResetModel();
    m_ownName = ownName;
    m_unnamed = 0;
    m_names = names.mid(0, kMaxPeople);
    if (!ownName.isEmpty() && !m_names.contains(ownName))
        m_names.append(ownName);
    std::sort(m_names.begin(), m_names.end(), [this](const QString &a, const QString &b) {
        const int order = m_collator.compare(a, b);
        return order != 0 ? order < 0 : a < b;
    });
    m_names.erase(std::unique(m_names.begin(), m_names.end()), m_names.end());
    endResetModel();
    emit countChanged(count());
}

QStringList::const_iterator UserModel::position(const QString &name) const
{
    return std::lower_bound(m_names.cbegin(), m_names.cend(), name, [this](const QString &a, const QString &b) {
        const int order = m_collator.compare(a, b);
        return order != 0 ? order < 0 : a < b;
    });
}

void UserModel::add(const QString &name)
{
    const auto it = position(name);
    if (name.isEmpty() || m_names.size() >= kMaxPeople || (it != m_names.cend() && *it == name))
        return;
    const int row = int(it - m_names.cbegin());
    beginInsertRows({}, row, row);
    m_names.insert(row, name);
    endInsertRows();
    emit countChanged(count());
}

void UserModel::remove(const QString &name)
{
    const auto it = position(name);
    if (it == m_names.cend() || *it != name)
        return;
    const int row = int(it - m_names.cbegin());
    beginRemoveRows({}, row, row);
    m_names.removeAt(row);
    endRemoveRows();
    emit countChanged(count());
}

void UserModel::setServerCount(int count)
{
    const int unnamed = std::max(0, count - int(m_names.size()));
    if (m_unnamed == unnamed)
        return;
    m_unnamed = unnamed;
    emit countChanged(this->count());
}

} // namespace Parlance::Client
