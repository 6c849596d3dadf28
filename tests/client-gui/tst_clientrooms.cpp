// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/chatsession.h"
#include "client-gui/support/windowfixture.h"
#include "client-gui/widgets/composer.h"
#include "client-gui/widgets/roompage.h"
#include "client-gui/widgets/roomspanel.h"
#include "client-gui/widgets/roomswitcher.h"
#include "client-gui/widgets/sessionview.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;

/// Coming into rooms, going between them and leaving them.
class TestClientRooms : public WindowFixture
{
    Q_OBJECT

private slots:
    void joinsAnotherRoom();
    void badRoomName();
    void joinsByDoubleClick();
    void unreadAndTitle();
    void roomShortcuts();
    void switcher();
    void leaves();
};

void TestClientRooms::joinsAnotherRoom()
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

void TestClientRooms::badRoomName()
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

void TestClientRooms::joinsByDoubleClick()
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

void TestClientRooms::unreadAndTitle()
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

void TestClientRooms::roomShortcuts()
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

void TestClientRooms::switcher()
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

void TestClientRooms::leaves()
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

QTEST_MAIN(TestClientRooms)
#include "tst_clientrooms.moc"
