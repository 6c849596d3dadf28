// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/counterscard.h"

#include "text/format.h"
#include "widgets/countertile.h"

#include <QGridLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

CountersCard::CountersCard(QWidget *parent)
    : Card(parent), m_people(new CounterTile(tr("People"))), m_sessions(new CounterTile(tr("Sessions"))),
      m_rooms(new CounterTile(tr("Rooms"))), m_messages(new CounterTile(tr("Messages/s"))),
      m_deliveries(new CounterTile(tr("Deliveries/s"))), m_refusals(new CounterTile(tr("Refusals"))),
      m_uptime(new CounterTile(tr("Uptime"))), m_memory(new CounterTile(tr("Memory")))
{
    m_people->setToolTip(tr("In all rooms together; somebody in two rooms counts twice"));
    m_sessions->setToolTip(tr("Open windows and programs"));
    m_deliveries->setToolTip(tr("Messages sent out, one for each who receives it"));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(10);
    constexpr int kColumns = 4;
    int place = 0;
    for (CounterTile *tile : {m_people, m_sessions, m_rooms, m_uptime, m_messages, m_deliveries, m_refusals, m_memory}) {
        grid->addWidget(tile, place / kColumns, place % kColumns);
        ++place;
    }
    for (int row = 0; row < place / kColumns; ++row)
        grid->setRowStretch(row, 1);
    for (int column = 0; column < kColumns; ++column)
        grid->setColumnStretch(column, 1);
    m_people->setObjectName(u"people"_s);
    m_messages->setObjectName(u"messageRate"_s);
    m_uptime->setObjectName(u"uptime"_s);
}

void CountersCard::setStatistics(const Statistics &statistics)
{
    m_people->setValue(Format::count(quint64(qMax(0, statistics.users))));
    m_sessions->setValue(Format::count(quint64(qMax(0, statistics.sessions))));
    m_rooms->setValue(Format::count(quint64(qMax(0, statistics.rooms))));
    m_messages->setValue(Format::rate(statistics.messagesPerSecond));
    m_deliveries->setValue(Format::rate(statistics.deliveriesPerSecond));
    m_refusals->setValue(Format::count(statistics.refusals));
    m_uptime->setValue(Format::duration(statistics.uptimeMs));
    m_memory->setValue(Format::bytes(statistics.residentBytes));
}

void CountersCard::clear()
{
    for (CounterTile *tile : {m_people, m_sessions, m_rooms, m_uptime, m_messages, m_deliveries, m_refusals, m_memory})
        tile->setValue(Format::dash());
}

} // namespace Parlance
