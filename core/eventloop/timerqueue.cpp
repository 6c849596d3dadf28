// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/timerqueue.h"

#include <algorithm>
#include <limits>

using namespace std::chrono_literals;

namespace Parlance {

namespace {

using Time = TimerQueue::Time;

constexpr TimerQueue::Millis kLongest = std::chrono::hours(24) * 365 * 100; // keeps nanoseconds in 64 bits
constexpr Time kExactUpTo = 20ms;

Time roundedTo(Time step, Time time)
{
    return (time + step / 2) / step * step;
}

/// The roundest time within 2.5 % of the period: what two neighbouring firings may differ by then is 5 %.
Time coarse(Time exact, Time period)
{
    constexpr Time steps[] = {1s, 500ms, 250ms, 100ms, 50ms, 25ms, 10ms, 5ms, 2ms, 1ms};
    const Time slack = period / 40;
    for (const Time step : steps) {
        const Time rounded = roundedTo(step, exact);
        if (std::chrono::abs(rounded - exact) <= slack)
            return rounded;
    }
    return exact;
}

Time effectivePeriod(const TimerQueue::Timer &timer)
{
    if (timer.type != Qt::VeryCoarseTimer || timer.interval == 0ms)
        return timer.interval;
    return std::max<Time>(1s, roundedTo(1s, timer.interval));
}

Time roundedDeadline(Qt::TimerType type, Time exact, Time period, Time now)
{
    if (type != Qt::CoarseTimer || period <= kExactUpTo)
        return exact;
    const Time rounded = coarse(exact, period);
    return rounded > now ? rounded : exact;
}

} // namespace

void TimerQueue::add(const Timer &timer, Time now)
{
    remove(timer.id);
    Entry entry;
    entry.timer = timer;
    entry.timer.interval = std::clamp(timer.interval, Millis {0}, kLongest);
    entry.period = effectivePeriod(entry.timer);
    const bool wholeSeconds = timer.type == Qt::VeryCoarseTimer && entry.period > Time {0};
    entry.exact = (wholeSeconds ? roundedTo(1s, now) : now) + entry.period;
    entry.deadline = roundedDeadline(timer.type, entry.exact, entry.period, now);
    entry.registration = m_nextRegistration++;
    enqueue(m_timers.insert_or_assign(timer.id, entry).first->second);
    m_byObject.emplace(timer.object, timer.id);
}

bool TimerQueue::remove(int id)
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return false;
    const Entry &entry = found->second;
    m_queue.erase(Place {entry.deadline, entry.sequence, id});
    m_byObject.erase({entry.timer.object, id});
    m_timers.erase(found);
    return true;
}

bool TimerQueue::removeAll(QObject *object)
{
    bool removed = false;
    const std::pair first {object, std::numeric_limits<int>::min()};
    for (auto it = m_byObject.lower_bound(first); it != m_byObject.end() && it->first == object;
         it = m_byObject.lower_bound(first))
        removed = remove(it->second);
    return removed;
}

QList<TimerQueue::Timer> TimerQueue::timersOf(QObject *object) const
{
    QList<Timer> timers;
    const std::pair first {object, std::numeric_limits<int>::min()};
    for (auto it = m_byObject.lower_bound(first); it != m_byObject.end() && it->first == object; ++it)
        timers.append(m_timers.at(it->second).timer);
    return timers;
}

std::optional<Time> TimerQueue::deadline(int id) const
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return std::nullopt;
    return found->second.deadline;
}

std::optional<Time> TimerQueue::nextDeadline() const
{
    if (m_queue.empty())
        return std::nullopt;
    return std::get<Time>(*m_queue.begin());
}

std::optional<TimerQueue::Due> TimerQueue::takeDue(const Round &round)
{
    if (m_queue.empty())
        return std::nullopt;
    const auto [deadline, sequence, id] = *m_queue.begin();
    // What was queued since the round began is due at its `now` at the earliest, and stands behind all of the
    // round that is due then: the first one met ends the round.
    if (deadline > round.now || sequence >= round.end)
        return std::nullopt;
    m_queue.erase(m_queue.begin());
    Entry &entry = m_timers.at(id);
    entry.sequence = 0;
    advance(entry, round.now);
    return Due {id, entry.timer.object, entry.period == Time {0}, entry.registration};
}

void TimerQueue::rearm(const Due &due)
{
    const auto found = m_timers.find(due.id);
    if (found != m_timers.end() && found->second.registration == due.registration)
        enqueue(found->second);
}

void TimerQueue::enqueue(Entry &entry)
{
    entry.sequence = m_nextSequence++;
    m_queue.emplace(entry.deadline, entry.sequence, entry.timer.id);
}

void TimerQueue::advance(Entry &entry, Time now)
{
    if (entry.period == Time {0}) {
        entry.exact = entry.deadline = now;
        return;
    }
    entry.exact += entry.period;
    if (entry.exact <= now)
        entry.exact += ((now - entry.exact) / entry.period + 1) * entry.period;
    entry.deadline = roundedDeadline(entry.timer.type, entry.exact, entry.period, now);
}

} // namespace Parlance
