// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"
#include "widgets/card.h"

namespace Parlance {

class CounterTile;

/// The figures of the server, once a second.
class CountersCard final : public Card
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CountersCard)

public:
    explicit CountersCard(QWidget *parent = nullptr);

    void setStatistics(const Statistics &statistics);
    /// Dashes: there is no server to count.
    void clear();

private:
    CounterTile *m_people;
    CounterTile *m_sessions;
    CounterTile *m_rooms;
    CounterTile *m_messages;
    CounterTile *m_deliveries;
    CounterTile *m_refusals;
    CounterTile *m_uptime;
    CounterTile *m_memory;
};

} // namespace Parlance
