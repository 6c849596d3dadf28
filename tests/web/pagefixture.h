// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "web/chatpage.h"
#include "web/pageserver.h"

#include <QObject>

#include <memory>

namespace Parlance {

/// Two browsers for all tests of a program, and a new server for each test.
///
/// A new server is a new origin, so that browsers bring nothing along from the test before. The first browser keeps
/// the page's sockets in window.sockets, sends nothing while window.mute is set, and hear() pretends an event; what
/// contains window.lost never arrives, and pass(ms) lets time pass.
/// After every test both pages must have behaved.
class PageFixture : public QObject
{
    Q_OBJECT

protected slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

protected:
    std::unique_ptr<PageServer> m_server;
    std::unique_ptr<ChatPage> m_first;
    std::unique_ptr<ChatPage> m_second;
};

/// "message 1", "message 2", …
QStringList numbered(int count);
/// 1, 2, …
QList<int> countingUp(qsizetype count);
/// Reloads as if the page had been closed before the echo of \a text came.
void reloadWithUnsent(ChatPage &page, const QString &text);
/// The badge of \a room in the list of rooms, as a screen reader has it.
QString unsentIn(ChatPage &page, const QString &room);
/// By the field for another room, as a person does it.
bool switchRoom(ChatPage &page, const QString &room);

} // namespace Parlance
