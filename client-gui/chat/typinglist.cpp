// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/typinglist.h"

using namespace std::chrono_literals;

namespace Parlance::Client {

TypingList::TypingList(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock)
{
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &TypingList::expire);
}

void TypingList::set(const QString &name, bool writing)
{
    const qsizetype i = m_names.indexOf(name);
    if (writing && i >= 0) {
        m_until[i] = m_clock.monotonic() + kExpiry;
        return;
    }
    if (writing) {
        if (m_names.size() >= kMaxNames)
            return;
        m_names.append(name);
        m_until.append(m_clock.monotonic() + kExpiry);
        m_timer.start();
    } else {
        if (i < 0)
            return;
        m_names.removeAt(i);
        m_until.removeAt(i);
    }
    emit changed();
}

void TypingList::clear()
{
    m_timer.stop();
    if (m_names.isEmpty())
        return;
    m_names.clear();
    m_until.clear();
    emit changed();
}

void TypingList::expire()
{
    const Clock::Millis now = m_clock.monotonic();
    bool any = false;
    for (qsizetype i = m_names.size() - 1; i >= 0; --i) {
        if (m_until.at(i) > now)
            continue;
        m_names.removeAt(i);
        m_until.removeAt(i);
        any = true;
    }
    if (m_names.isEmpty())
        m_timer.stop();
    if (any)
        emit changed();
}

} // namespace Parlance::Client
