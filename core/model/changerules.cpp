// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/changerules.h"

#include <QSet>
#include <QTextBoundaryFinder>

#include <unicode/uchar.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr qsizetype kMostUnits = 35; ///< UTF-16 units: the longest that Unicode recommends, with room to spare

Error notFound(const QString &detail)
{
    return {ErrorCode::NotFound, detail, u"id"_s};
}

const Reaction *reactionOf(const Message &target, const PersonId &person, const QString &emoji)
{
    if (!target.aftermath)
        return nullptr;
    const QList<Reaction> &all = target.aftermath->reactions;
    const auto it = std::find_if(all.cbegin(), all.cend(), [&](const Reaction &reaction) {
        return reaction.person == person && reaction.emoji == emoji;
    });
    return it == all.cend() ? nullptr : &*it;
}

bool hasPlaceFor(const Message &target, const QString &emoji)
{
    QSet<QString> emojis {emoji};
    if (target.aftermath) {
        for (const Reaction &reaction : target.aftermath->reactions)
            emojis.insert(reaction.emoji);
    }
    return emojis.size() <= kMostEmojis;
}

} // namespace

bool isEmoji(const QString &text)
{
    if (text.isEmpty() || text.size() > kMostUnits)
        return false;
    QTextBoundaryFinder graphemes(QTextBoundaryFinder::Grapheme, text);
    if (graphemes.toNextBoundary() != text.size())
        return false;
    const QList<uint> points = text.toUcs4();
    // Digits, # and * are emojis by their property, and only become visible ones as keycaps (UTS #51 section 1.4.3).
    const bool isKeycap = points.constLast() == 0x20E3;
    if (points.constFirst() < 0x80 && !isKeycap)
        return false;
    return u_hasBinaryProperty(UChar32(points.constFirst()), UCHAR_EMOJI);
}

Status mayChange(const Message &target, const Draft &draft)
{
    if (target.change)
        return notFound(u"there is no message of that id"_s);
    if (target.isDeleted())
        return notFound(u"the message was deleted"_s);
    switch (draft.change->kind) {
    case ChangeKind::Edit:
    case ChangeKind::Deletion:
        if (target.person != draft.person)
            return Error {ErrorCode::Forbidden, u"only who wrote a message may change it"_s, u"id"_s};
        return {};
    case ChangeKind::Reaction:
        if (!hasPlaceFor(target, draft.change->emoji))
            return Error {ErrorCode::Forbidden, u"the message has %1 different reactions already"_s.arg(kMostEmojis), u"emoji"_s};
        return {};
    case ChangeKind::ReactionGone:
        if (!reactionOf(target, draft.person, draft.change->emoji))
            return Error {ErrorCode::NotFound, u"you have no such reaction there"_s, u"emoji"_s};
        return {};
    }
    return {};
}

bool isRepeat(const Message &earlier, const Draft &draft)
{
    if (!earlier.change != !draft.change || earlier.room != draft.room)
        return false;
    // What was changed since, or is a change itself, need not have the text that was sent.
    if (!earlier.change)
        return earlier.content == draft.content
            || (earlier.aftermath && (earlier.aftermath->edited > 0 || earlier.aftermath->isDeleted));
    return earlier.change->kind == draft.change->kind && earlier.change->target == draft.change->target
        && earlier.change->emoji == draft.change->emoji;
}

Error conflict()
{
    return {ErrorCode::Conflict, u"this cid was used for another message"_s, u"cid"_s};
}

const Reaction *standingReaction(const Message &target, const Draft &draft)
{
    return draft.change->kind == ChangeKind::Reaction ? reactionOf(target, draft.person, draft.change->emoji) : nullptr;
}

void applyChange(Message &target, const Message &change)
{
    auto after = target.aftermath ? std::make_shared<Aftermath>(*target.aftermath) : std::make_shared<Aftermath>();
    switch (change.change->kind) {
    case ChangeKind::Edit:
        target.content = change.content;
        after->edited = change.timestamp;
        break;
    case ChangeKind::Deletion:
        target.content.clear();
        *after = {0, true, {}};
        break;
    case ChangeKind::Reaction:
        if (!reactionOf(target, change.person, change.change->emoji))
            after->reactions.append({change.change->emoji, change.person, change.author, change.seq, change.timestamp});
        break;
    case ChangeKind::ReactionGone:
        after->reactions.removeIf([&change](const Reaction &reaction) {
            return reaction.person == change.person && reaction.emoji == change.change->emoji;
        });
        break;
    }
    target.aftermath = std::move(after);
}

} // namespace Parlance
