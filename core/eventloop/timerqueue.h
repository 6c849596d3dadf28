// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <Qt>

#include <chrono>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

class QObject;

namespace Parlance {

/// The timers of one event loop, ordered by deadline; every operation is O(log n) in the number of timers.
///
/// Knows no clock: the caller brings the monotonic time. Sends nothing and never touches the objects.
///
/// When a timer is due:
/// - Precise: to the nanosecond. Coarse: within 2.5 % of its exact time, so 5 % between two firings, moved so that
///   many timers share one wake-up; up to 20 ms exact. VeryCoarse: on whole seconds, at least one.
/// - Interval 0 of any type: in every round.
/// - A periodic timer keeps its phase. After a stall it fires once, and the periods that were missed are gone.
///
/// Thread: that of the loop.
class TimerQueue
{
public:
    using Time = std::chrono::nanoseconds; ///< since any fixed point
    using Millis = std::chrono::milliseconds;

    struct Timer
    {
        int id = 0;
        Millis interval {0};
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
    };

    /// What one pass of the loop may fire: what is due at \a now, and nothing that was queued since it began.
    struct Round
    {
        Time now {0};
        quint64 end = 0;
    };

    /// A timer that is to be fired now. It is out of the queue until rearm().
    struct Due
    {
        int id = 0;
        QObject *object = nullptr;
        bool isZero = false;
        quint64 registration = 0;
    };

    /// A timer with the same id is replaced. Intervals are cut to between 0 and 100 years.
    void add(const Timer &timer, Time now);
    /// False when there is no such timer.
    bool remove(int id);
    /// False when the object had none.
    bool removeAll(QObject *object);

    /// As they were added, by id.
    QList<Timer> timersOf(QObject *object) const;
    /// Of the next firing, also while the timer is being fired. Empty when there is no such timer.
    std::optional<Time> deadline(int id) const;
    /// Of the first timer in the queue, so without those being fired. Empty: wait for ever.
    std::optional<Time> nextDeadline() const;

    Round beginRound(Time now) const { return {now, m_nextSequence}; }
    /// The next timer of the round. Its next deadline is set, but it cannot fire again before rearm(): a
    /// handler that runs an event loop of its own does not meet itself.
    std::optional<Due> takeDue(const Round &round);
    /// After the handler. Does nothing when the handler has removed or replaced the timer.
    void rearm(const Due &due);

private:
    struct Entry
    {
        Timer timer;
        Time period {0};
        Time exact {0}; ///< where the periods count from
        Time deadline {0}; ///< exact, rounded as the type allows
        quint64 sequence = 0; ///< of its place in the queue
        quint64 registration = 0;
    };
    using Place = std::tuple<Time, quint64, int>; // deadline, sequence, id

    void enqueue(Entry &entry);
    static void advance(Entry &entry, Time now);

    std::unordered_map<int, Entry> m_timers;
    std::set<Place> m_queue;
    std::set<std::pair<QObject *, int>> m_byObject;
    quint64 m_nextSequence = 1;
    quint64 m_nextRegistration = 1;
};

} // namespace Parlance
