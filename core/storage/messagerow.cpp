// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/messagerow.h"

#include "model/changerules.h"
#include "storage/messageid.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

using Schema::RowKind;

constexpr qsizetype kMostNames = 10'000;

std::shared_ptr<const Change> changeOf(RowKind kind, const QSqlQuery &row)
{
    Change change;
    switch (kind) {
    case RowKind::Edit: change.kind = ChangeKind::Edit; break;
    case RowKind::Deletion: change.kind = ChangeKind::Deletion; break;
    case RowKind::Reaction: change.kind = ChangeKind::Reaction; break;
    case RowKind::ReactionGone: change.kind = ChangeKind::ReactionGone; break;
    case RowKind::Message:
    case RowKind::DeletedMessage: return nullptr;
    }
    const qint64 target = row.value(9).toLongLong();
    // One that is gone was of this epoch, or nobody knows it any more.
    const QString epoch = row.value(row.value(11).isNull() ? 1 : 11).toString();
    change.targetSeq = Schema::seqOf(target);
    change.target = messageId(epoch, target >> Schema::kSeqBits, change.targetSeq);
    if (kind == RowKind::Reaction || kind == RowKind::ReactionGone)
        change.emoji = row.value(7).toString();
    return std::make_shared<const Change>(std::move(change));
}

} // namespace

RowKind rowKindOf(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Edit: return RowKind::Edit;
    case ChangeKind::Deletion: return RowKind::Deletion;
    case ChangeKind::Reaction: return RowKind::Reaction;
    case ChangeKind::ReactionGone: return RowKind::ReactionGone;
    }
    return RowKind::Edit;
}

Result<Message> MessageRows::read(const RoomName &room, const QSqlQuery &row)
{
    const qint64 key = row.value(0).toLongLong();
    const auto kind = RowKind(row.value(2).toInt());
    const Result<UserName> author = name(row.value(3).toString());
    if (!author)
        return author.error();
    const quint64 seq = Schema::seqOf(key);
    Message message {messageId(row.value(1).toString(), key >> Schema::kSeqBits, seq),
                     room,
                     author.value(),
                     PersonId(row.value(4).toString()),
                     row.value(7).toString(),
                     row.value(6).toLongLong(),
                     seq,
                     Cid(row.value(5).toString())};
    if (kind == RowKind::Message && row.value(8).isNull())
        return message;
    message.change = changeOf(kind, row);
    if (message.change)
        message.content = kind == RowKind::Edit ? row.value(10).toString() : QString();
    else
        message.aftermath = std::make_shared<const Aftermath>(Aftermath {row.value(8).toLongLong(), kind == RowKind::DeletedMessage, {}});
    return message;
}

Result<Message> MessageRows::read(const RoomName &room, qint64 key, const QString &epoch, const JournalEntry &entry)
{
    const Result<UserName> author = name(entry.author);
    if (!author)
        return author.error();
    const quint64 seq = Schema::seqOf(key);
    return Message {messageId(epoch, key >> Schema::kSeqBits, seq), room, author.value(), PersonId(entry.person), entry.content,
                    entry.timestamp, seq, Cid(entry.cid)};
}

Status MessageRows::addReactions(MessageList &messages, QSqlQuery &rows)
{
    while (rows.next()) {
        const quint64 target = Schema::seqOf(rows.value(0).toLongLong());
        const auto at = std::lower_bound(messages.begin(), messages.end(), target,
                                         [](const Message &message, quint64 seq) { return message.seq < seq; });
        if (at == messages.end() || at->seq != target || !at->isReadable())
            continue;
        const Result<UserName> user = name(rows.value(3).toString());
        if (!user)
            return user.error();
        Change change {rows.value(1).toInt() == int(RowKind::Reaction) ? ChangeKind::Reaction : ChangeKind::ReactionGone, {},
                       target, rows.value(2).toString()};
        Message reaction;
        reaction.author = user.value();
        reaction.person = PersonId(rows.value(4).toString());
        reaction.seq = Schema::seqOf(rows.value(5).toLongLong());
        reaction.timestamp = rows.value(6).toLongLong();
        reaction.change = std::make_shared<const Change>(std::move(change));
        applyChange(*at, reaction);
    }
    rows.finish();
    return {};
}

Result<UserName> MessageRows::name(const QString &text)
{
    if (const auto known = m_names.constFind(text); known != m_names.cend())
        return *known;
    const Result<UserName> parsed = parseUserName(text);
    if (!parsed)
        return Error {ErrorCode::DataUnusable, u"a message has an author whose name is not possible"_s};
    if (m_names.size() >= kMostNames)
        m_names.clear();
    m_names.insert(text, parsed.value());
    return parsed.value();
}

} // namespace Parlance
