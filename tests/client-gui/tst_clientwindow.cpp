// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/chatsession.h"
#include "client-gui/support/fakeserver.h"
#include "client-gui/widgets/bar.h"
#include "client-gui/widgets/composer.h"
#include "client-gui/widgets/connectdialog.h"
#include "client-gui/widgets/connectionbanner.h"
#include "client-gui/widgets/mainwindow.h"
#include "client-gui/widgets/messagelistview.h"
#include "client-gui/widgets/noticebar.h"
#include "client-gui/widgets/peoplepanel.h"
#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/roompage.h"
#include "client-gui/widgets/roomspanel.h"
#include "client-gui/widgets/roomswitcher.h"
#include "client-gui/widgets/sessionview.h"
#include "client-gui/widgets/shortcutsdialog.h"
#include "client-gui/widgets/topbar.h"
#include "client-gui/widgets/trayicon.h"
#include "support/fakeclock.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QComboBox>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The whole window, its real buttons and keys, against a server of the test.
class TestClientWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void firstStart();
    void dialogRefuses_data();
    void dialogRefuses();
    void dialogTakesTheRoomFromALink();
    void enterSends();
    void sendButton();
    void enterBelongsToTheInputMethod();
    void counterAndLimit();
    void joinsAnotherRoom();
    void badRoomName();
    void joinsByDoubleClick();
    void unreadAndTitle();
    void roomShortcuts();
    void switcher();
    void typingAnywhereWrites();
    void escapeReturns();
    void leaves();
    void togglesThePanels();
    void narrow();
    void filtersPeople();
    void mentions();
    void bannerCountsDownAndRetries();
    void kickedBanner();
    void frozenRoom();
    void notice();
    void showsWhoIsTyping();
    void hostileNameIsText();
    void draftsSurvive();
    void begin();
    void closingQuits();
    void notificationsAreCollected();
    void everyControlHasAName();
    void shortcutList();

private:
    void connectNow(const QStringList &rooms = {u"general"_s});
    RoomPage &page() { return *m_window->view()->currentPage(); }
    Composer &composer() { return page().composer(); }
    ChatSession &session() { return *m_window->session(); }
    void activate();
    void makeWindow();

    QTemporaryDir m_folder;
    int m_run = 0;
    FakeClock m_clock;
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<ClientSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestClientWindow::init()
{
    m_server = std::make_unique<FakeServer>();
    m_settings = std::make_unique<ClientSettings>(m_folder.filePath(u"client%1.ini"_s.arg(++m_run)));
    makeWindow();
}

void TestClientWindow::makeWindow()
{
    ConnectionTiming timing;
    timing.firstRetry = timing.longestRetry = 10s;
    timing.random = [] { return 0.0; };
    m_window = std::make_unique<MainWindow>(*m_settings, m_clock, timing);
    m_window->resize(1000, 700);
    m_window->show();
    activate();
}

void TestClientWindow::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_server.reset();
}

void TestClientWindow::activate()
{
    m_window->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), m_window.get());
}

void TestClientWindow::connectNow(const QStringList &rooms)
{
    m_window->connectTo(*ServerAddress::parse(m_server->address()), u"Anna"_s, rooms);
    for (Room *room : session().rooms().rooms())
        QTRY_VERIFY(room->connection().isOnline());
}

void TestClientWindow::firstStart()
{
    m_window->begin({});
    ConnectDialog *dialog = m_window->connectDialog();
    QVERIFY(dialog);
    QVERIFY(dialog->isVisible());
    QTest::keyClicks(dialog->findChild<QComboBox *>(u"server"_s)->lineEdit(), m_server->address());
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"name"_s), u"Anna"_s);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"connectButton"_s), Qt::LeftButton);
    QVERIFY(m_window->session());
    QTRY_VERIFY(session().current()->connection().isOnline());
    QCOMPARE(m_server->request(0).path(), u"/ws/general/Anna"_s);
    QCOMPARE(m_settings->name(), u"Anna"_s);
    QCOMPARE(m_settings->servers(), QStringList({u"http://"_s + m_server->address()}));
    QCOMPARE(m_settings->rooms(u"http://"_s + m_server->address()), QStringList({u"general"_s}));
}

void TestClientWindow::dialogRefuses_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("room");
    QTest::addColumn<QString>("focused");
    QTest::newRow("no server") << QString() << u"Anna"_s << QString() << u"server"_s;
    QTest::newRow("bad port") << u"host:99999"_s << u"Anna"_s << QString() << u"server"_s;
    QTest::newRow("no name") << u"host"_s << u"  "_s << QString() << u"name"_s;
    QTest::newRow("bad name") << u"host"_s << u"<b>"_s << QString() << u"name"_s;
    QTest::newRow("bad room") << u"host"_s << u"Anna"_s << u"a/b"_s << u"room"_s;
}

void TestClientWindow::dialogRefuses()
{
    QFETCH(QString, server);
    QFETCH(QString, name);
    QFETCH(QString, room);
    QFETCH(QString, focused);
    QTest::mouseClick(m_window->findChild<QPushButton *>(u"welcomeConnect"_s), Qt::LeftButton);
    ConnectDialog *dialog = m_window->connectDialog();
    QVERIFY(dialog);
    dialog->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), dialog);
    dialog->findChild<QComboBox *>(u"server"_s)->setEditText(server);
    dialog->findChild<QLineEdit *>(u"name"_s)->setText(name);
    dialog->findChild<QLineEdit *>(u"room"_s)->setText(room);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"connectButton"_s), Qt::LeftButton);
    QVERIFY(dialog->isVisible());
    QVERIFY(!m_window->session());
    auto *fault = dialog->findChild<QLabel *>(u"fault"_s);
    QVERIFY(fault->isVisible());
    QVERIFY(!fault->text().isEmpty());
    QCOMPARE(fault->textFormat(), Qt::PlainText);
    QVERIFY(dialog->findChild<QWidget *>(focused)->hasFocus());
    dialog->findChild<QLineEdit *>(u"name"_s)->setText(u"Berta"_s);
    QVERIFY(fault->isHidden()); // gone as soon as one mends it
}

void TestClientWindow::dialogTakesTheRoomFromALink()
{
    ConnectDialog dialog(*m_settings);
    dialog.prefill(u"http://host:8000/?room=reading%20club"_s, u"Anna"_s, {});
    dialog.accept();
    QCOMPARE(dialog.room(), u"reading club"_s);
    QCOMPARE(dialog.address().toString(), u"http://host:8000"_s);
    ConnectDialog other(*m_settings);
    other.prefill(u"http://host:8000/?room=reading%20club"_s, u"Anna"_s, u"mine"_s);
    other.accept();
    QCOMPARE(other.room(), u"mine"_s);
}

void TestClientWindow::enterSends()
{
    connectNow();
    QVERIFY(composer().hasFocus());
    QTest::keyClicks(&composer(), u"hello everybody"_s);
    QTest::keyClick(&composer(), Qt::Key_Return);
    QVERIFY(composer().toPlainText().isEmpty());
    QTRY_COMPARE(m_server->received(u"message"_s).size(), 1);
    QCOMPARE(m_server->received(u"message"_s).at(0).value("content"_L1).toString(), u"hello everybody"_s);
    QTRY_COMPARE(session().current()->messages().index(0).data(MessageModel::DeliveryRole).toInt(),
                 int(MessageModel::Delivery::Sent));
    QTest::keyClick(&composer(), Qt::Key_Return); // empty: nothing
    QTest::keyClick(&composer(), Qt::Key_Up);
    QCOMPARE(composer().toPlainText(), u"hello everybody"_s);
    QCOMPARE(m_server->received(u"message"_s).size(), 1);
}

void TestClientWindow::sendButton()
{
    connectNow();
    auto *button = page().findChild<QToolButton *>(u"sendButton"_s);
    QVERIFY(!button->isEnabled());
    QTest::keyClicks(&composer(), u"hello"_s);
    QVERIFY(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(m_server->received(u"message"_s).size(), 1);
    QVERIFY(composer().hasFocus());
}

void TestClientWindow::enterBelongsToTheInputMethod()
{
    connectNow();
    QTest::keyClicks(&composer(), u"x"_s);
    QInputMethodEvent preedit(u"にほん"_s, {});
    QCoreApplication::sendEvent(&composer(), &preedit);
    QTest::keyClick(&composer(), Qt::Key_Return);
    QTest::mouseClick(page().findChild<QToolButton *>(u"sendButton"_s), Qt::LeftButton);
    QVERIFY(session().current()->outbox().entries().isEmpty());
    QInputMethodEvent commit({}, {});
    commit.setCommitString(u"日本"_s);
    QCoreApplication::sendEvent(&composer(), &commit);
    QTest::keyClick(&composer(), Qt::Key_Return);
    QTRY_COMPARE(m_server->received(u"message"_s).size(), 1);
    QCOMPARE(m_server->received(u"message"_s).at(0).value("content"_L1).toString(), u"x日本"_s);
}

void TestClientWindow::counterAndLimit()
{
    m_server->limits.contentChars = 100;
    connectNow();
    auto *counter = page().findChild<QLabel *>(u"counter"_s);
    auto *button = page().findChild<QToolButton *>(u"sendButton"_s);
    composer().setPlainText(QString(79, u'x'));
    QVERIFY(counter->isHidden());
    composer().setPlainText(u"😀"_s.repeated(80)); // characters, not UTF-16 units
    QVERIFY(!counter->isHidden());
    QCOMPARE(counter->text(), u"80 / 100"_s);
    QVERIFY(button->isEnabled());
    composer().setPlainText(QString(103, u'x'));
    QCOMPARE(counter->text(), u"3 too many"_s);
    QVERIFY(!button->isEnabled());
    QTest::keyClick(&composer(), Qt::Key_Return);
    QCOMPARE(composer().toPlainText().size(), 103); // nothing is lost
    QVERIFY(session().current()->outbox().entries().isEmpty());
}

void TestClientWindow::joinsAnotherRoom()
{
    connectNow();
    RoomsPanel &panel = m_window->view()->roomsPanel();
    QTest::keyClicks(&panel.newRoom(), u"kitchen"_s);
    QTest::mouseClick(&panel.joinButton(), Qt::LeftButton);
    QCOMPARE(session().rooms().rowCount(), 2);
    QCOMPARE(session().current()->name(), u"kitchen"_s);
    QTRY_VERIFY(session().current()->connection().isOnline());
    QVERIFY(panel.newRoom().text().isEmpty());
    QCOMPARE(panel.joined().currentIndex().row(), 1);
    QVERIFY(composer().hasFocus());
    QTest::mouseClick(panel.joined().viewport(), Qt::LeftButton, {},
                      panel.joined().visualRect(panel.joined().model()->index(0, 0)).center());
    QCOMPARE(session().current()->name(), u"general"_s);
    QTest::keyClicks(&panel.newRoom(), u"KITCHEN"_s); // the same room by another spelling
    QTest::keyClick(&panel.newRoom(), Qt::Key_Return);
    QCOMPARE(session().rooms().rowCount(), 2);
    QCOMPARE(session().current()->name(), u"kitchen"_s);
}

void TestClientWindow::badRoomName()
{
    connectNow();
    RoomsPanel &panel = m_window->view()->roomsPanel();
    QTest::keyClicks(&panel.newRoom(), u"a/b"_s);
    QTest::mouseClick(&panel.joinButton(), Qt::LeftButton);
    QCOMPARE(session().rooms().rowCount(), 1);
    QCOMPARE(panel.newRoom().text(), u"a/b"_s);
    bool told = false;
    for (const QLabel *label : panel.findChildren<QLabel *>())
        told = told || (label->isVisible() && label->text().contains(u"letters, digits"_s));
    QVERIFY(told);
}

void TestClientWindow::joinsByDoubleClick()
{
    connectNow();
    session().serverRooms().setRooms({{u"general"_s, 2}, {u"night shift"_s, 4}});
    QListView &list = m_window->view()->roomsPanel().onServer();
    QCOMPARE(list.model()->rowCount(), 1); // not the one joined
    const QPoint place = list.visualRect(list.model()->index(0, 0)).center();
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(session().rooms().rowCount(), 1);
    QTest::mouseDClick(list.viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(session().current()->name(), u"night shift"_s);
    QCOMPARE(list.model()->rowCount(), 0);
}

void TestClientWindow::unreadAndTitle()
{
    connectNow({u"general"_s, u"kitchen"_s});
    QCOMPARE(session().current()->name(), u"general"_s);
    QCOMPARE(m_window->windowTitle(), u"general - Parlance"_s);
    m_server->say(u"Ben"_s, u"hello"_s); // in both rooms
    QTRY_COMPARE(session().find(u"kitchen"_s)->unread(), 1);
    QCOMPARE(session().find(u"general"_s)->unread(), 0);
    QCOMPARE(m_window->windowTitle(), u"(1) general - Parlance"_s);
    session().setCurrent(session().find(u"kitchen"_s));
    QCOMPARE(session().rooms().unread(), 0);
    QCOMPARE(m_window->windowTitle(), u"kitchen - Parlance"_s);
    QWidget elsewhere; // nobody looks at the current room either
    elsewhere.show();
    elsewhere.activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), &elsewhere);
    m_server->say(u"Ben"_s, u"anybody?"_s);
    QTRY_COMPARE(session().rooms().unread(), 2);
    activate();
    QTRY_COMPARE(session().rooms().unread(), 1);
}

void TestClientWindow::roomShortcuts()
{
    connectNow({u"a"_s, u"b"_s, u"c"_s});
    const auto current = [this] { return session().current()->name(); };
    QTest::keyClick(&composer(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(current(), u"b"_s);
    QTest::keyClick(&composer(), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(current(), u"a"_s);
    QTest::keyClick(&composer(), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(current(), u"c"_s); // around the end
    QTest::keyClick(&composer(), Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(current(), u"a"_s);
    QTest::keyClick(&composer(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(current(), u"b"_s);
    QTest::keyClick(&composer(), Qt::Key_9, Qt::ControlModifier); // there is none
    QCOMPARE(current(), u"b"_s);
    session().setCurrent(session().find(u"a"_s));
    QTest::keyClick(&composer(), Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier); // nothing unread
    QCOMPARE(current(), u"a"_s);
    m_server->say(u"Ben"_s, u"x"_s);
    QTRY_COMPARE(session().rooms().unread(), 2);
    session().setCurrent(session().find(u"b"_s));
    session().setCurrent(session().find(u"a"_s));
    QTest::keyClick(&composer(), Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
    QCOMPARE(current(), u"c"_s); // over the one that is read
}

void TestClientWindow::switcher()
{
    connectNow({u"general"_s, u"kitchen"_s});
    QTest::keyClick(&composer(), Qt::Key_K, Qt::ControlModifier);
    auto *dialog = m_window->findChild<RoomSwitcher *>();
    QVERIFY(dialog);
    auto *text = dialog->findChild<QLineEdit *>(u"switcherText"_s);
    QTest::keyClicks(text, u"KIT"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QCOMPARE(session().current()->name(), u"kitchen"_s);
    QTRY_VERIFY(!m_window->findChild<RoomSwitcher *>());
    activate();
    QTest::keyClick(&composer(), Qt::Key_K, Qt::ControlModifier);
    dialog = m_window->findChild<RoomSwitcher *>();
    text = dialog->findChild<QLineEdit *>(u"switcherText"_s);
    QTest::keyClicks(text, u"a new one"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QCOMPARE(session().current()->name(), u"a new one"_s);
}

void TestClientWindow::typingAnywhereWrites()
{
    connectNow();
    m_server->say(u"Ben"_s, u"hello"_s);
    QTRY_COMPARE(session().current()->messages().rowCount(), 1);
    page().messages().setFocus();
    QTest::keyClicks(&page().messages(), u"a"_s);
    QVERIFY(composer().hasFocus());
    QTest::keyClicks(&composer(), u"b"_s);
    m_window->view()->roomsPanel().joined().setFocus();
    QTest::keyClicks(&m_window->view()->roomsPanel().joined(), u"c"_s);
    QVERIFY(composer().hasFocus());
    QCOMPARE(composer().toPlainText(), u"abc"_s);
}

void TestClientWindow::escapeReturns()
{
    connectNow();
    m_window->view()->peoplePanel().filter().setFocus();
    QTest::keyClick(&m_window->view()->peoplePanel().filter(), Qt::Key_Escape);
    QVERIFY(composer().hasFocus());
}

void TestClientWindow::leaves()
{
    connectNow({u"a"_s, u"b"_s});
    QTest::keyClick(&composer(), Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(session().rooms().rowCount(), 1);
    QCOMPARE(session().current()->name(), u"b"_s);
    QTRY_COMPARE(m_server->clients(), 1);
    QTest::keyClick(&composer(), Qt::Key_W, Qt::ControlModifier); // no tray here: the same
    QCOMPARE(session().rooms().rowCount(), 0);
    QVERIFY(!m_window->view()->currentPage());
    QVERIFY(m_window->view()->roomsPanel().isVisible());
    QTRY_COMPARE(m_server->clients(), 0);
    QVERIFY(session().join(u"c"_s));
    QTRY_COMPARE(m_server->clients(), 1);
    QVERIFY(m_window->view()->currentPage());
}

void TestClientWindow::togglesThePanels()
{
    connectNow();
    SessionView &view = *m_window->view();
    QVERIFY(view.roomsPanel().isVisible());
    QVERIFY(view.peoplePanel().isVisible());
    QTest::mouseClick(&view.topBar().peopleButton(), Qt::LeftButton);
    QVERIFY(!view.peoplePanel().isVisible());
    QTest::mouseClick(&view.topBar().roomsButton(), Qt::LeftButton);
    QVERIFY(!view.roomsPanel().isVisible());
    QTest::keyClick(&composer(), Qt::Key_F9);
    QTest::keyClick(&composer(), Qt::Key_F8);
    QVERIFY(view.roomsPanel().isVisible());
    QVERIFY(view.peoplePanel().isVisible());
}

void TestClientWindow::narrow()
{
    connectNow();
    m_window->resize(360, 600);
    SessionView &view = *m_window->view();
    QTRY_VERIFY(view.isNarrow());
    QVERIFY(m_window->width() <= 360);
    QVERIFY(page().isVisible());
    QVERIFY(!view.roomsPanel().isVisible());
    QVERIFY(!view.peoplePanel().isVisible());
    QTest::mouseClick(&view.topBar().roomsButton(), Qt::LeftButton);
    QVERIFY(view.roomsPanel().isVisible());
    QVERIFY(!page().isVisible());
    QTest::mouseClick(&view.topBar().peopleButton(), Qt::LeftButton);
    QVERIFY(view.peoplePanel().isVisible());
    QVERIFY(!view.roomsPanel().isVisible());
    QTest::keyClick(&view.peoplePanel().filter(), Qt::Key_Escape);
    QVERIFY(page().isVisible());
    QVERIFY(composer().hasFocus());
    QTest::mouseClick(&view.topBar().roomsButton(), Qt::LeftButton);
    QTest::keyClicks(&view.roomsPanel().newRoom(), u"kitchen"_s);
    QTest::mouseClick(&view.roomsPanel().joinButton(), Qt::LeftButton);
    QVERIFY(page().isVisible()); // straight to the conversation
    QCOMPARE(page().room().name(), u"kitchen"_s);
    m_window->resize(1000, 600);
    QTRY_VERIFY(view.peoplePanel().isVisible());
    QVERIFY(view.roomsPanel().isVisible());
    QVERIFY(page().isVisible());
}

void TestClientWindow::filtersPeople()
{
    m_server->people = {u"Ben"_s, u"Cleo"_s, u"Benedikt"_s};
    connectNow();
    PeoplePanel &people = m_window->view()->peoplePanel();
    QCOMPARE(people.list().model()->rowCount(), 4);
    QTest::keyClicks(&people.filter(), u"bEn"_s);
    QCOMPARE(people.list().model()->rowCount(), 2);
}

void TestClientWindow::mentions()
{
    m_server->people = {u"Ben"_s};
    connectNow();
    QListView &list = m_window->view()->peoplePanel().list();
    list.setFocus();
    list.setCurrentIndex(list.model()->index(1, 0));
    QTest::keyClick(&list, Qt::Key_Return);
    QCOMPARE(composer().toPlainText(), u"@Ben "_s);
    QVERIFY(composer().hasFocus());
}

void TestClientWindow::bannerCountsDownAndRetries()
{
    connectNow();
    QVERIFY(!page().banner().isVisible());
    m_server->abort();
    QTRY_VERIFY(page().banner().isVisible());
    Bar &bar = page().banner().bar();
    QCOMPARE(bar.text(), u"The connection was lost. Trying again in 5 s."_s);
    m_clock.advance(2s);
    QTRY_COMPARE(bar.text(), u"The connection was lost. Trying again in 3 s."_s);
    QTest::keyClicks(&composer(), u"later"_s);
    QTest::keyClick(&composer(), Qt::Key_Return);
    QTRY_COMPARE(bar.text(), u"The connection was lost. Trying again in 3 s. One message will be sent then."_s);
    QVERIFY(m_window->view()->topBar().subtitle().startsWith(u"reconnecting"_s));
    QTest::mouseClick(bar.actionButton(), Qt::LeftButton);
    QTRY_VERIFY(page().room().connection().isOnline());
    QTRY_VERIFY(!page().banner().isVisible());
    QTRY_COMPARE(m_server->received(u"message"_s).size(), 1);
}

void TestClientWindow::kickedBanner()
{
    connectNow();
    m_server->send(KickedEvent {u"<b>spam</b>"_s, 90'000, 0});
    m_server->close(4430);
    QTRY_VERIFY(page().banner().isVisible());
    Bar &bar = page().banner().bar();
    QCOMPARE(bar.text(), u"You were removed from this room: <b>spam</b> You may come back in 1:30."_s);
    QVERIFY(!bar.actionButton()->isEnabled());
    QVERIFY(!composer().isEnabled());
    m_clock.advance(90s);
    QTRY_VERIFY(bar.actionButton()->isEnabled());
    QCOMPARE(bar.actionButton()->text(), u"Rejoin"_s);
    QTest::mouseClick(bar.actionButton(), Qt::LeftButton);
    QTRY_VERIFY(page().room().connection().isOnline());
    QVERIFY(composer().isEnabled());
}

void TestClientWindow::frozenRoom()
{
    m_server->manners.welcome = false;
    m_window->connectTo(*ServerAddress::parse(m_server->address()), u"Anna"_s, {u"general"_s});
    QTRY_COMPARE(m_server->clients(), 1);
    WelcomeEvent welcome;
    welcome.session = u"1"_s;
    welcome.username = u"Anna"_s;
    welcome.room = u"general"_s;
    welcome.epoch = u"e"_s;
    welcome.topic = u"<i>Topic</i>"_s;
    welcome.frozen = true;
    m_server->send(welcome);
    m_server->send(HistoryEndEvent {0, 0, true});
    QTRY_VERIFY(page().room().connection().isOnline());
    QVERIFY(!composer().isEnabled());
    QVERIFY(composer().placeholderText().contains(u"frozen"_s));
    QVERIFY(m_window->view()->topBar().subtitle().contains(u"<i>Topic</i>"_s));
}

void TestClientWindow::notice()
{
    connectNow({u"general"_s, u"kitchen"_s});
    NoticeBar &bar = m_window->view()->notices();
    QVERIFY(!bar.isVisible());
    const NoticeEvent first {u"Restart <b>at six</b>"_s, u"warning"_s, true, 0, 77};
    m_server->send(first); // through two rooms, shown once
    QTRY_VERIFY(bar.isVisible());
    QCOMPARE(bar.bar().text(), u"From the operator: Restart <b>at six</b>"_s);
    m_server->send(NoticeEvent {u"Fire"_s, u"urgent"_s, true, 0, 78});
    QTRY_COMPARE(bar.bar().text(), u"Urgent, from the operator: Fire"_s);
    QTest::mouseClick(bar.bar().dismissButton(), Qt::LeftButton);
    QCOMPARE(bar.bar().text(), u"From the operator: Restart <b>at six</b>"_s);
    QTest::mouseClick(bar.bar().dismissButton(), Qt::LeftButton);
    QVERIFY(!bar.isVisible());
    const qint64 soon = QDateTime::currentMSecsSinceEpoch() + 150;
    m_server->send(NoticeEvent {u"Passing"_s, u"info"_s, true, soon, 79});
    QTRY_VERIFY(bar.isVisible());
    QTRY_VERIFY(!bar.isVisible());
}

void TestClientWindow::showsWhoIsTyping()
{
    connectNow();
    auto *line = page().findChild<QLabel *>(u"typing"_s);
    QCOMPARE(line->textFormat(), Qt::PlainText);
    m_server->send(TypingEvent {u"Ben"_s, true, 1});
    QTRY_COMPARE(QString(line->text()).remove(QChar(0x2068)).remove(QChar(0x2069)), u"Ben is writing…"_s);
    m_server->send(TypingEvent {u"Ben"_s, false, 2});
    QTRY_VERIFY(line->text().isEmpty());
    QTest::keyClicks(&composer(), u"hm"_s);
    QTRY_COMPARE(m_server->received(u"typing"_s).size(), 1);
    composer().clear();
    QTRY_COMPARE(m_server->received(u"typing"_s).size(), 2);
}

void TestClientWindow::hostileNameIsText()
{
    const QString name = u"<img src=http://127.0.0.1:9/x>"_s;
    m_server->grantedName = name;
    m_server->people = {u"<b>Ben</b>"_s};
    connectNow();
    QCOMPARE(m_window->view()->topBar().subtitle().contains(name), true);
    m_server->say(name, name);
    m_server->send(UserJoinedEvent {u"<u>Cleo</u>"_s, 1});
    m_server->send(TypingEvent {u"<i>Dora</i>"_s, true, 1});
    QTRY_COMPARE(page().room().typing().size(), 1);
    QVERIFY(!m_window->grab().isNull());
    for (const QLabel *label : m_window->findChildren<QLabel *>())
        QVERIFY2(label->textFormat() == Qt::PlainText || !label->text().contains(u'<'), qPrintable(label->text()));
}

void TestClientWindow::draftsSurvive()
{
    connectNow({u"general"_s, u"kitchen"_s});
    QTest::keyClicks(&composer(), u"half a thought"_s);
    session().setCurrent(session().find(u"kitchen"_s));
    QVERIFY(composer().toPlainText().isEmpty());
    session().setCurrent(session().find(u"general"_s));
    QCOMPARE(composer().toPlainText(), u"half a thought"_s);
    m_server->abort();
    QTRY_COMPARE(page().room().connection().state().link, Link::Waiting);
    QVERIFY(page().room().say(u"unsent"_s));
    m_window.reset();
    makeWindow();
    m_window->begin({}); // the same server, name and rooms as the last time
    QCOMPARE(session().rooms().rowCount(), 2);
    QCOMPARE(session().current()->name(), u"general"_s);
    QCOMPARE(composer().toPlainText(), u"half a thought"_s);
    QTRY_COMPARE(m_server->received(u"message"_s).size(), 1);
    QCOMPARE(m_server->received(u"message"_s).at(0).value("content"_L1).toString(), u"unsent"_s);
    QCOMPARE(m_server->query(2).queryItemValue(u"resume"_s), u"token-of-Anna"_s);
}

void TestClientWindow::begin()
{
    CommandLine line;
    line.server = m_server->address();
    line.name = u"Berta"_s;
    line.rooms = {u"one"_s, u"two"_s};
    m_window->begin(line);
    QVERIFY(!m_window->connectDialog());
    QCOMPARE(session().rooms().rowCount(), 2);
    QCOMPARE(session().current()->name(), u"one"_s);
    QTRY_VERIFY(session().current()->connection().isOnline());
    QCOMPARE(session().userName(), u"Berta"_s);
}

void TestClientWindow::closingQuits()
{
    connectNow();
    QVERIFY(!m_window->findChild<TrayIcon *>()->isAvailable()); // offscreen has none
    QSignalSpy quitting(qApp, &QCoreApplication::aboutToQuit);
    m_window->close();
    QVERIFY(!m_window->isVisible());
    QCOMPARE(m_settings->windowGeometry().isEmpty(), false);
}

void TestClientWindow::notificationsAreCollected()
{
    connectNow({u"general"_s, u"kitchen"_s});
    auto *tray = m_window->findChild<TrayIcon *>();
    QCOMPARE(tray->pending().first, QString());
    m_server->say(u"Ben"_s, u"in the focused room and the other"_s);
    QTRY_COMPARE(tray->pending().first, u"kitchen"_s); // not for the room one looks at
    QCOMPARE(tray->pending().second, u"Ben: in the focused room and the other"_s);
    m_server->say(u"Ben"_s, u"<b>bold</b> & <img src=x>"_s);
    QTRY_COMPARE(tray->pending().first, u"2 new messages in kitchen"_s);
    QVERIFY(!tray->pending().second.contains(u'<'));
    QVERIFY(!tray->pending().second.contains(u'&'));
    QTRY_COMPARE(tray->pending().first, QString()); // told, or nobody to tell
}

void TestClientWindow::everyControlHasAName()
{
    connectNow();
    m_server->send(NoticeEvent {u"x"_s, u"info"_s, true, 0, 1});
    QTRY_VERIFY(m_window->view()->notices().isVisible());
    ConnectDialog dialog(*m_settings);
    ShortcutsDialog shortcuts;
    RoomSwitcher switcher(session());
    for (const QWidget *top : QList<const QWidget *> {m_window.get(), &dialog, &shortcuts, &switcher}) {
        for (QWidget *widget : top->findChildren<QWidget *>()) {
            const bool internal = widget->objectName().startsWith(u"qt_"_s) || qobject_cast<QLineEdit *>(widget->parentWidget())
                || qobject_cast<QComboBox *>(widget->parentWidget());
            if (!widget->isVisibleTo(top) || widget->focusPolicy() == Qt::NoFocus || internal || widget->inherits("QAbstractScrollAreaScrollBarContainer"))
                continue;
            const QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(accessible);
            const QAccessible::Role role = accessible->role();
            if (role == QAccessible::Client || role == QAccessible::ScrollBar || role == QAccessible::Splitter)
                continue;
            QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(),
                     qPrintable(u"%1 %2"_s.arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName())));
        }
    }
}

void TestClientWindow::shortcutList()
{
    connectNow();
    QTest::keyClick(&composer(), Qt::Key_F1);
    auto *dialog = m_window->findChild<ShortcutsDialog *>();
    QVERIFY(dialog);
    QVERIFY(dialog->isVisible());
}

QTEST_MAIN(TestClientWindow)
#include "tst_clientwindow.moc"
