// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/support/fakeserver.h"
#include "client-gui/widgets/mainwindow.h"
#include "support/fakeclock.h"

#include <QTemporaryDir>

#include <memory>

namespace Parlance {

namespace Client {
class ChatSession;
class ClientSettings;
class Composer;
class RoomPage;
}

/// The client's whole window against a FakeServer, both new for each test, with settings of their own.
///
/// A lost connection waits 5 s of the real clock before its next try, so that a test sees it waiting; the countdown
/// follows the fake clock.
class WindowFixture : public QObject
{
    Q_OBJECT

public:
    WindowFixture();
    ~WindowFixture() override;

protected slots:
    void init();
    void cleanup();

protected:
    /// Connects as Anna and waits until every one of \a rooms is online; the first is the current one.
    void connectNow(const QStringList &rooms = {QStringLiteral("general")});
    Client::RoomPage &page() const;
    Client::Composer &composer() const;
    Client::ChatSession &session() const;
    /// The window becomes the active one.
    void activate();
    /// A new window on the same settings: the next start of the program. A lost connection waits half of \a retry.
    void makeWindow(Clock::Millis retry = Clock::Millis(10'000));

    FakeClock m_clock;
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<Client::ClientSettings> m_settings;
    std::unique_ptr<Client::MainWindow> m_window;

private:
    QTemporaryDir m_folder;
    int m_run = 0;
};

} // namespace Parlance
