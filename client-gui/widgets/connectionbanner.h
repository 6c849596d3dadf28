// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace Parlance::Client {

class Bar;
class Room;

/// Says why a room is not online, counts down to the next attempt and offers "Now". Hidden while online,
/// and during a first connecting that is over before anybody could read it.
class ConnectionBanner final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionBanner)

public:
    static constexpr int kPatienceMs = 400;

    /// \a room must outlive the banner.
    explicit ConnectionBanner(Room &room, QWidget *parent = nullptr);

    Bar &bar() const { return *m_bar; }

private:
    void stateChanged();
    void update();

    Room &m_room;
    Bar *m_bar;
    QTimer m_tick;
    QTimer m_patience;
};

} // namespace Parlance::Client
