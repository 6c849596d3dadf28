// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolefixture.h"

#include "models/sessiontablemodel.h"
#include "pages/roomspage.h"
#include "pages/sessionspage.h"
#include "widgets/messagebar.h"
#include "widgets/tableview.h"

#include <QApplication>

using namespace Qt::StringLiterals;

namespace Parlance {

void ConsoleFixture::init()
{
    m_admin = std::make_unique<FakeAdmin>();
    m_control = std::make_unique<FakeServerControl>();
    m_window = std::make_unique<ConsoleWindow>(*m_admin, *m_control);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void ConsoleFixture::cleanup()
{
    m_window.reset();
    m_control.reset();
    m_admin.reset();
    QVERIFY(!QApplication::activeModalWidget());
}

void ConsoleFixture::run(const AdminSnapshot &snapshot)
{
    m_control->setState(ServerControl::State::Running);
    m_admin->attach(snapshot);
}

QDialog *ConsoleFixture::dialog() const
{
    return qobject_cast<QDialog *>(QApplication::activeModalWidget());
}

void ConsoleFixture::press(const QString &name)
{
    QVERIFY(dialog());
    auto *button = dialog()->findChild<QAbstractButton *>(name);
    QVERIFY(button && button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
}

MessageBar *ConsoleFixture::bar() const
{
    return find<MessageBar>(u"messageBar"_s);
}

void ConsoleFixture::selectPerson(const QString &name, int count)
{
    TableView &view = m_window->findChild<SessionsPage *>()->view();
    const QModelIndexList found = view.model()->match(view.model()->index(0, SessionTableModel::UserColumn),
                                                      Qt::DisplayRole, name, count, Qt::MatchExactly);
    QCOMPARE(found.size(), qsizetype(count));
    view.clearSelection();
    for (const QModelIndex &index : found)
        view.selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

void ConsoleFixture::selectRoom(int row)
{
    TableView &view = m_window->findChild<RoomsPage *>()->view();
    view.selectionModel()->setCurrentIndex(view.model()->index(row, 0),
                                           QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

AdminSnapshot ConsoleFixture::threePeople()
{
    AdminSnapshot snapshot;
    snapshot.serverName = u"Atelier"_s;
    snapshot.rooms = {Sample::roomInfo(u"general"_s, 2), Sample::roomInfo(u"kitchen"_s, 1)};
    snapshot.sessions = {Sample::session(1, u"anna"_s, u"general"_s), Sample::session(2, u"bernd"_s, u"general"_s),
                         Sample::session(3, u"anna"_s, u"general"_s), Sample::session(4, u"chris"_s, u"kitchen"_s)};
    return snapshot;
}

} // namespace Parlance
