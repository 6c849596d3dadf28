// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/changewriter.h"

#include "model/changerules.h"
#include "storage/messageid.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

Result<std::unique_ptr<ChangeWriter>> ChangeWriter::make(SqlConnection &connection)
{
    std::unique_ptr<ChangeWriter> writer(new ChangeWriter(connection));
    if (const Status done = writer->prepare(); !done)
        return done.error();
    return writer;
}

Status ChangeWriter::prepare()
{
    const std::pair<QSqlQuery *, QString> statements[] = {
        {&m_find, u"SELECT %1 FROM %2 WHERE m.id = ?"_s.arg(QLatin1StringView(kMessageColumns), QLatin1StringView(kMessageTables))},
        {&m_reactions, QString::fromLatin1(kReactionsBetween)},
        {&m_insert, u"INSERT INTO messages (id, epoch, kind, target, author, person, cid, timestamp, content)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s},
        {&m_update, u"UPDATE messages SET kind = ?, content = ?, edited = ? WHERE id = ?"_s},
    };
    for (const auto &[query, statement] : statements) {
        Result<QSqlQuery> prepared = m_connection.prepare(statement);
        if (!prepared)
            return prepared.error();
        *query = prepared.take();
    }
    return {};
}

Result<Message> ChangeWriter::target(const Draft &draft, qint64 room)
{
    const Error unknown {ErrorCode::NotFound, u"there is no message of that id"_s, u"id"_s};
    const std::optional<MessagePlace> place = placeOf(draft.change->target);
    if (!place || place->room != room || place->seq == 0)
        return unknown;
    Result<Message> found = readTarget(draft.room, Schema::messageKey(room, place->seq));
    if (!found)
        return found;
    if (found.value().id != draft.change->target) // of another epoch
        return unknown;
    if (const Status allowed = mayChange(found.value(), draft); !allowed)
        return allowed.error();
    return found;
}

Result<Message> ChangeWriter::readTarget(const RoomName &room, qint64 key)
{
    m_find.bindValue(0, key);
    if (const Status done = m_connection.execute(m_find); !done)
        return done.error();
    if (!m_find.next())
        return Error {ErrorCode::NotFound, u"there is no message of that id"_s, u"id"_s};
    Result<Message> message = m_rows.read(room, m_find);
    m_find.finish();
    if (!message)
        return message;
    m_reactions.bindValue(0, key);
    m_reactions.bindValue(1, key);
    if (const Status done = m_connection.execute(m_reactions); !done)
        return done.error();
    MessageList one {message.value()};
    if (const Status done = m_rows.addReactions(one, m_reactions); !done)
        return done.error();
    return one.constFirst();
}

Status ChangeWriter::write(const Message &change, const Message &target, qint64 room, qint64 epoch)
{
    const ChangeKind kind = change.change->kind;
    const qint64 key = Schema::messageKey(room, target.seq);
    m_insert.bindValue(0, Schema::messageKey(room, change.seq));
    m_insert.bindValue(1, epoch);
    m_insert.bindValue(2, int(rowKindOf(kind)));
    m_insert.bindValue(3, key);
    m_insert.bindValue(4, change.author.text());
    m_insert.bindValue(5, change.person.toString());
    m_insert.bindValue(6, change.cid.isNull() ? QVariant(QMetaType(QMetaType::QString)) : QVariant(change.cid.toString()));
    m_insert.bindValue(7, change.timestamp);
    const bool isReaction = kind == ChangeKind::Reaction || kind == ChangeKind::ReactionGone;
    m_insert.bindValue(8, isReaction ? change.change->emoji : u""_s);
    if (Status done = m_connection.execute(m_insert); !done || isReaction)
        return done;
    const bool isEdit = kind == ChangeKind::Edit;
    m_update.bindValue(0, int(isEdit ? Schema::RowKind::Message : Schema::RowKind::DeletedMessage));
    m_update.bindValue(1, isEdit ? change.content : u""_s);
    m_update.bindValue(2, isEdit ? QVariant(change.timestamp) : QVariant(QMetaType(QMetaType::LongLong)));
    m_update.bindValue(3, key);
    if (Status done = m_connection.execute(m_update); !done)
        return done;
    return m_index.replace(key, target.content, isEdit ? change.content : QString());
}

} // namespace Parlance
