// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/rate.h"

namespace Parlance {

/// What the chat allows; the composition root fills it from the configuration.
struct ModelLimits
{
    Rate messages {10, std::chrono::seconds(10)}; ///< per person, and per name asked for in one network
    Rate messagesPerAddress {200, std::chrono::seconds(10)}; ///< of everybody in one network together
    Rate joins {50, std::chrono::seconds(10)}; ///< per network
    int contentChars = 4000; ///< code points of one message
    int roomNameChars = 64; ///< code points; NameRules has the most that is possible
    int userNameChars = 32;
    int rooms = 1000; ///< active at once
    int sessionsPerPerson = 128;
    int ring = 1000; ///< messages kept in memory per active room
    qint64 historyBytes = 256 * 1024 * 1024; ///< of all rings together, about; the largest forgets first
    int quietRoom = 200; ///< people above which joins and leaves are summed up once a second
    int trackedKeys = 100000; ///< rate buckets kept per kind; when there are more, newcomers wait
};

} // namespace Parlance
