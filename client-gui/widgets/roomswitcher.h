// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;

namespace Parlance::Client {

class ChatSession;

/// Ctrl+K: type a part of a room's name, Enter goes there; a name that is no room yet is joined.
class RoomSwitcher final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RoomSwitcher)

public:
    /// \a session must outlive the dialog.
    explicit RoomSwitcher(ChatSession &session, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);
    void go();

    ChatSession &m_session;
    QLineEdit *m_text;
    QListView *m_list;
    QSortFilterProxyModel *m_filtered;
};

} // namespace Parlance::Client
