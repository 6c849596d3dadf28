// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"
#include "dialogs/kickdialog.h"
#include "pages/consolepage.h"

class QPushButton;

namespace Parlance {

class EmptyHint;
class PlainLabel;
class RowDelegate;
class SessionTableModel;
class SortedSessions;
class TableView;

/// Everybody who is connected, a row per window, and what can be done with them.
class SessionsPage final : public ConsolePage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionsPage)

public:
    /// \a sessions must outlive the page.
    explicit SessionsPage(SessionTableModel &sessions, QWidget *parent = nullptr);

    TableView &view() const { return *m_view; }

    void setLive(bool live) override;
    QString filterHint() const override;
    QString filterText() const override;
    void setFilterText(const QString &text) override;

signals:
    /// \a targets has no doubles: two windows of one person in one room are one.
    void kickRequested(const QList<Parlance::Presence> &targets);

private:
    QList<Presence> targets() const;
    void copyAsCsv() const;
    void refresh();
    void openMenu(const QPoint &where);

    SortedSessions *m_sorted;
    TableView *m_view;
    RowDelegate *m_delegate;
    EmptyHint *m_hint;
    QPushButton *m_kick;
    QPushButton *m_copy;
    PlainLabel *m_count;
    bool m_live = false;
};

} // namespace Parlance
