// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/support/windowfixture.h"

#include "client-gui/chat/chatsession.h"
#include "client-gui/chat/clientsettings.h"
#include "client-gui/widgets/roompage.h"
#include "client-gui/widgets/sessionview.h"

#include <QApplication>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

using namespace Client;

WindowFixture::WindowFixture() = default;
WindowFixture::~WindowFixture() = default;

void WindowFixture::init()
{
    m_server = std::make_unique<FakeServer>();
    m_settings = std::make_unique<ClientSettings>(m_folder.filePath(u"client%1.ini"_s.arg(++m_run)));
    makeWindow();
}

void WindowFixture::makeWindow(Clock::Millis retry)
{
    ConnectionTiming timing;
    timing.firstRetry = timing.longestRetry = retry;
    timing.wakeTick = 20ms;
    timing.random = [] { return 0.0; };
    m_window = std::make_unique<MainWindow>(*m_settings, m_clock, timing);
    m_window->resize(1000, 700);
    m_window->show();
    activate();
}

void WindowFixture::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_server.reset();
}

void WindowFixture::activate()
{
    m_window->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), m_window.get());
}

void WindowFixture::connectNow(const QStringList &rooms)
{
    m_window->connectTo(*ServerAddress::parse(m_server->address()), u"Anna"_s, rooms);
    for (Room *room : session().rooms().rooms())
        QTRY_VERIFY(room->connection().isOnline());
}

RoomPage &WindowFixture::page() const
{
    return *m_window->view()->currentPage();
}

Composer &WindowFixture::composer() const
{
    return page().composer();
}

ChatSession &WindowFixture::session() const
{
    return *m_window->session();
}

} // namespace Parlance
