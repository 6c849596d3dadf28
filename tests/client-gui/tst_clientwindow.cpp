// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/chatsession.h"
#include "client-gui/support/windowfixture.h"
#include "client-gui/widgets/composer.h"
#include "client-gui/widgets/connectdialog.h"
#include "client-gui/widgets/lineicon.h"
#include "client-gui/widgets/noticebar.h"
#include "client-gui/widgets/peoplepanel.h"
#include "client-gui/widgets/roompage.h"
#include "client-gui/widgets/roomspanel.h"
#include "client-gui/widgets/roomswitcher.h"
#include "client-gui/widgets/sessionview.h"
#include "client-gui/widgets/shortcutsdialog.h"
#include "client-gui/widgets/topbar.h"
#include "client-gui/widgets/trayicon.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;

/// The window as a whole: its panels in every width, its names for screen readers, its end.
class TestClientWindow : public WindowFixture
{
    Q_OBJECT

private slots:
    void hasTheProgramsIcon();
    void togglesThePanels();
    void narrow();
    void filtersPeople();
    void escapeReturns();
    void hostileNameIsText();
    void everyControlHasAName();
    void shortcutList();
    void closingQuits();
};

void TestClientWindow::hasTheProgramsIcon()
{
    const QColor accent(0x0f, 0x6e, 0x6a); // of the page
    QCOMPARE(m_window->windowIcon().pixmap(64, 64).toImage().pixelColor(32, 6), accent);
    QCOMPARE(appIcon(true).pixmap(64, 64).toImage().pixelColor(20, 6), accent);
    QVERIFY(appIcon(true).pixmap(64, 64).toImage().pixelColor(50, 14) != accent);
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

void TestClientWindow::escapeReturns()
{
    connectNow();
    m_window->view()->peoplePanel().filter().setFocus();
    QTest::keyClick(&m_window->view()->peoplePanel().filter(), Qt::Key_Escape);
    QVERIFY(composer().hasFocus());
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

void TestClientWindow::closingQuits()
{
    connectNow();
    QVERIFY(!m_window->findChild<TrayIcon *>()->isAvailable()); // offscreen has none
    QSignalSpy quitting(qApp, &QCoreApplication::aboutToQuit);
    m_window->close();
    QVERIFY(!m_window->isVisible());
    QCOMPARE(m_settings->windowGeometry().isEmpty(), false);
}

QTEST_MAIN(TestClientWindow)
#include "tst_clientwindow.moc"
