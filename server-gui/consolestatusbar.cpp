// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolestatusbar.h"

#include "pages/overviewpage.h"
#include "text/format.h"
#include "widgets/plainlabel.h"
#include "widgets/statedot.h"

using namespace Qt::StringLiterals;

namespace Parlance {

ConsoleStatusBar::ConsoleStatusBar(QWidget *parent)
    : QStatusBar(parent), m_dot(new StateDot), m_state(new PlainLabel), m_connections(new PlainLabel),
      m_rooms(new PlainLabel), m_rate(new PlainLabel), m_memory(new PlainLabel)
{
    setSizeGripEnabled(false);
    m_state->setObjectName(u"statusState"_s);
    m_connections->setObjectName(u"statusConnections"_s);
    addWidget(m_dot);
    addWidget(m_state);
    for (PlainLabel *label : {m_connections, m_rooms, m_rate, m_memory}) {
        label->setContentsMargins(fontMetrics().height() / 2, 0, fontMetrics().height() / 2, 0);
        addPermanentWidget(label);
    }
    clearStatistics();
}

void ConsoleStatusBar::setState(ServerControl::State state)
{
    m_state->setText(stateText(state));
    m_dot->setHue(state == ServerControl::State::Running       ? Hue::Good
                      : state == ServerControl::State::Stopped ? Hue::Neutral
                                                               : Hue::Caution);
}

void ConsoleStatusBar::setStatistics(const Statistics &statistics)
{
    m_connections->setText(tr("Connections: %1").arg(Format::count(quint64(qMax(0, statistics.connections)))));
    m_rooms->setText(tr("Rooms: %1").arg(Format::count(quint64(qMax(0, statistics.rooms)))));
    m_rate->setText(tr("Messages/s: %1").arg(Format::rate(statistics.messagesPerSecond)));
    m_memory->setText(tr("Memory: %1").arg(Format::bytes(statistics.residentBytes)));
    for (PlainLabel *label : {m_connections, m_rooms, m_rate, m_memory})
        label->show();
}

void ConsoleStatusBar::clearStatistics()
{
    for (PlainLabel *label : {m_connections, m_rooms, m_rate, m_memory})
        label->hide();
}

} // namespace Parlance
