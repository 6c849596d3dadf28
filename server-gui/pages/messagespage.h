// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialogs/kickdialog.h"
#include "pages/consolepage.h"

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;

namespace Parlance {

class EmptyHint;
class FilteredLog;
class LogDelegate;
class LogView;
class MessageLogModel;
class RoomChooser;
class RoomTableModel;

/// What is being said, as it is said, and the whole of one message below.
class MessagesPage final : public ConsolePage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessagesPage)

public:
    /// Both models must outlive the page.
    MessagesPage(MessageLogModel &log, const RoomTableModel &rooms, QWidget *parent = nullptr);

    LogView &view() const { return *m_view; }
    FilteredLog &log() const { return *m_log; }
    /// Shows the messages of \a room alone, of all rooms where it is null.
    void setRoom(const RoomName &room);

    void setLive(bool live) override;
    QString filterHint() const override;
    QString filterText() const override;
    void setFilterText(const QString &text) override;

signals:
    void kickRequested(const QList<Parlance::Presence> &targets);

private:
    void applyFilter();
    void copySelected() const;
    void showDetails();
    void openMenu(const QPoint &where);
    void refreshHint();

    FilteredLog *m_log;
    LogView *m_view;
    LogDelegate *m_delegate;
    EmptyHint *m_hint;
    RoomChooser *m_room;
    QLineEdit *m_person;
    QCheckBox *m_comings;
    QPlainTextEdit *m_details;
    QString m_text;
    bool m_live = false;
};

} // namespace Parlance
