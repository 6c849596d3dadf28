// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolefixture.h"
#include "models/sessiontablemodel.h"
#include "pages/roomspage.h"
#include "pages/sessionspage.h"
#include "widgets/emptyhint.h"
#include "widgets/logview.h"
#include "widgets/messagebar.h"
#include "widgets/roomchooser.h"
#include "widgets/tableview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestConsoleViews : public ConsoleFixture
{
    Q_OBJECT

private slots:
    void hasTheProgramsIcon();
    void filterPerPage();
    void countsWhatIsThere();
    void messageFilters();
    void showMessagesOfARoom();
    void logFollowsInTheWindow();
    void wholeMessageBelow();
    void wholeMessageFollowsItsChanges();
    void selectionSurvivesUpdates();
    void copyCsv();
    void hostileText();
    void everythingHasAName();
    void keyboard();
};

void TestConsoleViews::hasTheProgramsIcon()
{
    const QImage icon = m_window->windowIcon().pixmap(64, 64).toImage();
    QCOMPARE(icon.pixelColor(32, 6), QColor(0x0f, 0x6e, 0x6a)); // the colour of the page
}

void TestConsoleViews::filterPerPage()
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

/// Also while rows go: the view hears of them before the model has let go of them.
void TestConsoleViews::countsWhatIsThere()
{
    run(threePeople());
    const auto count = [](const ConsolePage *page) { return page->findChild<QLabel *>(u"count"_s)->text(); };
    const auto *people = m_window->findChild<SessionsPage *>();
    const auto *rooms = m_window->findChild<RoomsPage *>();
    QCOMPARE(count(people), u"Sessions: 4"_s);
    QCOMPARE(count(rooms), u"Rooms: 2"_s);
    AdminBatch batch;
    batch.sessionsClosed = {SessionId(4)};
    batch.roomsClosed = {Sample::room(u"kitchen"_s)};
    emit m_admin->changed(batch);
    QCOMPARE(count(people), u"Sessions: 3"_s);
    QCOMPARE(count(rooms), u"Rooms: 1"_s);
    batch.sessionsClosed = {SessionId(1), SessionId(2), SessionId(3)};
    batch.roomsClosed = {Sample::room(u"general"_s)};
    emit m_admin->changed(batch);
    QCOMPARE(count(people), u"Sessions: 0"_s);
    QVERIFY(people->findChild<EmptyHint *>()->shownText().startsWith(u"Nobody is here yet"_s));
    QVERIFY(rooms->findChild<EmptyHint *>()->shownText().startsWith(u"No room is open"_s));
}

void TestConsoleViews::messageFilters()
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

void TestConsoleViews::showMessagesOfARoom()
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

void TestConsoleViews::logFollowsInTheWindow()
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

void TestConsoleViews::wholeMessageBelow()
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

void TestConsoleViews::wholeMessageFollowsItsChanges()
{
    AdminSnapshot snapshot = threePeople();
    snapshot.messages = {Sample::message(u"kitchen"_s, u"chris"_s, u"read now"_s), Sample::message(u"kitchen"_s, u"chris"_s, u"another"_s)};
    snapshot.messages[0].id = MessageId(u"1"_s);
    snapshot.messages[1].id = MessageId(u"2"_s);
    run(snapshot);
    m_window->showPage(ConsoleWindow::Messages);
    m_window->findChild<LogView *>()->selectRow(0);
    auto *details = find<QPlainTextEdit>(u"details"_s);
    const auto change = [this](const QString &id, ChangeKind kind) {
        AdminBatch batch;
        Message message = Sample::message(u"kitchen"_s, u"chris"_s, u"new"_s);
        message.change = std::make_shared<const Change>(Change {kind, MessageId(id)});
        batch.changes = {message};
        emit m_admin->changed(batch);
    };
    details->selectAll();
    change(u"2"_s, ChangeKind::Edit);
    QCOMPARE(details->textCursor().selectedText(), u"read now"_s); // who reads is not disturbed
    change(u"1"_s, ChangeKind::Edit);
    QCOMPARE(details->toPlainText(), u"new (edited)"_s);
    change(u"1"_s, ChangeKind::Deletion);
    QCOMPARE(details->toPlainText(), u"deleted"_s);
}

void TestConsoleViews::selectionSurvivesUpdates()
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

void TestConsoleViews::copyCsv()
{
    run(threePeople());
    find<QPushButton>(u"copyCsv"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text().count(u"\r\n"_s), 5); // all, with a heading
    selectPerson(u"chris"_s);
    QTest::keySequence(&m_window->findChild<SessionsPage *>()->view(), QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text().count(u"\r\n"_s), 2);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"\"chris\",\"kitchen\""_s));
}

void TestConsoleViews::hostileText()
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

void TestConsoleViews::everythingHasAName()
{
    run(threePeople());
    for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
        const bool control = (qobject_cast<const QAbstractItemView *>(widget) && !qobject_cast<const QHeaderView *>(widget)) || qobject_cast<const QComboBox *>(widget)
            || qobject_cast<const QSpinBox *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)
            || (qobject_cast<const QLineEdit *>(widget) && !qobject_cast<const QSpinBox *>(widget->parent()));
        if (control && !widget->parent()->inherits("QComboBoxPrivateContainer"))
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(QLatin1StringView(widget->metaObject()->className()) + u" "_s + widget->objectName()));
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget);
            button && !button->inherits("QLineEditIconButton") && !button->inherits("QTableCornerButton") && !button->objectName().startsWith(u"qt_"_s))
            QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(), qPrintable(QLatin1StringView(button->metaObject()->className()) + button->objectName()));
    }
}

void TestConsoleViews::keyboard()
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

QTEST_MAIN(TestConsoleViews)
#include "tst_consoleviews.moc"
