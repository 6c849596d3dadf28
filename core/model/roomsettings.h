// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <optional>

namespace Parlance {

/// What a room is set to; kept with its history.
struct RoomSettings
{
    static constexpr qsizetype kTopicChars = 200; ///< at most
    static constexpr int kSlowestS = 3600; ///< slow mode at most

    QString topic = {}; ///< plain text, one line; may be empty
    int slowModeS = 0; ///< seconds between two messages of one person; 0: no slow mode
    bool isFrozen = false; ///< nobody says or changes anything; taking back is possible
    bool isLocked = false; ///< nobody new comes in

    friend bool operator==(const RoomSettings &, const RoomSettings &) = default;
};

/// What somebody wants to be different; nothing: as it is.
struct RoomPatch
{
    std::optional<QString> topic = {};
    std::optional<int> slowModeS = {};
    std::optional<bool> isFrozen = {};
    std::optional<bool> isLocked = {};

    RoomSettings applied(RoomSettings to) const
    {
        to.topic = topic.value_or(to.topic);
        to.slowModeS = slowModeS.value_or(to.slowModeS);
        to.isFrozen = isFrozen.value_or(to.isFrozen);
        to.isLocked = isLocked.value_or(to.isLocked);
        return to;
    }
};

} // namespace Parlance

Q_DECLARE_METATYPE(Parlance::RoomSettings)
