// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/replay.h"

#include "model/room.h"

#include <algorithm>

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
    return since + 1 < room.first() ? Replay::Gap::Retention : Replay::Gap::None;
}

/// The seq below the newest \a count that people may read.
quint64 beforeNewest(const Room &room, quint64 count)
{
    if (count == 0 || room.history.isEmpty())
        return room.head - std::min(room.head, count);
    const quint64 from = room.history.firstOfNewest(count);
    return from > 0 ? from - 1 : 0;
}

} // namespace

Replay replayOf(const Room &room, quint64 since, const QString &epoch, int count)
{
    Replay replay;
    replay.gap = gapOf(room, since, epoch);
    const quint64 newest = quint64(std::max(count, 0));
    const quint64 before = room.first() - 1;
    replay.after = replay.gap == Replay::Gap::None ? since : std::max(before, beforeNewest(room, newest));
    const quint64 atHand = room.history.isEmpty() ? room.head + 1 : room.history.first();
    replay.isInStore = replay.after + 1 < atHand;
    if (!replay.isInStore)
        replay.messages = room.history.after(replay.after);
    replay.complete = replay.gap == Replay::Gap::None || replay.after == 0;
    return replay;
}

} // namespace Parlance
