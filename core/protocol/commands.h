// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <variant>

namespace Parlance {

/// `message`: say something in the room.
struct PostCommand
{
    QString content;
    QString cid; ///< empty when the client gave none
};

/// `typing` (part B): the person began or stopped to write.
struct TypingCommand
{
    bool on = true;
};

using Command = std::variant<PostCommand, TypingCommand>;

} // namespace Parlance
