// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/replay.h"

#include "model/room.h"

namespace Parlance {

namespace {

Replay::Gap gapOf(const Room &room, quint64 since, const QString &epoch)
{
    if (epoch.isEmpty())
        return Replay::Gap::Fresh;
    if (epoch != room.epoch)
        return Replay::Gap::Epoch;
    if (since > room.head)
        return Replay::Gap::Ahead;
    const quint64 oldest = room.history.isEmpty() ? room.head + 1 : room.history.first();
    return since + 1 < oldest ? Replay::Gap::Retention : Replay::Gap::None;
}

} // namespace

Replay replayOf(const Room &room, quint64 since, const QString &epoch, int count)
{
    const Replay::Gap gap = gapOf(room, since, epoch);
    Replay replay {gap, gap == Replay::Gap::None ? room.history.after(since) : room.history.newest(count), true};
    const quint64 start = replay.messages.isEmpty() ? room.head + 1 : replay.messages.constFirst().seq;
    replay.complete = gap == Replay::Gap::None || start <= 1;
    return replay;
}

} // namespace Parlance
