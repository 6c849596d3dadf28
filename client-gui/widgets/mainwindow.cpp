// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/mainwindow.h"

#include "client-gui/chat/chatsession.h"
#include "client-gui/chat/returnwatch.h"
#include "client-gui/widgets/connectdialog.h"
#include "client-gui/widgets/lineicon.h"
#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/sessionview.h"
#include "client-gui/widgets/shortcutsdialog.h"
#include "client-gui/widgets/trayicon.h"

#include <QAction>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

/// What is shown before there is a server.
QWidget *makeWelcome(QPushButton *connectButton)
{
    auto *page = new QWidget;
    auto *text = new PlainLabel(MainWindow::tr("Not connected to a server."), page);
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    auto *column = new QVBoxLayout(page);
    column->addStretch();
    column->addWidget(text);
    column->addSpacing(8);
    column->addWidget(connectButton, 0, Qt::AlignHCenter);
    column->addStretch();
    return page;
}

} // namespace

MainWindow::MainWindow(ClientSettings &settings, const Clock &clock, const ConnectionTiming &timing, QWidget *parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_clock(clock)
    , m_timing(timing)
    , m_stack(new QStackedWidget(this))
    , m_tray(new TrayIcon(this))
{
    auto *connectButton = new QPushButton(tr("Connect\u2026"));
    connectButton->setObjectName(u"welcomeConnect"_s);
    connect(connectButton, &QPushButton::clicked, this, &MainWindow::askForServer);
    m_welcome = makeWelcome(connectButton);
    m_stack->addWidget(m_welcome);
    setCentralWidget(m_stack);
    setWindowIcon(appIcon());
    setMinimumSize(360, 360);
    buildMenus();
    addRoomShortcuts();
    connect(m_tray, &TrayIcon::showRequested, this, &MainWindow::bringUp);
    connect(m_tray, &TrayIcon::quitRequested, this, &MainWindow::quit);
    connect(m_tray, &TrayIcon::roomRequested, this, [this](const QString &name) {
        Room *room = m_session ? m_session->find(name) : nullptr;
        if (room)
            m_session->setCurrent(room);
    });
    connect(qGuiApp, &QGuiApplication::focusWindowChanged, this, &MainWindow::updateWatched);
    connect(new ReturnWatch(clock, timing.wakeTick, this), &ReturnWatch::returned, this, [this] {
        if (m_session)
            m_session->retryAll();
    });
    if (!restoreGeometry(m_settings.windowGeometry()))
        resize(1000, 680);
    updateTitle();
}

MainWindow::~MainWindow()
{
    m_tray->setSession(nullptr);
    delete m_view; // it refers to the session
}

SessionView *MainWindow::view() const
{
    return m_view;
}

ConnectDialog *MainWindow::connectDialog() const
{
    return m_dialog;
}

void MainWindow::begin(const CommandLine &line)
{
    const QString server = line.server.isEmpty() ? m_settings.servers().value(0) : line.server;
    const QString name = line.name.isEmpty() ? m_settings.name() : line.name;
    const std::optional<ServerAddress> address = ServerAddress::parse(server);
    if (!address || name.isEmpty()) {
        prefillAndAsk(server, name, line.rooms.value(0));
        return;
    }
    QStringList rooms = line.rooms;
    if (rooms.isEmpty() && !address->room().isEmpty())
        rooms = {address->room()};
    QString current;
    if (rooms.isEmpty()) {
        rooms = m_settings.rooms(address->toString());
        current = m_settings.currentRoom(address->toString());
    }
    if (rooms.isEmpty())
        rooms = {QString::fromUtf16(ConnectDialog::kDefaultRoom)};
    connectTo(*address, name, rooms, current);
}

void MainWindow::connectTo(const ServerAddress &address, const QString &name, const QStringList &rooms,
                           const QString &current)
{
    m_tray->setSession(nullptr);
    delete m_view;
    m_session = std::make_unique<ChatSession>(address, name, m_settings, m_clock, m_timing);
    m_view = new SessionView(*m_session, m_settings);
    m_stack->addWidget(m_view);
    m_stack->setCurrentWidget(m_view);
    m_tray->setSession(m_session.get());
    for (QAction *action : std::as_const(m_sessionActions))
        action->setEnabled(true);
    connect(m_session.get(), &ChatSession::unreadChanged, this, &MainWindow::updateTitle);
    connect(m_session.get(), &ChatSession::currentChanged, this, &MainWindow::updateTitle);
    connect(&m_session->rooms(), &QAbstractItemModel::dataChanged, this, &MainWindow::updateTitle);
    for (const QString &room : rooms) {
        if (const Status joined = m_session->join(room); !joined)
            continue; // remembered under other rules; the rest is still right
    }
    Room *shown = m_session->find(current);
    m_session->setCurrent(shown ? shown : m_session->rooms().room(0));
    updateWatched();
    updateTitle();
    m_view->focusComposer();
}

void MainWindow::askForServer()
{
    prefillAndAsk({}, {}, {});
}

void MainWindow::prefillAndAsk(const QString &server, const QString &name, const QString &room)
{
    if (m_dialog) {
        m_dialog->raise();
        m_dialog->activateWindow();
        return;
    }
    m_dialog = new ConnectDialog(m_settings, this);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->prefill(server, name, room);
    connect(m_dialog, &QDialog::accepted, this, [this, dialog = m_dialog.data()] {
        QStringList rooms = m_settings.rooms(dialog->address().toString());
        if (!rooms.contains(dialog->room()))
            rooms.append(dialog->room());
        connectTo(dialog->address(), dialog->userName(), rooms, dialog->room());
    });
    m_dialog->open();
}

QAction *MainWindow::addViewAction(QMenu *menu, const QString &text, const QList<QKeySequence> &keys,
                                   void (SessionView::*slot)())
{
    QAction *action = menu->addAction(text);
    action->setShortcuts(keys);
    action->setEnabled(false);
    connect(action, &QAction::triggered, this, [this, slot] {
        if (m_view)
            (m_view->*slot)();
    });
    m_sessionActions.append(action);
    return action;
}

void MainWindow::buildMenus()
{
    QMenu *chat = menuBar()->addMenu(tr("&Chat"));
    chat->addAction(tr("&Connect\u2026"), QKeySequence(Qt::CTRL | Qt::Key_N), this, &MainWindow::askForServer);
    addViewAction(chat, tr("&Go to a room\u2026"), {QKeySequence(Qt::CTRL | Qt::Key_K)}, &SessionView::showSwitcher);
    addViewAction(chat, tr("&Leave this room"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W)},
                  &SessionView::leaveCurrent);
    chat->addSeparator();
    chat->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &MainWindow::quit);

    QMenu *view = menuBar()->addMenu(tr("&View"));
    addViewAction(view, tr("&Rooms"), {QKeySequence(Qt::Key_F9)}, &SessionView::toggleRooms);
    addViewAction(view, tr("&People"), {QKeySequence(Qt::Key_F8)}, &SessionView::togglePeople);
    addViewAction(view, tr("&Message box"), {QKeySequence(Qt::Key_Escape)}, &SessionView::focusComposer);

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    QAction *keys = help->addAction(tr("&Keyboard"), this, &MainWindow::showShortcuts);
    keys->setShortcuts({QKeySequence(Qt::Key_F1), QKeySequence(Qt::CTRL | Qt::Key_Slash)});
    help->addAction(tr("&About Parlance"), this, &MainWindow::showAbout);
}

void MainWindow::addRoomShortcuts()
{
    const auto shortcut = [this](QKeyCombination keys, auto &&act) {
        auto *made = new QShortcut(QKeySequence(keys), this);
        connect(made, &QShortcut::activated, this, [this, act] {
            if (m_session)
                act(*m_session);
        });
    };
    shortcut(Qt::ALT | Qt::Key_Up, [](ChatSession &session) { session.goBy(-1); });
    shortcut(Qt::ALT | Qt::Key_Down, [](ChatSession &session) { session.goBy(1); });
    shortcut(Qt::CTRL | Qt::Key_Tab, [](ChatSession &session) { session.goBy(1); });
    shortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_Backtab, [](ChatSession &session) { session.goBy(-1); });
    shortcut(Qt::ALT | Qt::SHIFT | Qt::Key_Up, [this](ChatSession &) { m_view->goToUnread(-1); });
    shortcut(Qt::ALT | Qt::SHIFT | Qt::Key_Down, [this](ChatSession &) { m_view->goToUnread(1); });
    for (int i = 0; i < 9; ++i) {
        shortcut(Qt::CTRL | Qt::Key(Qt::Key_1 + i), [i](ChatSession &session) {
            if (Room *room = session.rooms().room(i))
                session.setCurrent(room);
        });
    }
    auto *hide = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_W), this);
    connect(hide, &QShortcut::activated, this, &MainWindow::hideOrLeave);
}

void MainWindow::hideOrLeave()
{
    if (m_tray->isAvailable())
        hide();
    else if (m_view)
        m_view->leaveCurrent();
}

void MainWindow::bringUp()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::quit()
{
    m_quitting = true;
    close();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_settings.setWindowGeometry(saveGeometry());
    if (m_session)
        m_session->save();
    m_settings.sync();
    if (!m_quitting && m_tray->isAvailable()) {
        hide();
        event->ignore();
        return;
    }
    event->accept();
    QCoreApplication::quit();
}

void MainWindow::showShortcuts()
{
    auto *dialog = new ShortcutsDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIconPixmap(appIcon().pixmap(64, 64));
    box->setWindowTitle(tr("About Parlance"));
    QString text = tr("Parlance %1, the desktop client of a self-hosted chat.\n\n"
                      "Free software under the GNU General Public License, version 3 or later.")
                       .arg(QCoreApplication::applicationVersion());
    const Room *room = m_session ? m_session->current() : nullptr;
    if (room && !room->server().name.isEmpty())
        text += u"\n\n"_s + tr("Connected to %1, version %2.").arg(room->server().name, room->server().version);
    box->setText(text);
    box->open();
}

void MainWindow::updateTitle()
{
    const Room *room = m_session ? m_session->current() : nullptr;
    const int unread = m_session ? m_session->rooms().unread() : 0;
    QString title = room ? tr("%1 - Parlance", "room").arg(room->name()) : u"Parlance"_s;
    if (unread > 0)
        title = u"(%1) %2"_s.arg(unread).arg(title);
    setWindowTitle(title);
}

void MainWindow::updateWatched()
{
    if (m_session)
        m_session->setWatched(isVisible() && !isMinimized() && isActiveWindow());
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ActivationChange || event->type() == QEvent::WindowStateChange)
        updateWatched();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    updateWatched();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    updateWatched();
}

} // namespace Parlance::Client
