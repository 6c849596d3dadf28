// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolefixture.h"
#include "pages/messagespage.h"
#include "pages/sessionspage.h"
#include "widgets/logview.h"
#include "widgets/messagebar.h"
#include "widgets/noticepreview.h"
#include "widgets/tableview.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include <chrono>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestConsoleActions : public ConsoleFixture
{
    Q_OBJECT

private slots:
    void kick();
    void kickOffersTheServersTime();
    void kickFails();
    void kickManyReportsOnce();
    void kickWhileStopping();
    void cancelIsTheDefault();
    void enterInReasonDoesNotKick();
    void closeRoom();
    void notice();
    void failedNoticeKeepsItsText();
    void roomNotice();
    void kickAuthorFromTheLog();
};

void TestConsoleActions::kick()
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

/// What the server's setting says is chosen already, whatever it is.
void TestConsoleActions::kickOffersTheServersTime()
{
    AdminSnapshot snapshot = threePeople();
    snapshot.rejoinAfter = 1h;
    run(snapshot);
    selectPerson(u"chris"_s);
    find<QPushButton>(u"kick"_s)->click();
    auto *times = dialog()->findChild<QComboBox *>(u"rejoin"_s);
    QCOMPARE(times->currentText(), u"after 1 hour"_s);
    QCOMPARE(times->count(), 5);
    dialog()->reject();

    snapshot.rejoinAfter = 2h + 5min;
    emit m_admin->snapshot(snapshot);
    selectPerson(u"chris"_s);
    find<QPushButton>(u"kick"_s)->click();
    QTRY_VERIFY(dialog());
    times = dialog()->findChild<QComboBox *>(u"rejoin"_s);
    QCOMPARE(times->currentText(), u"after 2 h 5 min"_s);
    QCOMPARE(times->currentIndex(), 4); // before a day
    press(u"act"_s);
    QVERIFY(m_admin->kicks.constLast().rejoinAfter == 2h + 5min);
}

void TestConsoleActions::kickFails()
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

void TestConsoleActions::kickManyReportsOnce()
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
    QVERIFY(bar()->text().contains(u"The server does not answer at the moment."_s));
    QVERIFY(!bar()->text().contains(m_admin->kicks.at(0).user.text()));
}

void TestConsoleActions::kickWhileStopping()
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

void TestConsoleActions::cancelIsTheDefault()
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

void TestConsoleActions::enterInReasonDoesNotKick()
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

void TestConsoleActions::closeRoom()
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

void TestConsoleActions::notice()
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

void TestConsoleActions::failedNoticeKeepsItsText()
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

void TestConsoleActions::roomNotice()
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

void TestConsoleActions::kickAuthorFromTheLog()
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

QTEST_MAIN(TestConsoleActions)
#include "tst_consoleactions.moc"
