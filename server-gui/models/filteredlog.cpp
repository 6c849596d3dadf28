// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/filteredlog.h"

#include "models/messagelogmodel.h"
#include "text/format.h"
#include "text/visibletext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

QString logText(const LogEntry &entry)
{
    switch (entry.kind) {
    case LogEntry::Kind::Message:
        if (entry.isDeleted)
            return QCoreApplication::translate("FilteredLog", "deleted");
        if (entry.isEdited)
            return QCoreApplication::translate("FilteredLog", "%1 (edited)").arg(entry.text);
        break;
    case LogEntry::Kind::Joined:
        return QCoreApplication::translate("FilteredLog", "joined");
    case LogEntry::Kind::Left:
        if (entry.text.isEmpty())
            return QCoreApplication::translate("FilteredLog", "left");
        return QCoreApplication::translate("FilteredLog", "left: %1").arg(entry.text);
    case LogEntry::Kind::Skipped:
        if (entry.count == 1)
            return QCoreApplication::translate("FilteredLog", "… 1 message not shown");
        return QCoreApplication::translate("FilteredLog", "… %1 messages not shown").arg(Format::count(entry.count));
    }
    return entry.text;
}

FilteredLog::FilteredLog(MessageLogModel &log, QObject *parent) : QAbstractTableModel(parent), m_log(log)
{
    connect(&log, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { append(first, last); });
    connect(&log, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int, int last) { dropTo(last); });
    connect(&log, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first, const QModelIndex &last) {
        for (int row = first.row(); row <= last.row(); ++row)
            refresh(row);
    });
    connect(&log, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        beginResetModel();
        m_serials.clear();
    });
    connect(&log, &QAbstractItemModel::modelReset, this, [this] {
        rebuild();
        endResetModel();
    });
    rebuild();
}

void FilteredLog::setFilter(const LogFilter &filter)
{
    if (m_filter == filter)
        return;
    beginResetModel();
    m_filter = filter;
    rebuild();
    endResetModel();
}

const LogEntry &FilteredLog::entry(int row) const
{
    return m_log.entry(int(m_serials.at(row) - m_log.firstSerial()));
}

int FilteredLog::rowOf(quint64 serial) const
{
    const auto it = std::lower_bound(m_serials.cbegin(), m_serials.cend(), serial);
    return it != m_serials.cend() && *it == serial ? int(it - m_serials.cbegin()) : -1;
}

QString FilteredLog::quotation(int row) const
{
    const LogEntry &line = entry(row);
    if (line.kind == LogEntry::Kind::Skipped)
        return logText(line);
    return u"%1 [%2] %3: %4"_s.arg(Format::moment(line.timestamp), line.room.text(), line.user.text(), logText(line));
}

int FilteredLog::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_serials.size());
}

int FilteredLog::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : MessageLogModel::ColumnCount;
}

QVariant FilteredLog::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return (Qt::AlignLeft | Qt::AlignVCenter).toInt();
    const LogEntry &line = entry(index.row());
    if (role == Qt::ToolTipRole) {
        return index.column() == MessageLogModel::TimeColumn ? plainToolTip(Format::fullMoment(line.timestamp))
                                                              : QVariant();
    }
    if (role == IsMessageRole)
        return line.kind == LogEntry::Kind::Message && !line.isDeleted;
    if (role != Qt::DisplayRole)
        return {};
    switch (MessageLogModel::Column(index.column())) {
    case MessageLogModel::TimeColumn: return line.timestamp > 0 ? Format::timeOfDay(line.timestamp) : QString();
    case MessageLogModel::RoomColumn: return visibleText(line.room.text());
    case MessageLogModel::UserColumn: return visibleText(line.user.text());
    case MessageLogModel::TextColumn: return visibleText(logText(line));
    case MessageLogModel::ColumnCount: break;
    }
    return {};
}

QVariant FilteredLog::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_log.headerData(section, orientation, role);
}

bool FilteredLog::accepts(const LogEntry &entry) const
{
    if (entry.kind == LogEntry::Kind::Skipped)
        return m_filter.person.isEmpty() && m_filter.text.isEmpty();
    if (entry.kind != LogEntry::Kind::Message && !m_filter.comings)
        return false;
    return (m_filter.room.isNull() || m_filter.room == entry.room)
        && (m_filter.person.isEmpty() || entry.user.text().contains(m_filter.person, Qt::CaseInsensitive))
        && (m_filter.text.isEmpty() || entry.text.contains(m_filter.text, Qt::CaseInsensitive));
}

void FilteredLog::rebuild()
{
    m_serials.clear();
    for (int row = 0; row < m_log.rowCount(); ++row) {
        if (accepts(m_log.entry(row)))
            m_serials.append(m_log.firstSerial() + quint64(row));
    }
}

void FilteredLog::append(int first, int last)
{
    QList<quint64> fresh;
    for (int row = first; row <= last; ++row) {
        if (accepts(m_log.entry(row)))
            fresh.append(m_log.firstSerial() + quint64(row));
    }
    if (fresh.isEmpty())
        return;
    beginInsertRows({}, int(m_serials.size()), int(m_serials.size() + fresh.size()) - 1);
    m_serials.append(std::move(fresh));
    endInsertRows();
}

/// A line says something else now, which the filter may let through or not.
void FilteredLog::refresh(int sourceRow)
{
    const quint64 serial = m_log.firstSerial() + quint64(sourceRow);
    const auto place = int(std::lower_bound(m_serials.cbegin(), m_serials.cend(), serial) - m_serials.cbegin());
    const bool isShown = place < m_serials.size() && m_serials.at(place) == serial;
    const bool isWanted = accepts(m_log.entry(sourceRow));
    if (isShown && isWanted) {
        emit dataChanged(index(place, 0), index(place, MessageLogModel::ColumnCount - 1));
    } else if (isShown) {
        beginRemoveRows({}, place, place);
        m_serials.removeAt(place);
        endRemoveRows();
    } else if (isWanted) {
        beginInsertRows({}, place, place);
        m_serials.insert(place, serial);
        endInsertRows();
    }
}

void FilteredLog::dropTo(int lastSourceRow)
{
    // Before the log forgets them, so that every row of this model can be read at any moment.
    const quint64 last = m_log.firstSerial() + quint64(lastSourceRow);
    const auto end = std::upper_bound(m_serials.cbegin(), m_serials.cend(), last);
    const auto count = int(end - m_serials.cbegin());
    if (count == 0)
        return;
    beginRemoveRows({}, 0, count - 1);
    m_serials.remove(0, count);
    endRemoveRows();
}

} // namespace Parlance
