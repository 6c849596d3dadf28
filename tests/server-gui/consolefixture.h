// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "consolewindow.h"
#include "fakeadmin.h"
#include "fakeservercontrol.h"
#include "sampledata.h"

#include <QAbstractButton>
#include <QDialog>
#include <QTest>

#include <memory>

namespace Parlance {

class MessageBar;

/// A console window on fakes, shown anew for each test, and hands to press its buttons.
class ConsoleFixture : public QObject
{
    Q_OBJECT

protected slots:
    void init();
    void cleanup();

protected:
    /// The only widget or action of that name.
    template <typename T>
    T *find(const QString &name) const
    {
        T *found = m_window->findChild<T *>(name);
        Q_ASSERT(found);
        return found;
    }
    void click(const QString &name) { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }
    /// The server runs and sends \a snapshot.
    void run(const AdminSnapshot &snapshot);
    /// The dialog that is open, null where there is none.
    QDialog *dialog() const;
    /// Clicks a button of the open dialog.
    void press(const QString &name);
    MessageBar *bar() const;
    /// Selects the \a count rows of that person.
    void selectPerson(const QString &name, int count = 1);
    void selectRoom(int row);
    /// Three people with four windows in the rooms general and kitchen.
    static AdminSnapshot threePeople();

    std::unique_ptr<FakeAdmin> m_admin;
    std::unique_ptr<FakeServerControl> m_control;
    std::unique_ptr<ConsoleWindow> m_window;
};

} // namespace Parlance
