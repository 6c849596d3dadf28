// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/connectionbanner.h"

#include "client-gui/chat/room.h"
#include "client-gui/widgets/bar.h"
#include "client-gui/widgets/words.h"

#include <QVBoxLayout>

namespace Parlance::Client {

ConnectionBanner::ConnectionBanner(Room &room, QWidget *parent) : QWidget(parent), m_room(room), m_bar(new Bar(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_bar);
    hide();
    m_tick.setInterval(500);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_tick, &QTimer::timeout, this, &ConnectionBanner::update);
    connect(&m_patience, &QTimer::timeout, this, &ConnectionBanner::update);
    connect(&room, &Room::outboxChanged, this, &ConnectionBanner::stateChanged);
    connect(&room.connection(), &RoomConnection::stateChanged, this, &ConnectionBanner::stateChanged);
    connect(m_bar, &Bar::actionTriggered, &room.connection(), &RoomConnection::retryNow);
    stateChanged();
}

void ConnectionBanner::stateChanged()
{
    const ConnectionState &state = m_room.connection().state();
    const bool quickOnes = (state.link == Link::Connecting || state.link == Link::CatchingUp) && state.attempt == 0;
    m_tick.stop();
    m_patience.stop();
    if (state.link == Link::Online) {
        hide();
    } else if (quickOnes && isHidden()) {
        m_patience.start();
    } else {
        update();
    }
    if (state.retryAt.count() > 0)
        m_tick.start();
}

void ConnectionBanner::update()
{
    const RoomConnection &connection = m_room.connection();
    const ConnectionState &state = connection.state();
    const Clock::Millis left = connection.timeToRetry();
    const int queued = m_room.outbox().pendingCount();
    m_bar->setText(Words::banner(state, left, queued), Words::banner(state, left, queued, Words::Voice::Spoken));
    m_bar->setAction(Words::bannerAction(state), connection.canRetry());
    const bool final = state.link == Link::Kicked || state.link == Link::Refused;
    m_bar->setTone(state.cause == Cause::RoomClosed ? Bar::Tone::Warning
                   : final ? Bar::Tone::Danger : state.link == Link::Waiting ? Bar::Tone::Warning : Bar::Tone::Calm);
    show();
}

} // namespace Parlance::Client
