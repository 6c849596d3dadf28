// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/names.h"

#include <QAbstractTableModel>

namespace Parlance {

class MessageLogModel;
struct LogEntry;

/// Which lines of the log are shown. An empty member does not restrict.
struct LogFilter
{
    RoomName room;
    QString person; ///< part of the name, whatever its case
    QString text; ///< part of what was written, whatever its case
    bool comings = false; ///< joins and leaves too

    friend bool operator==(const LogFilter &, const LogFilter &) = default;
};

/// The lines of the log that pass a filter, put into words.
///
/// Not a QSortFilterProxyModel: since the log only grows at the end and shrinks at the top, a list of serial
/// numbers maps the rows, and a new filter is one reset where the other would send thousands of removals.
class FilteredLog final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilteredLog)

public:
    enum Role {
        IsMessageRole = Qt::UserRole, ///< bool: the line shows what somebody wrote; false: what happened
    };

    /// \a log must outlive this model.
    explicit FilteredLog(MessageLogModel &log, QObject *parent = nullptr);

    void setFilter(const LogFilter &filter);
    const LogFilter &filter() const { return m_filter; }

    const LogEntry &entry(int row) const;
    /// What stays with the line in \a row as others come and go.
    quint64 serial(int row) const { return m_serials.at(row); }
    /// The row of a line, -1 where it is filtered out or gone.
    int rowOf(quint64 serial) const;
    /// The line as one would quote it elsewhere: time, room, person and the whole text.
    QString quotation(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    bool accepts(const LogEntry &entry) const;
    void rebuild();
    void append(int first, int last);
    void dropTo(int lastSourceRow);
    void refresh(int sourceRow);

    MessageLogModel &m_log;
    LogFilter m_filter;
    QList<quint64> m_serials; ///< ascending
};

/// The text of a line of the log, whole: what was written, or what happened.
QString logText(const LogEntry &entry);

} // namespace Parlance
