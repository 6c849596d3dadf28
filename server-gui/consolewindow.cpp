// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolewindow.h"

#include "admin/adminservice.h"
#include "consolestatusbar.h"
#include "dialogs/confirmdialog.h"
#include "dialogs/joindialog.h"
#include "models/messagelogmodel.h"
#include "models/roomtablemodel.h"
#include "models/sessiontablemodel.h"
#include "operatoractions.h"
#include "pages/joincard.h"
#include "pages/messagespage.h"
#include "pages/overviewpage.h"
#include "pages/roomspage.h"
#include "pages/sessionspage.h"
#include "text/errortext.h"
#include "text/format.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

ConsoleWindow::ConsoleWindow(AdminService &admin, ServerControl &control, QWidget *parent)
    : QMainWindow(parent), m_admin(admin), m_control(control), m_rooms(new RoomTableModel(admin, this)),
      m_sessions(new SessionTableModel(admin, this)), m_messages(new MessageLogModel(admin, this)),
      m_actions(new OperatorActions(admin, *m_rooms, this))
{
    setWindowTitle(tr("Parlance Server"));
    setWindowIcon(QIcon(u":/icons/parlance.png"_s));
    makeToolBar();
    makeContent();
    connectPages();
    connectAdmin();
    const int line = fontMetrics().height();
    resize(QSize(line * 80, line * 54).boundedTo(screen()->availableSize() * 9 / 10));
    showPage(Overview);
    stateChanged(m_control.state());
    attachedChanged(m_admin.isAttached());
}

ConsoleWindow::~ConsoleWindow() = default;

void ConsoleWindow::makeToolBar()
{
    auto *bar = addToolBar(tr("Tools"));
    bar->setObjectName(u"tools"_s);
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setIconSize(QSize(1, 1) * (fontMetrics().height() * 6 / 5));
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_start = bar->addAction(icon(Glyph::Start), tr("Start"), &m_control, &ServerControl::start);
    m_start->setObjectName(u"start"_s);
    m_start->setToolTip(tr("Start the server"));
    m_stop = bar->addAction(icon(Glyph::Stop), tr("Stop"), this, &ConsoleWindow::requestStop);
    m_stop->setObjectName(u"stop"_s);
    m_stop->setToolTip(tr("Stop the server"));
    bar->addSeparator();
    m_notice = bar->addAction(icon(Glyph::Notice), tr("Notice…"), m_actions, [this] { m_actions->notice({}); });
    m_notice->setObjectName(u"notice"_s);
    m_notice->setToolTip(tr("Tell everybody or one room something (Ctrl+N)"));
    m_notice->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_N));
    m_joinCode = bar->addAction(icon(Glyph::Code), tr("Join QR"), this, &ConsoleWindow::showJoinCode);
    m_joinCode->setObjectName(u"joinCode"_s);
    m_joinCode->setToolTip(tr("Show the join code in large (Ctrl+J)"));
    m_joinCode->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_J));

    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    m_filter = new QLineEdit;
    m_filter->setObjectName(u"filter"_s);
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(fontMetrics().averageCharWidth() * 34);
    m_filter->addAction(icon(Glyph::Filter), QLineEdit::LeadingPosition);
    bar->addWidget(m_filter);
    // A tool bar takes its buttons out of the Tab chain; the keyboard must reach them.
    for (QAction *action : {m_start, m_stop, m_notice, m_joinCode}) {
        auto *button = qobject_cast<QToolButton *>(bar->widgetForAction(action));
        button->setFocusPolicy(Qt::TabFocus);
        button->setObjectName(action->objectName() + u"Button"_s);
    }

    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, this, [this] {
        if (page() == Overview)
            showPage(People);
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    auto *quit = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q), this);
    connect(quit, &QShortcut::activated, this, &QWidget::close);
    for (int number = 0; number < PageCount; ++number) {
        auto *go = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + number)), this);
        connect(go, &QShortcut::activated, this, [this, number] { showPage(Page(number)); });
    }
    connect(m_filter, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_pages.at(page())->setFilterText(text.trimmed()); });
}

void ConsoleWindow::makeContent()
{
    m_overviewPage = new OverviewPage(m_control);
    m_roomsPage = new RoomsPage(*m_rooms);
    m_sessionsPage = new SessionsPage(*m_sessions);
    m_messagesPage = new MessagesPage(*m_messages, *m_rooms);
    m_pages = {m_overviewPage, m_roomsPage, m_sessionsPage, m_messagesPage};

    m_navigation = new QListWidget;
    m_navigation->setObjectName(u"navigation"_s);
    m_navigation->setAccessibleName(tr("Views"));
    m_navigation->setFrameShape(QFrame::NoFrame);
    m_navigation->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_navigation->setSpacing(1);
    const int line = fontMetrics().height();
    m_navigation->setIconSize(QSize(1, 1) * (line * 6 / 5));
    const auto add = [this, line](Glyph glyph, const QString &text, int number) {
        auto *item = new QListWidgetItem(icon(glyph), text, m_navigation);
        item->setToolTip(tr("%1 (Ctrl+%2)").arg(text).arg(number));
        item->setSizeHint({line * 4, line * 7 / 4});
    };
    add(Glyph::Overview, tr("Overview"), 1);
    add(Glyph::Rooms, tr("Rooms"), 2);
    add(Glyph::People, tr("People"), 3);
    add(Glyph::Messages, tr("Messages"), 4);
    m_navigation->setFixedWidth(qMax(line * 8, m_navigation->sizeHintForColumn(0) + line * 2));

    m_stack = new QStackedWidget;
    for (ConsolePage *each : std::as_const(m_pages))
        m_stack->addWidget(each);
    m_bar = new MessageBar;
    m_bar->setObjectName(u"messageBar"_s);
    m_staleBar = new MessageBar;
    m_staleBar->setClosable(false);
    m_staleBar->setObjectName(u"staleBar"_s);

    auto *central = new QWidget;
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_bar);
    right->addWidget(m_staleBar);
    right->addWidget(m_stack, 1);
    auto *layout = new QHBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_navigation);
    layout->addLayout(right, 1);
    setCentralWidget(central);
    m_status = new ConsoleStatusBar;
    setStatusBar(m_status);
    connect(m_navigation, &QListWidget::currentRowChanged, this, &ConsoleWindow::pageChanged);
}

void ConsoleWindow::connectPages()
{
    connect(&m_overviewPage->join(), &JoinCard::largeCodeRequested, this, &ConsoleWindow::showJoinCode);
    connect(m_roomsPage, &RoomsPage::messagesRequested, this, [this](const RoomName &room) {
        m_messagesPage->setRoom(room);
        showPage(Messages);
    });
    connect(m_roomsPage, &RoomsPage::noticeRequested, m_actions, &OperatorActions::notice);
    connect(m_roomsPage, &RoomsPage::closeRequested, m_actions, &OperatorActions::closeRoom);
    connect(m_sessionsPage, &SessionsPage::kickRequested, m_actions, &OperatorActions::kick);
    connect(m_messagesPage, &MessagesPage::kickRequested, m_actions, &OperatorActions::kick);
    connect(m_actions, &OperatorActions::succeeded, this,
            [this](const QString &text) { m_bar->tell(MessageBar::Kind::News, text); });
    connect(m_actions, &OperatorActions::failed, this,
            [this](const QString &text) { m_bar->tell(MessageBar::Kind::Failure, text); });
    connect(&m_control, &ServerControl::stateChanged, this, &ConsoleWindow::stateChanged);
    connect(&m_control, &ServerControl::failed, this, &ConsoleWindow::startFailed);
}

void ConsoleWindow::connectAdmin()
{
    // The models were made first, so they have taken a batch in before this window reads them.
    connect(&m_admin, &AdminService::attachedChanged, this, &ConsoleWindow::attachedChanged);
    connect(&m_admin, &AdminService::snapshot, this, [this](const AdminSnapshot &snapshot) {
        m_overviewPage->setSnapshot(snapshot);
        m_status->setStatistics(snapshot.statistics);
        m_overviewPage->join().setPeople(m_rooms->peopleCount());
    });
    connect(&m_admin, &AdminService::changed, this, [this](const AdminBatch &batch) {
        if (!batch.refusals.isEmpty())
            m_overviewPage->addRefusals(batch.refusals);
        m_overviewPage->join().setPeople(m_rooms->peopleCount());
    });
    connect(&m_admin, &AdminService::statistics, this, [this](const Statistics &statistics) {
        m_overviewPage->setStatistics(statistics);
        m_status->setStatistics(statistics);
        setStorageFault(statistics.storageFault);
    });
}

/// Stays to be read while it lasts, and goes with it.
void ConsoleWindow::setStorageFault(ErrorCode fault)
{
    if (fault == m_storageFault)
        return;
    m_storageFault = fault;
    if (fault == ErrorCode::None) {
        m_staleBar->dismiss(MessageBar::Kind::Failure);
        m_bar->tell(MessageBar::Kind::News, tr("Messages are stored again."));
    } else {
        m_staleBar->tell(MessageBar::Kind::Failure, storageFaultText(fault));
    }
}

void ConsoleWindow::showPage(Page page)
{
    m_navigation->setCurrentRow(page);
}

ConsoleWindow::Page ConsoleWindow::page() const
{
    return Page(qMax(0, m_navigation->currentRow()));
}

void ConsoleWindow::pageChanged()
{
    ConsolePage *shown = m_pages.at(page());
    m_stack->setCurrentWidget(shown);
    const QString hint = shown->filterHint();
    m_filter->setEnabled(!hint.isEmpty());
    m_filter->setPlaceholderText(hint.isEmpty() ? tr("Filter") : tr("%1 (Ctrl+F)").arg(hint));
    m_filter->setAccessibleName(hint.isEmpty() ? tr("Filter") : hint);
    m_filter->setText(shown->filterText());
}

void ConsoleWindow::stateChanged(ServerControl::State state)
{
    const bool running = state == ServerControl::State::Running;
    m_start->setEnabled(state == ServerControl::State::Stopped);
    m_stop->setEnabled(running);
    m_joinCode->setEnabled(running);
    m_status->setState(state);
    if (running)
        m_bar->dismiss(MessageBar::Kind::Failure); // of a start; this one succeeded
    if (!m_closing)
        return;
    if (running)
        m_control.stop(); // it was still starting when the window was closed
    else if (state == ServerControl::State::Stopped)
        close();
}

void ConsoleWindow::attachedChanged(bool attached)
{
    for (ConsolePage *each : std::as_const(m_pages))
        each->setLive(attached);
    m_notice->setEnabled(attached);
    if (attached) {
        m_everAttached = true;
        m_staleBar->dismiss(MessageBar::Kind::Warning);
        return;
    }
    m_storageFault = ErrorCode::None; // nothing is to be stored
    m_staleBar->dismiss(MessageBar::Kind::Failure);
    m_status->clearStatistics();
    if (m_everAttached) {
        m_staleBar->tell(MessageBar::Kind::Warning,
                         tr("The server is stopped. Rooms, people and messages are shown as they were at %1.")
                             .arg(Format::timeOfDay(QDateTime::currentMSecsSinceEpoch())));
    }
}

void ConsoleWindow::startFailed(const Error &error)
{
    m_bar->tell(MessageBar::Kind::Failure, startFailureText(error, m_control.port()));
    showPage(Overview);
    if (error.code == ErrorCode::AddressInUse || error.code == ErrorCode::Forbidden)
        m_overviewPage->join().focusPort();
}

void ConsoleWindow::requestStop()
{
    if (m_rooms->peopleCount() == 0) {
        m_control.stop();
        return;
    }
    confirmStop(tr("Stop the server?"), tr("&Stop Server"), false);
}

void ConsoleWindow::confirmStop(const QString &question, const QString &action, bool thenClose)
{
    ConfirmDialog::Texts texts;
    texts.title = tr("Parlance Server");
    texts.question = question;
    texts.details = tr("Connected now: %1. They are told and disconnected, and come back when the server starts again.")
                        .arg(Format::people(m_rooms->peopleCount()));
    texts.action = action;
    auto *dialog = new ConfirmDialog(texts, this);
    dialog->setObjectName(u"confirmStop"_s);
    connect(dialog, &QDialog::accepted, this, [this, thenClose] {
        if (thenClose)
            stopAndClose();
        else
            m_control.stop();
    });
    dialog->open();
}

void ConsoleWindow::stopAndClose()
{
    m_closing = true;
    if (m_control.state() == ServerControl::State::Stopped)
        close();
    else
        m_control.stop();
}

void ConsoleWindow::closeEvent(QCloseEvent *event)
{
    if (m_control.state() == ServerControl::State::Stopped) {
        event->accept();
        emit closed();
        return;
    }
    event->ignore();
    if (m_closing)
        return;
    if (m_rooms->peopleCount() > 0 && m_admin.isAttached())
        confirmStop(tr("Close the window and stop the server?"), tr("&Stop and Close"), true);
    else
        stopAndClose();
}

void ConsoleWindow::showJoinCode()
{
    const QStringList urls = m_control.urls();
    if (urls.isEmpty())
        return;
    auto *dialog = new JoinDialog(urls, m_overviewPage->join().url(), this);
    dialog->show();
}

void ConsoleWindow::restoreLayout(const QSettings &settings)
{
    restoreGeometry(settings.value("window/geometry"_L1).toByteArray());
}

void ConsoleWindow::saveLayout(QSettings &settings) const
{
    settings.setValue("window/geometry"_L1, saveGeometry());
}

} // namespace Parlance
