// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/wire.h"

#include "protocol/eventcodec.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

/// What the three have in common that change a message.
template <typename Changed>
Changed changed(const Message &entry)
{
    Changed event;
    event.id = entry.change->target.toString();
    event.targetSeq = entry.change->targetSeq;
    event.room = entry.room.text();
    event.username = entry.author.text();
    event.timestamp = entry.timestamp;
    event.seq = entry.seq;
    event.cid = entry.cid.toString();
    return event;
}

QList<ReactionTally> tallyOf(const QList<Reaction> &reactions)
{
    QList<ReactionTally> tallies;
    for (const Reaction &reaction : reactions) {
        auto it = std::find_if(tallies.begin(), tallies.end(),
                               [&reaction](const ReactionTally &tally) { return tally.emoji == reaction.emoji; });
        if (it == tallies.end())
            it = tallies.insert(tallies.end(), ReactionTally {reaction.emoji, {}});
        it->users.append(reaction.user.text());
    }
    return tallies;
}

} // namespace

MessageEvent toWire(const Message &message)
{
    MessageEvent event {message.id.toString(), message.author.text(), message.content, message.timestamp,
                        message.room.text(),   message.seq,           message.cid.toString()};
    if (message.aftermath) {
        event.edited = message.aftermath->edited;
        event.isDeleted = message.aftermath->isDeleted;
        event.reactions = tallyOf(message.aftermath->reactions);
    }
    return event;
}

Event eventOf(const Message &entry)
{
    if (!entry.change)
        return toWire(entry);
    switch (entry.change->kind) {
    case ChangeKind::Edit: {
        if (entry.content.isEmpty()) // what it changed is gone
            break;
        auto event = changed<MessageEditedEvent>(entry);
        event.content = entry.content;
        return event;
    }
    case ChangeKind::Deletion: break;
    case ChangeKind::Reaction:
    case ChangeKind::ReactionGone: {
        auto event = changed<ReactionEvent>(entry);
        event.emoji = entry.change->emoji;
        event.on = entry.change->kind == ChangeKind::Reaction;
        return event;
    }
    }
    return changed<MessageDeletedEvent>(entry);
}

void appendMessage(QByteArray &frames, const Message &message)
{
    if (message.aftermath)
        appendMessageFrame(frames, toWire(message));
    else
        appendMessageFrame(frames, viewOf(message));
}

MessageView viewOf(const Message &message)
{
    return {message.id.toString(), message.author.text(), message.content, message.timestamp,
            message.room.text(),   message.seq,           message.cid.toString()};
}

QString toWire(Severity severity)
{
    switch (severity) {
    case Severity::Info: return u"info"_s;
    case Severity::Warning: return u"warning"_s;
    case Severity::Urgent: return u"urgent"_s;
    }
    return u"info"_s;
}

NoticeEvent toWire(const Notice &notice, qint64 timestamp)
{
    return {notice.content, toWire(notice.severity), notice.sticky, notice.until, timestamp};
}

} // namespace Parlance
