// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/messagestore.h"

namespace Parlance {

// Who may change a message, and what a change does to it: the same for every store.

/// Different emojis that one message may have.
inline constexpr int kMostEmojis = 20;

/// Whether \a text is one emoji: a single character as people see it, without anything else.
bool isEmoji(const QString &text);

/// Whether \a draft, a change, may be made to \a target, which is the message of that id.
///
/// NotFound: the target is deleted, or no message, or has no such reaction to take away. Forbidden: somebody else wrote
/// it, or it has kMostEmojis already.
Status mayChange(const Message &target, const Draft &draft);

/// Whether \a draft, of the same person and cid as \a earlier, is that one sent again; else it is a Conflict.
bool isRepeat(const Message &earlier, const Draft &draft);
/// What a second use of a cid fails with.
Error conflict();

/// The reaction that \a draft would put there and that is there already; null where it is not.
const Reaction *standingReaction(const Message &target, const Draft &draft);

/// \a target after \a change.
void applyChange(Message &target, const Message &change);

} // namespace Parlance
