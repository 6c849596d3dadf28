// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/backoff.h"

#include <QRandomGenerator>

#include <algorithm>

namespace Parlance::Client {

Backoff::Backoff(Millis first, Millis longest, Random random)
    : m_first(first), m_longest(longest), m_random(std::move(random))
{
    if (!m_random)
        m_random = [] { return QRandomGenerator::global()->generateDouble(); };
}

Backoff::Millis Backoff::next()
{
    const int doublings = std::min(m_attempts, 20);
    ++m_attempts;
    const Millis full = std::min(m_longest, Millis(m_first.count() << doublings));
    return Millis(qint64(double(full.count()) * (0.5 + 0.5 * m_random())));
}

Backoff::Millis Backoff::spread(Millis base)
{
    return Millis(qint64(double(base.count()) * (1.0 + 0.2 * m_random())));
}

} // namespace Parlance::Client
