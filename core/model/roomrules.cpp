// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/roomrules.h"

#include "base/text.h"

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

Error frozen()
{
    return {ErrorCode::Frozen, u"the room is frozen: nothing can be said at the moment"_s};
}

} // namespace

Result<RoomPatch> proven(RoomPatch patch)
{
    if (patch.topic) {
        patch.topic = storable(patch.topic->simplified());
        if (isLongerThan(*patch.topic, RoomSettings::kTopicChars))
            return Error {ErrorCode::TooLong, u"topic must have at most %1 characters"_s.arg(RoomSettings::kTopicChars), u"topic"_s};
    }
    if (patch.slowModeS && (*patch.slowModeS < 0 || *patch.slowModeS > RoomSettings::kSlowestS))
        return Error {ErrorCode::BadParameter, u"slow_mode_s must be 0..%1"_s.arg(RoomSettings::kSlowestS), u"slow_mode_s"_s};
    return patch;
}

Status mayChange(const RoomSettings &settings, ChangeKind kind)
{
    return settings.isFrozen && kind != ChangeKind::Deletion ? frozen() : Status();
}

Status SlowMode::take(const RoomSettings &settings, const PersonId &person, Clock::Millis now)
{
    if (settings.isFrozen)
        return frozen();
    if (settings.slowModeS == 0) {
        m_last.clear();
        return {};
    }
    const Clock::Millis pause = std::chrono::seconds(settings.slowModeS);
    if (m_last.size() > kPruned)
        m_last.removeIf([now, pause](const auto &one) { return now - one.value() >= pause; });
    if (const auto last = m_last.constFind(person); last != m_last.cend() && now - *last < pause)
        return Error {ErrorCode::RateLimited, u"slow mode: one message in %1 s"_s.arg(settings.slowModeS), {}, pause - (now - *last)};
    m_last.insert(person, now);
    return {};
}

} // namespace Parlance
