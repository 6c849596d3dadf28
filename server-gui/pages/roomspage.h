// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"
#include "pages/consolepage.h"

class QPushButton;

namespace Parlance {

class EmptyHint;
class PlainLabel;
class RoomTableModel;
class RowDelegate;
class SortedRooms;
class TableView;

/// The active rooms, and what can be done with one.
class RoomsPage final : public ConsolePage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RoomsPage)

public:
    /// \a rooms must outlive the page.
    explicit RoomsPage(RoomTableModel &rooms, QWidget *parent = nullptr);

    TableView &view() const { return *m_view; }

    void setLive(bool live) override;
    QString filterHint() const override;
    QString filterText() const override;
    void setFilterText(const QString &text) override;

signals:
    void messagesRequested(const Parlance::RoomName &room);
    void noticeRequested(const Parlance::RoomName &room);
    void closeRequested(const Parlance::RoomInfo &room);

private:
    /// The only selected room, null where there is none.
    const RoomInfo *selected() const;
    void refresh();
    void openMenu(const QPoint &where);

    SortedRooms *m_sorted;
    TableView *m_view;
    RowDelegate *m_delegate;
    EmptyHint *m_hint;
    QPushButton *m_messages;
    QPushButton *m_notice;
    QPushButton *m_close;
    PlainLabel *m_count;
    bool m_live = false;
};

} // namespace Parlance
