// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpturns.h"

#include "net/httpconnection.h"

#include <algorithm>

namespace Parlance {

HttpTurns::HttpTurns(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock)
{
    m_pass.setSingleShot(true);
    connect(&m_pass, &QTimer::timeout, this, &HttpTurns::nextPass);
}

bool HttpTurns::begin(HttpConnection *connection)
{
    if (m_line.empty() && !isOver()) {
        start();
        return true;
    }
    m_line.push_back(connection);
    awaitPass();
    return false;
}

void HttpTurns::forget(HttpConnection *connection)
{
    std::erase(m_line, connection);
}

void HttpTurns::start()
{
    if (!m_isBusy)
        m_began = m_clock.monotonicMicros();
    m_isBusy = true;
    awaitPass();
}

void HttpTurns::awaitPass()
{
    if (!m_pass.isActive()) // starting it anew would cost two entries in the timers
        m_pass.start();
}

void HttpTurns::nextPass()
{
    m_isBusy = false;
    while (!m_line.empty() && !isOver()) {
        HttpConnection *connection = m_line.front();
        m_line.pop_front();
        start();
        connection->takeTurn();
    }
    if (!m_line.empty())
        awaitPass();
}

} // namespace Parlance
