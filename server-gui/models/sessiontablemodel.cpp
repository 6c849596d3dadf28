// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessiontablemodel.h"

#include "admin/adminservice.h"
#include "models/rowranges.h"

namespace Parlance {

namespace {

/// Everything that sorting and filtering by a column other than the counter depends on.
bool sameButMessages(const SessionInfo &a, const SessionInfo &b)
{
    return a.user.text() == b.user.text() && a.room.text() == b.room.text() && a.kind == b.kind
        && a.agent == b.agent && a.address == b.address && a.since == b.since;
}

} // namespace

SessionTableModel::SessionTableModel(AdminService &admin, QObject *parent) : QAbstractTableModel(parent)
{
    connect(&admin, &AdminService::snapshot, this, &SessionTableModel::reset);
    connect(&admin, &AdminService::changed, this, &SessionTableModel::apply);
}

int SessionTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_sessions.size());
}

int SessionTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SessionTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const SessionInfo &session = m_sessions.at(index.row());
    switch (Column(index.column())) {
    case UserColumn: return session.user.text();
    case RoomColumn: return session.room.text();
    case ClientColumn: return session.agent;
    case AddressColumn: return session.address;
    case SinceColumn: return session.since;
    case MessagesColumn: return session.messages;
    case ColumnCount: break;
    }
    return {};
}

QVariant SessionTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == MessagesColumn)
        return (Qt::AlignRight | Qt::AlignVCenter).toInt();
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case UserColumn: return tr("Name");
    case RoomColumn: return tr("Room");
    case ClientColumn: return tr("Client");
    case AddressColumn: return tr("Address");
    case SinceColumn: return tr("Connected since");
    case MessagesColumn: return tr("Messages");
    case ColumnCount: break;
    }
    return {};
}

Qt::ItemFlags SessionTableModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    // Spares a view the question for each row whether it has children.
    return index.isValid() ? flags | Qt::ItemNeverHasChildren : flags;
}

void SessionTableModel::reset(const AdminSnapshot &snapshot)
{
    beginResetModel();
    m_sessions = snapshot.sessions;
    m_rows.clear();
    for (int row = 0; row < m_sessions.size(); ++row)
        m_rows.insert(m_sessions.at(row).id, row);
    endResetModel();
}

void SessionTableModel::apply(const AdminBatch &batch)
{
    change(batch.sessionsChanged);
    remove(batch.sessionsClosed);
}

void SessionTableModel::change(const QList<SessionInfo> &sessions)
{
    QList<int> counted;
    QList<const SessionInfo *> changed;
    QList<SessionInfo> added;
    for (const SessionInfo &session : sessions) {
        const int row = m_rows.value(session.id, -1);
        if (row < 0) {
            added.append(session);
        } else if (sameButMessages(m_sessions.at(row), session)) {
            m_sessions[row].messages = session.messages;
            counted.append(row);
        } else {
            changed.append(&session);
        }
    }
    // A busy server changes counters only. Saying so spares a view sorted by name the sorting.
    if (!counted.isEmpty()) {
        const RowRange span = spanOf(counted);
        emit dataChanged(index(span.first, MessagesColumn), index(span.last, MessagesColumn), {Qt::DisplayRole});
    }
    QList<int> rows;
    for (const SessionInfo *session : std::as_const(changed)) {
        rows.append(m_rows.value(session->id));
        m_sessions[rows.last()] = *session;
    }
    if (!rows.isEmpty()) {
        const RowRange span = spanOf(rows);
        emit dataChanged(index(span.first, UserColumn), index(span.last, MessagesColumn), {Qt::DisplayRole});
    }
    if (added.isEmpty())
        return;
    const int first = int(m_sessions.size());
    beginInsertRows({}, first, first + int(added.size()) - 1);
    for (const SessionInfo &session : std::as_const(added)) {
        m_rows.insert(session.id, int(m_sessions.size()));
        m_sessions.append(session);
    }
    endInsertRows();
}

void SessionTableModel::remove(const QList<SessionId> &sessions)
{
    QList<int> gone;
    for (const SessionId id : sessions) {
        const auto it = m_rows.constFind(id);
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
        m_sessions.remove(it->first, it->last - it->first + 1);
        endRemoveRows();
    }
    for (int row = ranges.first().first; row < m_sessions.size(); ++row)
        m_rows[m_sessions.at(row).id] = row;
}

} // namespace Parlance
