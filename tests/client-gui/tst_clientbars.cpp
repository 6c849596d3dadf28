// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/chatsession.h"
#include "client-gui/support/windowfixture.h"
#include "client-gui/widgets/bar.h"
#include "client-gui/widgets/composer.h"
#include "client-gui/widgets/connectionbanner.h"
#include "client-gui/widgets/noticebar.h"
#include "client-gui/widgets/roompage.h"
#include "client-gui/widgets/sessionview.h"
#include "client-gui/widgets/topbar.h"
#include "client-gui/widgets/trayicon.h"

#include <QAbstractButton>
#include <QDateTime>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What the bars say of the connection, of the operator and of a room that is frozen.
class TestClientBars : public WindowFixture
{
    Q_OBJECT

private slots:
    void bannerCountsDownAndRetries();
    void wakingUpEndsTheWait();
    void kickedBanner();
    void frozenRoom();
    void notice();
    void notificationsAreCollected();
};

void TestClientBars::bannerCountsDownAndRetries()
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

void TestClientBars::wakingUpEndsTheWait()
{
    m_window.reset();
    makeWindow(20min);
    connectNow();
    m_server->abort();
    QTRY_COMPARE(page().room().connection().state().link, Link::Waiting);
    m_clock.advance(5s);
    QTRY_VERIFY(page().banner().bar().text().contains(u"9:55"_s));
    QCOMPARE(m_server->connections(), 1);
    m_clock.advance(40s); // while nothing ran
    QTRY_VERIFY(page().room().connection().isOnline());
    QCOMPARE(m_server->connections(), 2);
}

void TestClientBars::kickedBanner()
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

void TestClientBars::frozenRoom()
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

void TestClientBars::notice()
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
    const qint64 soon = QDateTime::currentMSecsSinceEpoch() + 2000; // a busy machine needs some of it
    m_server->send(NoticeEvent {u"Passing"_s, u"info"_s, true, soon, 79});
    QTRY_VERIFY(bar.isVisible());
    QTRY_VERIFY(!bar.isVisible());
}

void TestClientBars::notificationsAreCollected()
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

QTEST_MAIN(TestClientBars)
#include "tst_clientbars.moc"
