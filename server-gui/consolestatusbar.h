// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"
#include "admin/servercontrol.h"

#include <QStatusBar>

namespace Parlance {

class PlainLabel;
class StateDot;

/// State and the most wanted figures at the foot of the window.
class ConsoleStatusBar final : public QStatusBar
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsoleStatusBar)

public:
    explicit ConsoleStatusBar(QWidget *parent = nullptr);

    void setState(ServerControl::State state);
    void setStatistics(const Statistics &statistics);
    /// No figures: there is no server.
    void clearStatistics();

private:
    StateDot *m_dot;
    PlainLabel *m_state;
    PlainLabel *m_connections;
    PlainLabel *m_rooms;
    PlainLabel *m_rate;
    PlainLabel *m_memory;
};

} // namespace Parlance
