// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/messagelogmodel.h"

#include "admin/adminservice.h"

namespace Parlance {

namespace {

LogEntry entryOf(const Message &message)
{
    return {LogEntry::Kind::Message, message.room, message.author, message.content, message.timestamp, 0, message.id,
            message.aftermath && message.aftermath->edited > 0, message.isDeleted()};
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
    m_serials.clear();
    for (const Message &message : snapshot.messages.last(qMin<qsizetype>(snapshot.messages.size(), kMaxRows))) {
        m_serials.insert(message.id, m_firstSerial + quint64(m_entries.size()));
        m_entries.append(entryOf(message));
    }
    endResetModel();
}

void MessageLogModel::apply(const AdminBatch &batch)
{
    append(merged(batch));
    for (const Message &message : batch.changes)
        change(message);
}

void MessageLogModel::append(QList<LogEntry> fresh)
{
    if (fresh.isEmpty())
        return;
    if (fresh.size() > kMaxRows)
        fresh.remove(0, fresh.size() - kMaxRows);
    drop(int(m_entries.size() + fresh.size() - kMaxRows));
    const auto first = int(m_entries.size());
    beginInsertRows({}, first, first + int(fresh.size()) - 1);
    for (qsizetype i = 0; i < fresh.size(); ++i) {
        if (fresh.at(i).kind == LogEntry::Kind::Message)
            m_serials.insert(fresh.at(i).id, m_firstSerial + quint64(first + i));
    }
    m_entries.append(std::move(fresh));
    endInsertRows();
}

/// The oldest lines.
void MessageLogModel::drop(int count)
{
    if (count <= 0)
        return;
    beginRemoveRows({}, 0, count - 1);
    for (int row = 0; row < count; ++row) {
        const auto serial = m_serials.constFind(m_entries.at(row).id);
        if (serial != m_serials.cend() && *serial == m_firstSerial + quint64(row))
            m_serials.erase(serial);
    }
    m_entries.remove(0, count);
    m_firstSerial += quint64(count);
    endRemoveRows();
}

void MessageLogModel::change(const Message &message)
{
    const auto serial = m_serials.constFind(message.change->target);
    if (serial == m_serials.cend())
        return; // too old for this log
    const auto row = int(*serial - m_firstSerial);
    LogEntry &entry = m_entries[row];
    if (message.change->kind == ChangeKind::Deletion) {
        entry.text.clear();
        entry.isDeleted = true;
    } else if (!entry.isDeleted) {
        entry.text = message.content;
        entry.isEdited = true;
    }
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

} // namespace Parlance
