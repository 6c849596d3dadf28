// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/chatsession.h"
#include "client-gui/chat/clientsettings.h"
#include "client-gui/support/windowfixture.h"
#include "client-gui/widgets/composer.h"
#include "client-gui/widgets/messagelistview.h"
#include "client-gui/widgets/peoplepanel.h"
#include "client-gui/widgets/roompage.h"
#include "client-gui/widgets/roomspanel.h"
#include "client-gui/widgets/sessionview.h"

#include <QInputMethodEvent>
#include <QLabel>
#include <QListView>
#include <QTest>
#include <QToolButton>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;

/// Writing with real keys: what is sent, when, and what is kept.
class TestClientWriting : public WindowFixture
{
    Q_OBJECT

private slots:
    void enterSends();
    void sendButton();
    void enterBelongsToTheInputMethod();
    void counterAndLimit();
    void typingAnywhereWrites();
    void mentions();
    void showsWhoIsTyping();
    void draftsSurvive();
    void draftsSurviveACrash();
};

void TestClientWriting::enterSends()
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

void TestClientWriting::sendButton()
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

void TestClientWriting::enterBelongsToTheInputMethod()
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

void TestClientWriting::counterAndLimit()
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

void TestClientWriting::typingAnywhereWrites()
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

void TestClientWriting::mentions()
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

void TestClientWriting::showsWhoIsTyping()
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

void TestClientWriting::draftsSurvive()
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

/// Nobody closed the window: what was written a moment ago is in the file all the same.
void TestClientWriting::draftsSurviveACrash()
{
    connectNow();
    const QString server = u"http://"_s + m_server->address();
    for (const QString &text : {u"half"_s, u" a thought"_s}) { // joining saves, too: the second is the draft's own
        QTest::keyClicks(&composer(), text);
        QTRY_COMPARE_WITH_TIMEOUT(m_settings->draft(server, u"general"_s), composer().toPlainText(), 10'000);
    }
}

QTEST_MAIN(TestClientWriting)
#include "tst_clientwriting.moc"
