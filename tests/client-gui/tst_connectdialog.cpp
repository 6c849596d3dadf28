// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/chatsession.h"
#include "client-gui/support/windowfixture.h"
#include "client-gui/widgets/connectdialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;

/// The connect dialog, and the starts that need none.
class TestConnectDialog : public WindowFixture
{
    Q_OBJECT

private slots:
    void firstStart();
    void dialogRefuses_data();
    void dialogRefuses();
    void dialogTakesTheRoomFromALink();
    void begin();
};

void TestConnectDialog::firstStart()
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

void TestConnectDialog::dialogRefuses_data()
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

void TestConnectDialog::dialogRefuses()
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

void TestConnectDialog::dialogTakesTheRoomFromALink()
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

void TestConnectDialog::begin()
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

QTEST_MAIN(TestConnectDialog)
#include "tst_connectdialog.moc"
