// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/names.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <memory>

namespace Parlance {

enum class ChangeKind { Edit, Deletion, Reaction, ReactionGone };

/// What somebody does to a message that was said before.
struct Change
{
    ChangeKind kind = ChangeKind::Edit;
    MessageId target;
    quint64 targetSeq = 0; ///< the store knows it
    QString emoji = {}; ///< of the reactions
};

/// An emoji that somebody put under a message.
struct Reaction
{
    QString emoji;
    PersonId person;
    UserName user;
    quint64 seq = 0; ///< of the change that put it there
    qint64 timestamp = 0; ///< likewise
};

/// What became of a message after it was said.
struct Aftermath
{
    qint64 edited = 0; ///< milliseconds since the Unix epoch; 0: never
    bool isDeleted = false; ///< its text is gone
    QList<Reaction> reactions; ///< in the order in which they came
};

/// One entry of a room's history, committed: something that somebody said, or a change of what was said before, which
/// takes a seq as well, so that somebody who comes back is told of it.
struct Message
{
    MessageId id;
    RoomName room;
    UserName author;
    PersonId person; ///< who wrote it; never leaves the server
    /// Plain text, trimmed, not empty but of what is deleted. Of an edit: what the message says now; empty where it is
    /// deleted since.
    QString content;
    qint64 timestamp = 0; ///< milliseconds since the Unix epoch, UTC
    quint64 seq = 0; ///< gapless from 1 per room
    Cid cid; ///< null where the sender gave none
    std::shared_ptr<const Change> change = {}; ///< null: something said
    std::shared_ptr<const Aftermath> aftermath = {}; ///< null: as it was said

    bool isDeleted() const { return aftermath && aftermath->isDeleted; }
    /// What everybody gets to see as a message.
    bool isReadable() const { return !change && !isDeleted(); }
};

using MessageList = QList<Message>;

} // namespace Parlance

Q_DECLARE_METATYPE(Parlance::Message)
