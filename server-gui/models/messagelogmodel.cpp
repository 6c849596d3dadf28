// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messagelogmodel.h"

#include "admin/adminservice.h"

namespace Parlance {

namespace {

LogEntry entryOf(const Message &message)
{
    return {LogEntry::Kind::Message, message.room, message.author, message.content, message.timestamp, 0};
}

LogEntry entryOf(const Coming &coming)
{
    return {coming.joined ? LogEntry::Kind::Joined : LogEntry::Kind::Left, coming.room, coming.user, coming.reason,
            coming.timestamp, 0};
}

/// Messages and comings of one batch by time; of the same moment a coming stands first, since who speaks
/// has come.
QList<LogEntry> merged(const AdminBatch &batch)
{
    QList<LogEntry> entries;
    entries.reserve(batch.messages.size() + batch.comings.size() + 1);
    if (batch.messagesSkipped > 0) {
        const qint64 when = batch.messages.isEmpty() ? 0 : batch.messages.first().timestamp;
        entries.append({LogEntry::Kind::Skipped, {}, {}, {}, when, batch.messagesSkipped});
    }
    auto coming = batch.comings.cbegin();
    for (const Message &message : batch.messages) {
        for (; coming != batch.comings.cend() && coming->timestamp <= message.timestamp; ++coming)
            entries.append(entryOf(*coming));
        entries.append(entryOf(message));
    }
    for (; coming != batch.comings.cend(); ++coming)
        entries.append(entryOf(*coming));
    return entries;
}

} // namespace

MessageLogModel::MessageLogModel(AdminService &admin, QObject *parent) : QAbstractTableModel(parent)
{
    connect(&admin, &AdminService::snapshot, this, &MessageLogModel::reset);
    connect(&admin, &AdminService::changed, this, &MessageLogModel::apply);
}

int MessageLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int MessageLogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MessageLogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const LogEntry &entry = m_entries.at(index.row());
    switch (Column(index.column())) {
    case TimeColumn: return entry.timestamp;
    case RoomColumn: return entry.room.text();
    case UserColumn: return entry.user.text();
    case TextColumn: return entry.kind == LogEntry::Kind::Skipped ? QVariant(entry.count) : QVariant(entry.text);
    case ColumnCount: break;
    }
    return {};
}

QVariant MessageLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case TimeColumn: return tr("Time");
    case RoomColumn: return tr("Room");
    case UserColumn: return tr("Person");
    case TextColumn: return tr("Message");
    case ColumnCount: break;
    }
    return {};
}

void MessageLogModel::reset(const AdminSnapshot &snapshot)
{
    beginResetModel();
    m_firstSerial += quint64(m_entries.size());
    m_entries.clear();
    for (const Message &message : snapshot.messages.last(qMin<qsizetype>(snapshot.messages.size(), kMaxRows)))
        m_entries.append(entryOf(message));
    endResetModel();
}

void MessageLogModel::apply(const AdminBatch &batch)
{
    QList<LogEntry> fresh = merged(batch);
    if (fresh.isEmpty())
        return;
    if (fresh.size() > kMaxRows)
        fresh.remove(0, fresh.size() - kMaxRows);
    const auto surplus = int(m_entries.size() + fresh.size() - kMaxRows);
    if (surplus > 0) {
        beginRemoveRows({}, 0, surplus - 1);
        m_entries.remove(0, surplus);
        m_firstSerial += quint64(surplus);
        endRemoveRows();
    }
    const auto first = int(m_entries.size());
    beginInsertRows({}, first, first + int(fresh.size()) - 1);
    m_entries.append(std::move(fresh));
    endInsertRows();
}

} // namespace Parlance
