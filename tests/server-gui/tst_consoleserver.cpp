// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolefixture.h"
#include "pages/sessionspage.h"
#include "widgets/emptyhint.h"
#include "widgets/messagebar.h"
#include "widgets/qrcodewidget.h"
#include "widgets/sparkline.h"
#include "widgets/tableview.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeWidget>

using namespace Parlance;
using namespace Qt::StringLiterals;
using State = ServerControl::State;

class UrlCatcher : public QObject
{
    Q_OBJECT

public slots:
    void open(const QUrl &url) { opened.append(url); }

public:
    QList<QUrl> opened;
};

class TestConsoleServer : public ConsoleFixture
{
    Q_OBJECT

private slots:
    void startAndStop();
    void stopAsksWhilePeopleAreHere();
    void startFails();
    void portOnlyWhileStopped();
    void addressesAndCode();
    void openInBrowser();
    void statisticsAreShown();
    void refusals();
    void detachedIsGreyAndKept();
    void storageFault();
    void emptyStates();
    void closingAsks();
    void closingWithoutPeopleStops();
    void closingWhileStarting();
    void layoutIsKept();
};

void TestConsoleServer::startAndStop()
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

void TestConsoleServer::stopAsksWhilePeopleAreHere()
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

void TestConsoleServer::startFails()
{
    m_window->showPage(ConsoleWindow::Messages);
    click(u"startButton"_s);
    m_control->fail({ErrorCode::AddressInUse, u"bind failed"_s});
    QVERIFY(bar()->isVisible());
    QCOMPARE(bar()->text(), u"Port 8000 is used by another program. Choose another port."_s);
    QCOMPARE(m_window->page(), ConsoleWindow::Overview);
    QVERIFY(find<QToolButton>(u"startButton"_s)->isEnabled());
    QVERIFY(find<QSpinBox>(u"port"_s)->hasFocus());
    find<QSpinBox>(u"port"_s)->setValue(8080);
    QCOMPARE(m_control->port(), quint16(8080));
    click(u"startHere"_s);
    run({});
    QVERIFY(!bar()->isVisible()); // it is no longer true
}

void TestConsoleServer::portOnlyWhileStopped()
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

void TestConsoleServer::addressesAndCode()
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

void TestConsoleServer::openInBrowser()
{
    UrlCatcher catcher;
    QDesktopServices::setUrlHandler(u"http"_s, &catcher, "open");
    run({});
    click(u"openUrl"_s);
    QDesktopServices::unsetUrlHandler(u"http"_s);
    QCOMPARE(catcher.opened, QList<QUrl> {QUrl(m_control->addresses.first())});
}

void TestConsoleServer::statisticsAreShown()
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

void TestConsoleServer::refusals()
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

void TestConsoleServer::detachedIsGreyAndKept()
{
    run(threePeople());
    m_window->showPage(ConsoleWindow::People);
    selectPerson(u"chris"_s);
    TableView &view = m_window->findChild<SessionsPage *>()->view();
    const auto firstRow = [&view] { return view.viewport()->grab(view.visualRect(view.model()->index(0, 0))).toImage(); };
    const QImage live = firstRow();
    QCOMPARE(firstRow(), live);
    m_control->setState(State::Stopped);
    m_admin->detach();
    auto *stale = find<MessageBar>(u"staleBar"_s);
    QVERIFY(stale->isVisible());
    QVERIFY(stale->text().startsWith(u"The server is stopped."_s));
    QVERIFY(firstRow() != live);
    QCOMPARE(view.model()->rowCount(), 4);
    QVERIFY(!find<QPushButton>(u"kick"_s)->isEnabled());
    QVERIFY(find<QPushButton>(u"copyCsv"_s)->isEnabled()); // what was there can still be copied
    QVERIFY(!find<QToolButton>(u"noticeButton"_s)->isEnabled());
    run({});
    QVERIFY(!stale->isVisible());
    QCOMPARE(view.model()->rowCount(), 0);
}

void TestConsoleServer::storageFault()
{
    run({});
    auto *bar = find<MessageBar>(u"staleBar"_s);
    Statistics statistics;
    emit m_admin->statistics(statistics);
    QVERIFY(!bar->isVisible());
    statistics.storageFault = ErrorCode::StorageFull;
    emit m_admin->statistics(statistics);
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->kind(), MessageBar::Kind::Failure);
    QVERIFY(bar->text().startsWith(u"The disk is full"_s));
    statistics.storageFault = ErrorCode::Unavailable;
    emit m_admin->statistics(statistics);
    QVERIFY(bar->text().startsWith(u"The database does not answer"_s));
    statistics.storageFault = ErrorCode::None;
    emit m_admin->statistics(statistics);
    QVERIFY(!bar->isVisible());
    QCOMPARE(find<MessageBar>(u"messageBar"_s)->text(), u"Messages are stored again."_s);

    statistics.storageFault = ErrorCode::StorageFull;
    emit m_admin->statistics(statistics);
    m_control->setState(State::Stopped);
    m_admin->detach();
    QVERIFY(bar->text().startsWith(u"The server is stopped."_s));
    run({});
    QVERIFY(!bar->isVisible());
}

void TestConsoleServer::emptyStates()
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

void TestConsoleServer::closingAsks()
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

void TestConsoleServer::closingWithoutPeopleStops()
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

void TestConsoleServer::closingWhileStarting()
{
    m_control->start();
    m_window->close();
    QVERIFY(m_window->isVisible());
    m_control->setState(State::Running);
    QCOMPARE(m_control->stops, 1);
    m_control->setState(State::Stopped);
    QVERIFY(!m_window->isVisible());
}

void TestConsoleServer::layoutIsKept()
{
    QTemporaryDir directory;
    QSettings settings(directory.filePath(u"console.ini"_s), QSettings::IniFormat);
    m_window->resize(901, 650);
    m_window->saveLayout(settings);
    ConsoleWindow other(*m_admin, *m_control);
    other.restoreLayout(settings);
    QCOMPARE(other.size(), QSize(901, 650));
}

QTEST_MAIN(TestConsoleServer)
#include "tst_consoleserver.moc"
