// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/chat/commandline.h"
#include "client-gui/chat/roomconnection.h"

#include <QMainWindow>
#include <QPointer>

#include <memory>

class QAction;
class QStackedWidget;

namespace Parlance::Client {

class ChatSession;
class ClientSettings;
class ConnectDialog;
class ReturnWatch;
class SessionView;
class TrayIcon;

/// The window: menus and shortcuts around one SessionView, tray, title. Owns the session.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)

public:
    /// \a settings and \a clock must outlive the window.
    MainWindow(ClientSettings &settings, const Clock &clock, const ConnectionTiming &timing = {},
               QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Connects to what the command line names, or to the server of the last time when it names nothing
    /// else; asks when something needed is missing.
    void begin(const CommandLine &line);
    /// Leaves the session there is, joins \a rooms on \a address. \a current is shown; empty: the first.
    void connectTo(const ServerAddress &address, const QString &name, const QStringList &rooms,
                   const QString &current = {});

    ChatSession *session() const { return m_session.get(); }
    SessionView *view() const;
    ConnectDialog *connectDialog() const;

public slots:
    void askForServer();
    void showShortcuts();
    void quit();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildMenus();
    QAction *addViewAction(class QMenu *menu, const QString &text, const QList<QKeySequence> &keys,
                           void (SessionView::*slot)());
    void addRoomShortcuts();
    void prefillAndAsk(const QString &server, const QString &name, const QString &room);
    void hideOrLeave();
    void bringUp();
    void showAbout();
    void updateTitle();
    void updateWatched();

    ClientSettings &m_settings;
    const Clock &m_clock;
    const ConnectionTiming m_timing;
    QStackedWidget *m_stack;
    QWidget *m_welcome;
    TrayIcon *m_tray;
    std::unique_ptr<ChatSession> m_session;
    QPointer<SessionView> m_view;
    QPointer<ConnectDialog> m_dialog;
    QList<QAction *> m_sessionActions; ///< enabled while there is a session
    bool m_quitting = false;
};

} // namespace Parlance::Client
