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

/// `edit` (part B): the person's own message has another text from now on.
struct EditCommand
{
    QString id; ///< of the message
    QString content;
    QString cid; ///< empty when the client gave none
};

/// `delete` (part B): the person's own message is taken back, and its text forgotten.
struct DeleteCommand
{
    QString id; ///< of the message
    QString cid;
};

/// `react` (part B): an emoji under somebody's message, or away from it.
struct ReactCommand
{
    QString id; ///< of the message
    QString emoji;
    bool on = true;
    QString cid;
};

using Command = std::variant<PostCommand, TypingCommand, EditCommand, DeleteCommand, ReactCommand>;

} // namespace Parlance
