// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"
#include "admin/servercontrol.h"

#include <QMainWindow>

class QLineEdit;
class QListWidget;
class QSettings;
class QStackedWidget;

namespace Parlance {

class AdminService;
class ConsolePage;
class ConsoleStatusBar;
class MessageBar;
class MessageLogModel;
class MessagesPage;
class OperatorActions;
class OverviewPage;
class RoomsPage;
class RoomTableModel;
class SessionsPage;
class SessionTableModel;

/// The operator's window: starts and stops the server of this process and shows what happens in it.
///
/// Owns the models and pages. Thread: the GUI thread. It decides nothing about the chat: every action is one
/// command of AdminService.
class ConsoleWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsoleWindow)

public:
    enum Page { Overview, Rooms, People, Messages, PageCount };

    /// Both must outlive the window. Does not start the server.
    ConsoleWindow(AdminService &admin, ServerControl &control, QWidget *parent = nullptr);
    ~ConsoleWindow() override;

    void showPage(Page page);
    Page page() const;

    /// Size and place of the window as saveLayout() left them.
    void restoreLayout(const QSettings &settings);
    void saveLayout(QSettings &settings) const;

signals:
    /// The window is closed for good and the server stopped.
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void makeToolBar();
    void makeContent();
    void connectPages();
    void connectAdmin();
    void pageChanged();
    void stateChanged(ServerControl::State state);
    void attachedChanged(bool attached);
    void setStorageFault(ErrorCode fault);
    void startFailed(const Error &error);
    void requestStop();
    void confirmStop(const QString &question, const QString &action, bool thenClose);
    void stopAndClose();
    void showJoinCode();

    AdminService &m_admin;
    ServerControl &m_control;
    RoomTableModel *m_rooms;
    SessionTableModel *m_sessions;
    MessageLogModel *m_messages;
    OperatorActions *m_actions;
    QAction *m_start = nullptr;
    QAction *m_stop = nullptr;
    QAction *m_notice = nullptr;
    QAction *m_joinCode = nullptr;
    QLineEdit *m_filter = nullptr;
    QListWidget *m_navigation = nullptr;
    QStackedWidget *m_stack = nullptr;
    MessageBar *m_bar = nullptr;
    MessageBar *m_staleBar = nullptr;
    ConsoleStatusBar *m_status = nullptr;
    OverviewPage *m_overviewPage = nullptr;
    RoomsPage *m_roomsPage = nullptr;
    SessionsPage *m_sessionsPage = nullptr;
    MessagesPage *m_messagesPage = nullptr;
    QList<ConsolePage *> m_pages; ///< in the order of Page
    ErrorCode m_storageFault = ErrorCode::None; ///< as the stale bar shows it
    bool m_everAttached = false;
    bool m_closing = false; ///< the server is being stopped in order to close the window
};

} // namespace Parlance
