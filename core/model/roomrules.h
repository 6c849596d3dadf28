// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "model/message.h"
#include "model/roomsettings.h"

#include <QHash>

namespace Parlance {

/// \a patch as it can be kept: the topic trimmed and in one line. TooLong, BadParameter.
Result<RoomPatch> proven(RoomPatch patch);

/// Whether a change of that kind may be made. Frozen, but for a deletion.
Status mayChange(const RoomSettings &settings, ChangeKind kind);

/// Who said something when, of a room in slow mode. Thread: the hub.
class SlowMode
{
public:
    /// Whether \a person may say something at \a now (monotonic), which counts then. Frozen; RateLimited with the time to
    /// wait.
    Status take(const RoomSettings &settings, const PersonId &person, Clock::Millis now);

private:
    static constexpr qsizetype kPruned = 1'000; ///< people; above it those who may speak again are forgotten

    QHash<PersonId, Clock::Millis> m_last;
};

} // namespace Parlance
