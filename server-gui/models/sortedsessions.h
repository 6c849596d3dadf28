// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCollator>
#include <QSortFilterProxyModel>

namespace Parlance {

class SessionTableModel;
struct SessionInfo;

/// The sessions as the operator reads them: sorted, filtered and put into words.
class SortedSessions final : public QSortFilterProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SortedSessions)

public:
    /// \a sessions must outlive the proxy.
    explicit SortedSessions(SessionTableModel &sessions, QObject *parent = nullptr);

    /// Shows the sessions whose name, room, address or client contains \a text, whatever its case.
    void setFilterText(const QString &text);
    const QString &filterText() const { return m_filter; }
    /// The session in \a row as it is sorted now.
    const SessionInfo &session(int row) const;

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    QString display(const SessionInfo &session, int column) const;
    /// Below, equal or above 0, by \a column alone.
    int compared(const SessionInfo &a, const SessionInfo &b, int column) const;

    SessionTableModel &m_sessions;
    QCollator m_collator;
    QString m_filter;
};

/// What the client calls itself, in few words: "Firefox 128" for a browser, its own name for a program.
QString clientName(const SessionInfo &session);

} // namespace Parlance
