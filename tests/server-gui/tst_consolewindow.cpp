// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolewindow.h"
#include "fakeadmin.h"
#include "fakeservercontrol.h"
#include "models/sessiontablemodel.h"
#include "pages/joincard.h"
#include "pages/messagespage.h"
#include "pages/overviewpage.h"
#include "pages/roomspage.h"
#include "pages/sessionspage.h"
#include "sampledata.h"
#include "widgets/emptyhint.h"
#include "widgets/logview.h"
#include "widgets/messagebar.h"
#include "widgets/noticepreview.h"
#include "widgets/qrcodewidget.h"
#include "widgets/roomchooser.h"
#include "widgets/sparkline.h"
#include "widgets/tableview.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

#include <chrono>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = ServerControl::State;

class UrlCatcher : public QObject
{
    Q_OBJECT

public slots:
    void open(const QUrl &url) { opened.append(url); }

public:
    QList<QUrl> opened;
};

class TestConsoleWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void startAndStop();
    void stopAsksWhilePeopleAreHere();
    void startFails();
    void portOnlyWhileStopped();
    void addressesAndCode();
    void openInBrowser();
    void statisticsAreShown();
    void refusals();
    void kick();
    void kickFails();
    void kickManyReportsOnce();
    void kickWhileStopping();
    void cancelIsTheDefault();
    void enterInReasonDoesNotKick();
    void closeRoom();
    void notice();
    void failedNoticeKeepsItsText();
    void roomNotice();
    void filterPerPage();
    void messageFilters();
    void showMessagesOfARoom();
    void logFollowsInTheWindow();
    void kickAuthorFromTheLog();
    void wholeMessageBelow();
    void selectionSurvivesUpdates();
    void copyCsv();
    void detachedIsGreyAndKept();
    void emptyStates();
    void closingAsks();
    void closingWithoutPeopleStops();
    void closingWhileStarting();
    void hostileText();
    void everythingHasAName();
    void keyboard();
    void layoutIsKept();

private:
    template <typename T>
    T *find(const QString &name) const
    {
        T *found = m_window->findChild<T *>(name);
        Q_ASSERT(found);
        return found;
    }
    void click(const QString &name) { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }
    void run(const AdminSnapshot &snapshot)
    {
        m_control->setState(State::Running);
        m_admin->attach(snapshot);
    }
    QDialog *dialog() const { return qobject_cast<QDialog *>(QApplication::activeModalWidget()); }
    void press(const QString &name)
    {
        QVERIFY(dialog());
        auto *button = dialog()->findChild<QAbstractButton *>(name);
        QVERIFY(button && button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
    }
    MessageBar *bar() const { return find<MessageBar>(u"messageBar"_s); }
    void selectPerson(const QString &name, int count = 1)
    {
        TableView &view = m_window->findChild<SessionsPage *>()->view();
        const QModelIndexList found = view.model()->match(view.model()->index(0, SessionTableModel::UserColumn),
                                                          Qt::DisplayRole, name, count, Qt::MatchExactly);
        QCOMPARE(found.size(), qsizetype(count));
        view.clearSelection();
        for (const QModelIndex &index : found)
            view.selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    void selectRoom(int row)
    {
        TableView &view = m_window->findChild<RoomsPage *>()->view();
        view.setCurrentIndex(view.model()->index(row, 0));
    }
    static AdminSnapshot threePeople()
    {
        AdminSnapshot snapshot;
        snapshot.serverName = u"Atelier"_s;
        snapshot.rooms = {Sample::roomInfo(u"general"_s, 2), Sample::roomInfo(u"kitchen"_s, 1)};
        snapshot.sessions = {Sample::session(1, u"anna"_s, u"general"_s), Sample::session(2, u"bernd"_s, u"general"_s),
                             Sample::session(3, u"anna"_s, u"general"_s), Sample::session(4, u"chris"_s, u"kitchen"_s)};
        return snapshot;
    }

    std::unique_ptr<FakeAdmin> m_admin;
    std::unique_ptr<FakeServerControl> m_control;
    std::unique_ptr<ConsoleWindow> m_window;
};

void TestConsoleWindow::init()
{
    m_admin = std::make_unique<FakeAdmin>();
    m_control = std::make_unique<FakeServerControl>();
    m_window = std::make_unique<ConsoleWindow>(*m_admin, *m_control);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestConsoleWindow::cleanup()
{
    m_window.reset();
    m_control.reset();
    m_admin.reset();
    QVERIFY(!QApplication::activeModalWidget());
}

void TestConsoleWindow::startAndStop()
{
    auto *start = find<QToolButton>(u"startButton"_s);
    auto *stop = find<QToolButton>(u"stopButton"_s);
    auto *state = find<QLabel>(u"state"_s);
    QVERIFY(start->isEnabled());
    QVERIFY(!stop->isEnabled());
    QCOMPARE(state->text(), u"Stopped"_s);
    QTest::mouseClick(start, Qt::LeftButton);
    QCOMPARE(m_control->starts, 1);
    QCOMPARE(state->text(), u"Starting…"_s);
    QVERIFY(!start->isEnabled());
    QVERIFY(!stop->isEnabled());
    run({});
    QCOMPARE(state->text(), u"Running"_s);
    QCOMPARE(find<QLabel>(u"statusState"_s)->text(), u"Running"_s);
    QTest::mouseClick(stop, Qt::LeftButton);
    QVERIFY(!dialog()); // nobody is disturbed, so nothing is asked
    QCOMPARE(m_control->stops, 1);
    m_control->setState(State::Stopped);
    m_admin->detach();
    click(u"startHere"_s);
    QCOMPARE(m_control->starts, 2);
}

void TestConsoleWindow::stopAsksWhilePeopleAreHere()
{
    run(threePeople());
    click(u"stopButton"_s);
    QVERIFY(dialog());
    QVERIFY(dialog()->findChild<QLabel *>(u"details"_s)->text().contains(u"3 people"_s));
    press(u"cancel"_s);
    QCOMPARE(m_control->stops, 0);
    click(u"stopButton"_s);
    press(u"act"_s);
    QCOMPARE(m_control->stops, 1);
}

void TestConsoleWindow::startFails()
{
    m_window->showPage(ConsoleWindow::Messages);
    click(u"startButton"_s);
    m_control->fail({ErrorCode::AddressInUse, u"bind failed"_s});
    QVERIFY(bar()->isVisible());
    QCOMPARE(bar()->text(), u"Port 8000 is used by another program. Choose another port."_s);
    QCOMPARE(m_window->page(), ConsoleWindow::Overview);
    QVERIFY(find<QToolButton>(u"startButton"_s)->isEnabled());
    find<QSpinBox>(u"port"_s)->setValue(8080);
    QCOMPARE(m_control->port(), quint16(8080));
    click(u"startHere"_s);
    run({});
    QVERIFY(!bar()->isVisible()); // it is no longer true
}

void TestConsoleWindow::portOnlyWhileStopped()
{
    auto *port = find<QSpinBox>(u"port"_s);
    QCOMPARE(port->value(), 8000);
    QVERIFY(port->isVisible());
    run({});
    QVERIFY(!port->isVisible());
    m_control->setState(State::Stopping);
    QVERIFY(!port->isEnabled());
    m_control->setState(State::Stopped);
    QVERIFY(port->isVisible() && port->isEnabled());
}

void TestConsoleWindow::addressesAndCode()
{
    run({});
    auto *urls = find<QListWidget>(u"urls"_s);
    auto *code = find<QrCodeWidget>(u"code"_s);
    QCOMPARE(urls->count(), 3);
    QCOMPARE(code->text(), m_control->addresses.at(0));
    urls->setCurrentRow(1);
    QCOMPARE(code->text(), m_control->addresses.at(1));
    QCOMPARE(code->accessibleDescription(), m_control->addresses.at(1));
    click(u"copyUrl"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), m_control->addresses.at(1));

    click(u"joinCodeButton"_s);
    auto *join = m_window->findChild<QDialog *>();
    QVERIFY(join && join->isVisible());
    QCOMPARE(join->findChild<QrCodeWidget *>()->text(), m_control->addresses.at(1)); // the one chosen before
    join->findChild<QComboBox *>(u"urls"_s)->setCurrentIndex(2);
    QCOMPARE(join->findChild<QrCodeWidget *>()->text(), m_control->addresses.at(2));
    QTest::mouseClick(join->findChild<QPushButton *>(u"copy"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), m_control->addresses.at(2));
    join->close();
}

void TestConsoleWindow::openInBrowser()
{
    UrlCatcher catcher;
    QDesktopServices::setUrlHandler(u"http"_s, &catcher, "open");
    run({});
    click(u"openUrl"_s);
    QDesktopServices::unsetUrlHandler(u"http"_s);
    QCOMPARE(catcher.opened, QList<QUrl> {QUrl(m_control->addresses.first())});
}

void TestConsoleWindow::statisticsAreShown()
{
    run({});
    Statistics statistics;
    statistics.connections = 47;
    statistics.users = 1234;
    statistics.messagesPerSecond = 12;
    statistics.uptimeMs = 61'000;
    emit m_admin->statistics(statistics);
    const auto value = [this](const QString &name) { return find<QWidget>(name)->accessibleDescription(); };
    QCOMPARE(value(u"people"_s), QLocale().toString(1234));
    QCOMPARE(value(u"messageRate"_s), u"12"_s);
    QCOMPARE(value(u"uptime"_s), u"1 min 1 s"_s);
    QVERIFY(find<QLabel>(u"statusConnections"_s)->text().contains(u"47"_s));
    QCOMPARE(m_window->findChild<Sparkline *>()->samples(), QList<double> {12.0});
    m_admin->detach();
    QCOMPARE(value(u"people"_s), u"–"_s);
    QVERIFY(!find<QLabel>(u"statusConnections"_s)->isVisible());
}

void TestConsoleWindow::refusals()
{
    run({});
    AdminBatch batch;
    for (int i = 0; i < 100; ++i)
        batch.refusals.append({u"rate_limited"_s, u"<b>%1</b>"_s.arg(i), u"192.168.1.4"_s, 1000 * i});
    emit m_admin->changed(batch);
    emit m_admin->changed(batch);
    auto *list = find<QTreeWidget>(u"refusals"_s);
    QCOMPARE(list->topLevelItemCount(), 100);
    QVERIFY(list->topLevelItem(0)->text(2).contains(u"<b>99</b>"_s)); // newest first
    QVERIFY(list->topLevelItem(0)->text(2).startsWith(u"Too much"_s)); // in words, not as code
    QVERIFY(!list->topLevelItem(0)->toolTip(2).contains(u"<b>"_s));
}

void TestConsoleWindow::kick()
{
    run(threePeople());
    m_window->showPage(ConsoleWindow::People);
    QVERIFY(!find<QPushButton>(u"kick"_s)->isEnabled());
    selectPerson(u"anna"_s, 2); // two windows of one person: one kick
    click(u"kick"_s);
    QVERIFY(dialog());
    auto *reason = dialog()->findChild<QComboBox *>(u"reason"_s);
    QVERIFY(reason->count() >= 3);
    reason->setCurrentIndex(0);
    reason->lineEdit()->setText(u"  Spam, again "_s); // a preset can be changed
    QCOMPARE(dialog()->findChild<QComboBox *>(u"rejoin"_s)->currentText(), u"after 1 minute"_s);
    press(u"act"_s);
    QCOMPARE(m_admin->kicks.size(), 1);
    const FakeAdmin::Kick asked = m_admin->kicks.first();
    QCOMPARE(asked.user, Sample::user(u"anna"_s));
    QCOMPARE(asked.room, Sample::room(u"general"_s));
    QCOMPARE(asked.reason, u"Spam, again"_s);
    QVERIFY(asked.rejoinAfter == 1min);
    QVERIFY(!bar()->isVisible()); // not before it is known
    emit m_admin->finished(asked.id, Status());
    QVERIFY(bar()->isVisible());
    QCOMPARE(bar()->kind(), MessageBar::Kind::News);
    QVERIFY(bar()->text().contains(u"anna"_s));
}

void TestConsoleWindow::kickFails()
{
    run(threePeople());
    selectPerson(u"chris"_s);
    find<QPushButton>(u"kick"_s)->click();
    dialog()->findChild<QComboBox *>(u"rejoin"_s)->setCurrentIndex(0);
    press(u"act"_s);
    QVERIFY(m_admin->kicks.first().rejoinAfter == 0ms);
    emit m_admin->finished(m_admin->kicks.first().id, Status(Error {ErrorCode::NotFound, u"no such user"_s}));
    QVERIFY(bar()->isVisible());
    QCOMPARE(bar()->kind(), MessageBar::Kind::Failure);
    QVERIFY(bar()->text().contains(u"chris"_s));
    QVERIFY(bar()->text().contains(u"Nobody of that name is there any more."_s));
}

void TestConsoleWindow::kickManyReportsOnce()
{
    run(threePeople());
    m_window->findChild<SessionsPage *>()->view().selectAll();
    find<QPushButton>(u"kick"_s)->click();
    QVERIFY(dialog()->findChild<QLabel *>(u"question"_s)->text().contains(u"3 people"_s));
    QVERIFY(dialog()->findChild<QLabel *>(u"details"_s)->text().contains(u"bernd"_s));
    press(u"act"_s);
    QCOMPARE(m_admin->kicks.size(), 3);
    emit m_admin->finished(m_admin->kicks.at(0).id, Status());
    emit m_admin->finished(m_admin->kicks.at(1).id, Status(Error {ErrorCode::Unavailable, {}}));
    QVERIFY(!bar()->isVisible());
    emit m_admin->finished(m_admin->kicks.at(2).id, Status());
    QCOMPARE(bar()->kind(), MessageBar::Kind::Failure);
    QVERIFY(bar()->text().contains(m_admin->kicks.at(1).user.text()));
    QVERIFY(bar()->text().contains(u"The message store does not answer."_s));
    QVERIFY(!bar()->text().contains(m_admin->kicks.at(0).user.text()));
}

void TestConsoleWindow::kickWhileStopping()
{
    run(threePeople());
    selectPerson(u"chris"_s);
    find<QPushButton>(u"kick"_s)->click();
    press(u"act"_s);
    m_admin->detach();
    QCOMPARE(bar()->kind(), MessageBar::Kind::Failure);
    QVERIFY(bar()->text().contains(u"The server stopped before it answered."_s));
    emit m_admin->finished(m_admin->kicks.first().id, Status()); // too late to matter
    QCOMPARE(bar()->kind(), MessageBar::Kind::Failure);
}

void TestConsoleWindow::cancelIsTheDefault()
{
    run(threePeople());
    const auto check = [this] {
        QVERIFY(dialog());
        QVERIFY(dialog()->findChild<QPushButton *>(u"cancel"_s)->isDefault());
        QVERIFY(!dialog()->findChild<QPushButton *>(u"act"_s)->isDefault());
        QTest::keyClick(dialog(), Qt::Key_Escape);
        QVERIFY(!dialog());
    };
    selectPerson(u"chris"_s);
    find<QPushButton>(u"kick"_s)->click();
    check();
    selectRoom(0);
    find<QPushButton>(u"closeRoom"_s)->click();
    check();
    click(u"stopButton"_s);
    check();
    QVERIFY(m_admin->kicks.isEmpty());
    QVERIFY(m_admin->closings.isEmpty());
    QCOMPARE(m_control->stops, 0);
}

void TestConsoleWindow::enterInReasonDoesNotKick()
{
    run(threePeople());
    selectPerson(u"chris"_s);
    find<QPushButton>(u"kick"_s)->click();
    QLineEdit *reason = dialog()->findChild<QComboBox *>(u"reason"_s)->lineEdit();
    reason->setFocus();
    QTest::keyClicks(reason, u"too loud"_s);
    QTest::keyClick(reason, Qt::Key_Return);
    QVERIFY(dialog()); // neither kicked nor cancelled
    QVERIFY(m_admin->kicks.isEmpty());
    auto *act = dialog()->findChild<QPushButton *>(u"act"_s);
    QVERIFY(dialog()->focusWidget() == act);
    QTest::keyClick(act, Qt::Key_Return);
    QVERIFY(!dialog());
    QCOMPARE(m_admin->kicks.size(), 1);
    QCOMPARE(m_admin->kicks.first().reason, u"too loud"_s);
}

void TestConsoleWindow::closeRoom()
{
    run(threePeople());
    m_window->showPage(ConsoleWindow::Rooms);
    QVERIFY(!find<QPushButton>(u"closeRoom"_s)->isEnabled());
    selectRoom(0);
    click(u"closeRoom"_s);
    QVERIFY(dialog()->findChild<QLabel *>(u"question"_s)->text().contains(u"general"_s));
    QVERIFY(dialog()->findChild<QLabel *>(u"details"_s)->text().contains(u"2 people"_s));
    dialog()->findChild<QComboBox *>(u"reason"_s)->lineEdit()->setText(u"lunch"_s);
    press(u"act"_s);
    QCOMPARE(m_admin->closings.size(), 1);
    QCOMPARE(m_admin->closings.first().room, Sample::room(u"general"_s));
    QCOMPARE(m_admin->closings.first().reason, u"lunch"_s);
    emit m_admin->finished(m_admin->closings.first().id, Status());
    QVERIFY(bar()->text().contains(u"general"_s));
}

void TestConsoleWindow::notice()
{
    QVERIFY(!find<QToolButton>(u"noticeButton"_s)->isEnabled());
    run(threePeople());
    click(u"noticeButton"_s);
    QVERIFY(!dialog()->findChild<QPushButton *>(u"send"_s)->isEnabled());
    dialog()->findChild<QPlainTextEdit *>(u"text"_s)->setPlainText(u" <b>Lunch</b>\nat noon "_s);
    dialog()->findChild<QComboBox *>(u"severity"_s)->setCurrentIndex(2);
    dialog()->findChild<QCheckBox *>(u"sticky"_s)->setChecked(true);
    auto *preview = dialog()->findChild<NoticePreview *>();
    QCOMPARE(preview->heading(), u"Urgent"_s);
    QVERIFY(preview->content().startsWith(u"<b>Lunch</b>"_s));
    for (const QLabel *label : preview->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    press(u"send"_s);
    QCOMPARE(m_admin->notices.size(), 1);
    const FakeAdmin::SentNotice sent = m_admin->notices.first();
    QCOMPARE(sent.notice.content, u"<b>Lunch</b>\nat noon"_s);
    QCOMPARE(sent.notice.severity, Severity::Urgent);
    QVERIFY(sent.notice.sticky);
    QVERIFY(sent.room.isNull());
    emit m_admin->finished(sent.id, Status());
    QCOMPARE(bar()->text(), u"The notice was sent to everybody."_s);
}

void TestConsoleWindow::failedNoticeKeepsItsText()
{
    run(threePeople());
    click(u"noticeButton"_s);
    dialog()->findChild<QPlainTextEdit *>(u"text"_s)->setPlainText(u"a long text"_s);
    dialog()->findChild<QComboBox *>(u"severity"_s)->setCurrentIndex(1);
    press(u"send"_s);
    emit m_admin->finished(m_admin->notices.first().id, Status(Error {ErrorCode::TooLong, {}}));
    QCOMPARE(bar()->kind(), MessageBar::Kind::Failure);
    QVERIFY(bar()->text().contains(u"too long"_s));
    click(u"noticeButton"_s);
    QCOMPARE(dialog()->findChild<QPlainTextEdit *>(u"text"_s)->toPlainText(), u"a long text"_s);
    QCOMPARE(dialog()->findChild<QComboBox *>(u"severity"_s)->currentIndex(), 1);
    press(u"send"_s);
    emit m_admin->finished(m_admin->notices.last().id, Status());
    click(u"noticeButton"_s);
    QVERIFY(dialog()->findChild<QPlainTextEdit *>(u"text"_s)->toPlainText().isEmpty());
    press(u"cancel"_s);
}

void TestConsoleWindow::roomNotice()
{
    run(threePeople());
    selectRoom(1);
    find<QPushButton>(u"noticeToRoom"_s)->click();
    QCOMPARE(dialog()->findChild<QComboBox *>(u"room"_s)->currentText(), u"kitchen"_s);
    dialog()->findChild<QPlainTextEdit *>(u"text"_s)->setPlainText(u"cake"_s);
    press(u"send"_s);
    QCOMPARE(m_admin->notices.first().room, Sample::room(u"kitchen"_s));
    emit m_admin->finished(m_admin->notices.first().id, Status(Error {ErrorCode::NotFound, {}}));
    QVERIFY(bar()->text().contains(u"The room is not open any more."_s));
}

void TestConsoleWindow::filterPerPage()
{
    run(threePeople());
    auto *filter = find<QLineEdit>(u"filter"_s);
    QVERIFY(!filter->isEnabled());
    m_window->showPage(ConsoleWindow::People);
    QVERIFY(filter->isEnabled());
    QTest::keyClicks(filter, u"ANNA"_s);
    const QAbstractItemModel *people = m_window->findChild<SessionsPage *>()->view().model();
    QCOMPARE(people->rowCount(), 2);
    m_window->showPage(ConsoleWindow::Rooms);
    QVERIFY(filter->text().isEmpty());
    QTest::keyClicks(filter, u"kit"_s);
    QCOMPARE(m_window->findChild<RoomsPage *>()->view().model()->rowCount(), 1);
    m_window->showPage(ConsoleWindow::People);
    QCOMPARE(filter->text(), u"ANNA"_s); // each view keeps its own
    QCOMPARE(people->rowCount(), 2);
    m_window->showPage(ConsoleWindow::Overview);
    m_window->showPage(ConsoleWindow::People);
    QCOMPARE(people->rowCount(), 2);
    filter->clear();
    QCOMPARE(people->rowCount(), 4);
}

void TestConsoleWindow::messageFilters()
{
    run(threePeople());
    m_window->showPage(ConsoleWindow::Messages);
    AdminBatch batch;
    batch.messages = {Sample::message(u"general"_s, u"anna"_s, u"red"_s), Sample::message(u"kitchen"_s, u"chris"_s, u"green"_s)};
    batch.comings = {{Sample::room(u"general"_s), Sample::user(u"bernd"_s), false, u"kicked"_s, 2}};
    emit m_admin->changed(batch);
    const QAbstractItemModel *log = m_window->findChild<LogView *>()->model();
    QCOMPARE(log->rowCount(), 2); // comings and goings are off
    find<QCheckBox>(u"comings"_s)->click();
    QCOMPARE(log->rowCount(), 3);
    find<QCheckBox>(u"comings"_s)->click();
    QTest::keyClicks(find<QLineEdit>(u"filter"_s), u"RED"_s);
    QCOMPARE(log->rowCount(), 1);
    find<QLineEdit>(u"filter"_s)->clear();
    QTest::keyClicks(find<QLineEdit>(u"personFilter"_s), u"chr"_s);
    QCOMPARE(log->rowCount(), 1);
    find<QLineEdit>(u"personFilter"_s)->clear();
    auto *room = find<RoomChooser>(u"roomFilter"_s);
    room->setFocus();
    QTest::keyClick(room, Qt::Key_Down);
    QCOMPARE(room->room(), Sample::room(u"general"_s));
    QCOMPARE(log->rowCount(), 1);
    batch = {};
    batch.roomsClosed = {Sample::room(u"general"_s)};
    emit m_admin->changed(batch);
    room->showPopup(); // reads the rooms again, and keeps the chosen one though it closed
    room->hidePopup();
    QCOMPARE(room->room(), Sample::room(u"general"_s));
    QCOMPARE(log->rowCount(), 1);
}

void TestConsoleWindow::showMessagesOfARoom()
{
    AdminSnapshot snapshot = threePeople();
    snapshot.messages = {Sample::message(u"general"_s, u"anna"_s, u"red"_s), Sample::message(u"kitchen"_s, u"chris"_s, u"green"_s)};
    run(snapshot);
    m_window->showPage(ConsoleWindow::Rooms);
    selectRoom(1);
    click(u"showMessages"_s);
    QCOMPARE(m_window->page(), ConsoleWindow::Messages);
    const QAbstractItemModel *log = m_window->findChild<LogView *>()->model();
    QCOMPARE(log->rowCount(), 1);
    QCOMPARE(log->index(0, 3).data().toString(), u"green"_s);
}

void TestConsoleWindow::logFollowsInTheWindow()
{
    run(threePeople());
    m_window->showPage(ConsoleWindow::Messages);
    auto *log = m_window->findChild<LogView *>();
    emit m_admin->changed(Sample::messages(300));
    QCOMPARE(log->verticalScrollBar()->value(), log->verticalScrollBar()->maximum());
    log->verticalScrollBar()->setValue(50);
    emit m_admin->changed(Sample::messages(37));
    QCOMPARE(log->verticalScrollBar()->value(), 50);
    auto *jump = find<QPushButton>(u"jumpToNewest"_s);
    QVERIFY(jump->isVisible());
    QCOMPARE(jump->text(), u"Jump to newest (37)"_s);
    click(u"jumpToNewest"_s);
    QCOMPARE(log->verticalScrollBar()->value(), log->verticalScrollBar()->maximum());
    m_window->showPage(ConsoleWindow::Overview);
    emit m_admin->changed(Sample::messages(500));
    m_window->showPage(ConsoleWindow::Messages);
    QTRY_COMPARE(log->verticalScrollBar()->value(), log->verticalScrollBar()->maximum()); // it followed unseen
}

void TestConsoleWindow::kickAuthorFromTheLog()
{
    AdminSnapshot snapshot = threePeople();
    snapshot.messages = {Sample::message(u"kitchen"_s, u"chris"_s, u"spam"_s)};
    run(snapshot);
    m_window->showPage(ConsoleWindow::Messages);
    auto *log = m_window->findChild<LogView *>();
    emit log->customContextMenuRequested(log->visualRect(log->model()->index(0, 3)).center());
    auto *menu = m_window->findChild<MessagesPage *>()->findChild<QMenu *>();
    QVERIFY(menu);
    auto *kick = menu->findChild<QAction *>(u"kickAuthor"_s);
    QVERIFY(kick && kick->isEnabled());
    kick->trigger();
    menu->close();
    press(u"act"_s);
    QCOMPARE(m_admin->kicks.size(), 1);
    QCOMPARE(m_admin->kicks.first().user, Sample::user(u"chris"_s));
    QCOMPARE(m_admin->kicks.first().room, Sample::room(u"kitchen"_s));
}

void TestConsoleWindow::wholeMessageBelow()
{
    AdminSnapshot snapshot = threePeople();
    snapshot.messages = {Sample::message(u"kitchen"_s, u"chris"_s, u"<b>one</b>\ntwo"_s)};
    run(snapshot);
    m_window->showPage(ConsoleWindow::Messages);
    auto *log = m_window->findChild<LogView *>();
    log->selectRow(0);
    QCOMPARE(find<QPlainTextEdit>(u"details"_s)->toPlainText(), u"<b>one</b>\ntwo"_s);
    QTest::keySequence(log, QKeySequence::Copy);
    QVERIFY(QGuiApplication::clipboard()->text().endsWith(u"[kitchen] chris: <b>one</b>\ntwo"_s));
}

void TestConsoleWindow::selectionSurvivesUpdates()
{
    AdminSnapshot snapshot;
    for (quint64 id = 1; id <= 300; ++id)
        snapshot.sessions.append(Sample::session(id, u"user %1"_s.arg(id), u"general"_s));
    run(snapshot);
    m_window->showPage(ConsoleWindow::People);
    TableView &view = m_window->findChild<SessionsPage *>()->view();
    view.sortByColumn(SessionTableModel::MessagesColumn, Qt::DescendingOrder);
    selectPerson(u"user 42"_s);
    view.selectionModel()->setCurrentIndex(view.model()->index(view.selectedRows().first(), 0), QItemSelectionModel::NoUpdate);
    for (int i = 1; i < 20; ++i) {
        AdminBatch batch;
        for (int k = 0; k < 50; ++k) {
            SessionInfo session = snapshot.sessions.at((i * 13 + k * 7) % 300);
            session.messages = quint64(i * k % 17);
            const bool doubled = std::any_of(batch.sessionsChanged.cbegin(), batch.sessionsChanged.cend(),
                                             [&session](const SessionInfo &other) { return other.id == session.id; });
            if (!doubled)
                batch.sessionsChanged.append(session);
        }
        if (i != 10)
            batch.sessionsClosed = {SessionId(quint64(100 + i))};
        emit m_admin->changed(batch);
    }
    QCOMPARE(view.selectedRows().size(), 1);
    QCOMPARE(view.model()->index(view.selectedRows().first(), 0).data().toString(), u"user 42"_s);
    QCOMPARE(view.currentIndex().data().toString(), u"user 42"_s);
}

void TestConsoleWindow::copyCsv()
{
    run(threePeople());
    find<QPushButton>(u"copyCsv"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text().count(u"\r\n"_s), 5); // all, with a heading
    selectPerson(u"chris"_s);
    QTest::keySequence(&m_window->findChild<SessionsPage *>()->view(), QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text().count(u"\r\n"_s), 2);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"\"chris\",\"kitchen\""_s));
}

void TestConsoleWindow::detachedIsGreyAndKept()
{
    run(threePeople());
    m_window->showPage(ConsoleWindow::People);
    selectPerson(u"chris"_s);
    TableView &view = m_window->findChild<SessionsPage *>()->view();
    const QImage live = view.viewport()->grab().toImage();
    m_control->setState(State::Stopped);
    m_admin->detach();
    auto *stale = find<MessageBar>(u"staleBar"_s);
    QVERIFY(stale->isVisible());
    QVERIFY(stale->text().startsWith(u"The server is stopped."_s));
    QVERIFY(live != view.viewport()->grab().toImage());
    QCOMPARE(view.model()->rowCount(), 4);
    QVERIFY(!find<QPushButton>(u"kick"_s)->isEnabled());
    QVERIFY(find<QPushButton>(u"copyCsv"_s)->isEnabled()); // what was there can still be copied
    QVERIFY(!find<QToolButton>(u"noticeButton"_s)->isEnabled());
    run({});
    QVERIFY(!stale->isVisible());
    QCOMPARE(view.model()->rowCount(), 0);
}

void TestConsoleWindow::emptyStates()
{
    const auto hints = [this] {
        QStringList texts;
        for (const EmptyHint *hint : m_window->findChildren<EmptyHint *>())
            texts.append(hint->shownText());
        return texts;
    };
    QCOMPARE(hints(), QStringList(3, u"The server is stopped."_s));
    run({});
    QCOMPARE(find<QLabel>(u"joinHint"_s)->text(), u"Nobody is here yet. Show this code or send the address."_s);
    for (const QString &hint : hints())
        QVERIFY(!hint.isEmpty() && hint != u"The server is stopped."_s);
    AdminBatch batch;
    batch.roomsChanged = {Sample::roomInfo(u"general"_s, 1)};
    batch.sessionsChanged = {Sample::session(1, u"anna"_s, u"general"_s)};
    batch.messages = {Sample::message(u"general"_s, u"anna"_s, u"hello"_s)};
    emit m_admin->changed(batch);
    QCOMPARE(hints(), QStringList(3, QString()));
    QCOMPARE(find<QLabel>(u"joinHint"_s)->text(), u"Here now: 1 person"_s);
    m_window->showPage(ConsoleWindow::Rooms);
    find<QLineEdit>(u"filter"_s)->setText(u"zzz"_s);
    QVERIFY2(hints().contains(u"No room has that in its name. Clear the filter to see all."_s), qPrintable(hints().join(u'|')));
}

void TestConsoleWindow::closingAsks()
{
    QSignalSpy closed(m_window.get(), &ConsoleWindow::closed);
    run(threePeople());
    QVERIFY(!m_window->close());
    QVERIFY(dialog());
    QVERIFY(dialog()->findChild<QLabel *>(u"details"_s)->text().contains(u"3 people"_s));
    press(u"cancel"_s);
    QVERIFY(m_window->isVisible());
    QCOMPARE(m_control->stops, 0);
    m_window->close();
    press(u"act"_s);
    QCOMPARE(m_control->stops, 1);
    QVERIFY(m_window->isVisible()); // until everybody has been told
    m_control->setState(State::Stopped);
    QVERIFY(!m_window->isVisible());
    QCOMPARE(closed.count(), 1);
}

void TestConsoleWindow::closingWithoutPeopleStops()
{
    run({});
    m_window->close();
    QVERIFY(!dialog());
    QCOMPARE(m_control->stops, 1);
    QVERIFY(!m_window->close()); // pressed again while it stops
    QVERIFY(!dialog());
    m_control->setState(State::Stopped);
    QVERIFY(!m_window->isVisible());
}

void TestConsoleWindow::closingWhileStarting()
{
    m_control->start();
    m_window->close();
    QVERIFY(m_window->isVisible());
    m_control->setState(State::Running);
    QCOMPARE(m_control->stops, 1);
    m_control->setState(State::Stopped);
    QVERIFY(!m_window->isVisible());
}

void TestConsoleWindow::hostileText()
{
    // The rules of names keep most of this out; the window must not rely on it.
    AdminSnapshot snapshot;
    const QString longName = u"ש"_s.repeated(64);
    snapshot.rooms = {Sample::roomInfo(longName, 2), Sample::roomInfo(u"general"_s, 1)};
    SessionInfo session = Sample::session(1, u"مرحبا"_s, longName);
    session.agent = u"<img src=x onerror=alert(1)>\u202e\n%1 %2"_s;
    session.address = u"<b>10.0.0.1</b>"_s;
    snapshot.sessions = {session};
    snapshot.serverName = u"<h1>\u202eHuge</h1>"_s;
    snapshot.messages = {Sample::message(longName, u"مرحبا"_s, u"<h1>\u202e%1</h1>\n"_s + u"a\u0301\u0301\u0301\u0301\u0301\u0301"_s.repeated(600))};
    run(snapshot);
    for (const QLabel *label : m_window->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(find<QLabel>(u"about"_s)->text().contains(u"<h1>Huge</h1>"_s));
    const QAbstractItemModel *people = m_window->findChild<SessionsPage *>()->view().model();
    for (int column = 0; column < people->columnCount(); ++column) {
        const QString text = people->index(0, column).data().toString();
        QVERIFY(!text.contains(QChar(0x202e)) && !text.contains(u'\n'));
        QVERIFY(!people->index(0, column).data(Qt::ToolTipRole).toString().contains(u"<img"_s));
        QVERIFY(!people->index(0, column).data(Qt::ToolTipRole).toString().contains(u"<b>"_s));
    }
    for (int page = 0; page < ConsoleWindow::PageCount; ++page) {
        m_window->showPage(ConsoleWindow::Page(page));
        m_window->grab();
    }
    m_window->findChild<SessionsPage *>()->view().selectAll();
    find<QPushButton>(u"kick"_s)->click();
    QCOMPARE(dialog()->findChild<QLabel *>(u"question"_s)->textFormat(), Qt::PlainText);
    QVERIFY(dialog()->findChild<QLabel *>(u"question"_s)->text().contains(u"\u2068مرحبا\u2069"_s));
    press(u"act"_s);
    emit m_admin->finished(m_admin->kicks.first().id, Status());
    QVERIFY(bar()->text().contains(u"مرحبا"_s));
    QVERIFY(m_window->minimumSizeHint().width() <= 800);
}

void TestConsoleWindow::everythingHasAName()
{
    run(threePeople());
    for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
        const bool control = (qobject_cast<const QAbstractItemView *>(widget) && !qobject_cast<const QHeaderView *>(widget)) || qobject_cast<const QComboBox *>(widget)
            || qobject_cast<const QSpinBox *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)
            || (qobject_cast<const QLineEdit *>(widget) && !qobject_cast<const QSpinBox *>(widget->parent()));
        if (control && !widget->parent()->inherits("QComboBoxPrivateContainer"))
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(QLatin1StringView(widget->metaObject()->className()) + u" "_s + widget->objectName()));
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget);
            button && !button->inherits("QLineEditIconButton") && !button->objectName().startsWith(u"qt_"_s))
            QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(), qPrintable(QLatin1StringView(button->metaObject()->className()) + button->objectName()));
    }
}

void TestConsoleWindow::keyboard()
{
    run(threePeople());
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(m_window->page(), ConsoleWindow::People);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(find<QLineEdit>(u"filter"_s)->hasFocus());
    for (const QString &name : {u"stopButton"_s, u"noticeButton"_s, u"joinCodeButton"_s})
        QVERIFY(find<QToolButton>(name)->focusPolicy() & Qt::TabFocus);
    selectPerson(u"chris"_s);
    QTest::keyClick(&m_window->findChild<SessionsPage *>()->view(), Qt::Key_Delete);
    QVERIFY(dialog());
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(dialog());
    QTest::keyClick(dialog(), Qt::Key_Escape);
}

void TestConsoleWindow::layoutIsKept()
{
    QTemporaryDir directory;
    QSettings settings(directory.filePath(u"console.ini"_s), QSettings::IniFormat);
    m_window->resize(901, 650);
    m_window->saveLayout(settings);
    ConsoleWindow other(*m_admin, *m_control);
    other.restoreLayout(settings);
    QCOMPARE(other.size(), QSize(901, 650));
}

QTEST_MAIN(TestConsoleWindow)
#include "tst_consolewindow.moc"
