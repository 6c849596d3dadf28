// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/historywriter.h"

#include "model/changerules.h"
#include "storage/housekeeper.h"
#include "storage/messageid.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

/// \a draft keeps nothing but its own id.
Message messageOf(Draft &&draft, const MessageId &id, quint64 seq)
{
    return {id, std::move(draft.room), std::move(draft.author), std::move(draft.person), std::move(draft.content),
            draft.timestamp, seq, std::move(draft.cid), std::move(draft.change)};
}

} // namespace

Result<std::unique_ptr<HistoryWriter>> HistoryWriter::make(SqlConnection &connection)
{
    std::unique_ptr<HistoryWriter> writer(new HistoryWriter(connection));
    if (const Status done = writer->prepare(); !done)
        return done.error();
    return writer;
}

Status HistoryWriter::prepare()
{
    const Result<Schema::Epoch> epoch = Schema::currentEpoch(m_connection);
    if (!epoch)
        return epoch.error();
    m_epoch = epoch.value();
    if (Status prepared = m_heads.prepare(m_epoch); !prepared)
        return prepared;
    const std::pair<QSqlQuery *, QString> statements[] = {
        {&m_insert, u"INSERT INTO messages (id, epoch, author, person, cid, timestamp, content)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person, cid) WHERE cid IS NOT NULL DO NOTHING"_s},
        {&m_findCid, u"SELECT %1 FROM %2 WHERE m.person = ? AND m.cid = ?"_s.arg(
                          QLatin1StringView(kMessageColumns), QLatin1StringView(kMessageTables))},
    };
    for (const auto &[query, statement] : statements) {
        Result<QSqlQuery> prepared = m_connection.prepare(statement);
        if (!prepared)
            return prepared.error();
        *query = prepared.take();
    }
    Result<std::unique_ptr<ChangeWriter>> changes = ChangeWriter::make(m_connection);
    if (!changes)
        return changes.error();
    m_changes = changes.take();
    if (m_connection.dialect() != SqlDialect::Sqlite)
        return {};
    Result<std::unique_ptr<Journal>> journal = Journal::make(m_connection, m_cids);
    if (!journal)
        return journal.error();
    m_journal = journal.take();
    return {};
}

HistoryWriter::Outcome HistoryWriter::commit(QList<Draft> drafts)
{
    Outcome outcome;
    if (m_connection.dialect() == SqlDialect::PostgreSql)
        m_heads.forgetAll(); // other nodes give seqs too
    const Status done = write(drafts, outcome);
    noteEnd(bool(done));
    if (done)
        return outcome;
    m_heads.forgetAll(); // heads that were given and taken back
    outcome = {};
    for (const Draft &draft : std::as_const(drafts))
        outcome.failed.append({draft.id, done.error()});
    return outcome;
}

/// A transaction has come to its end.
void HistoryWriter::noteEnd(bool isCommitted)
{
    if (!m_journal)
        return;
    if (isCommitted) {
        m_journal->committed();
        m_cids.committed();
    } else {
        m_journal->rolledBack();
        m_cids.rolledBack();
    }
}

Status HistoryWriter::probe()
{
    SqlTransaction transaction(m_connection);
    if (Status begun = transaction.begin(SqlTransaction::Kind::Write); !begun)
        return begun;
    if (Status done = m_connection.run(u"UPDATE meta SET value = value WHERE name = 'schema'"_s); !done)
        return done;
    return transaction.commit();
}

Status HistoryWriter::write(QList<Draft> &drafts, Outcome &outcome)
{
    SqlTransaction transaction(m_connection);
    if (Status begun = transaction.begin(SqlTransaction::Kind::Write); !begun)
        return begun;
    outcome.stored.reserve(drafts.size());
    for (Draft &draft : drafts) {
        if (Status done = draft.change ? putChange(draft, outcome) : put(draft, outcome); !done)
            return done;
    }
    if (m_tellBeforeCommit)
        m_tellBeforeCommit(outcome);
    if (m_journal) {
        if (Status done = m_journal->flush(); !done)
            return done;
    }
    if (Status done = m_heads.save(); !done)
        return done;
    if (outcome.hasErased) {
        if (Status done = Housekeeper::markErasure(m_connection); !done)
            return done;
    }
    return transaction.commit();
}

Status HistoryWriter::put(Draft &draft, Outcome &outcome)
{
    const Result<RoomHeads::Room *> found = m_heads.find(draft.room, draft.timestamp);
    if (!found)
        return found.error();
    RoomHeads::Room &state = *found.value();
    const quint64 seq = state.head + 1;
    const Result<bool> isNew = m_journal ? putInJournal(draft, Schema::messageKey(state.number, seq), outcome)
                                         : putRow(draft, Schema::messageKey(state.number, seq), outcome);
    if (!isNew)
        return isNew.error();
    if (!isNew.value())
        return {};
    m_heads.advance(state, seq, m_journal != nullptr);
    outcome.stored.append({draft.id, messageOf(std::move(draft), MessageId(state.idStart + QString::number(seq)), seq), false});
    return {};
}

/// False where it was answered as one that was there before.
Result<bool> HistoryWriter::putInJournal(const Draft &draft, qint64 key, Outcome &outcome)
{
    if (!draft.cid.isNull()) {
        const Result<bool> again = putAgain(draft, outcome);
        if (!again || again.value())
            return again ? Result<bool>(false) : again;
    }
    if (const Status added = m_journal->add(key, m_epoch.number, draft); !added)
        return added.error();
    return true;
}

/// Likewise.
Result<bool> HistoryWriter::putRow(const Draft &draft, qint64 key, Outcome &outcome)
{
    m_insert.bindValue(0, key);
    m_insert.bindValue(1, m_epoch.number);
    m_insert.bindValue(2, draft.author.text());
    m_insert.bindValue(3, draft.person.toString());
    m_insert.bindValue(4, draft.cid.isNull() ? QVariant(QMetaType(QMetaType::QString)) : QVariant(draft.cid.toString()));
    m_insert.bindValue(5, draft.timestamp);
    m_insert.bindValue(6, draft.content);
    if (const Status done = m_connection.execute(m_insert); !done)
        return done.error();
    if (m_insert.numRowsAffected() > 0)
        return true;
    const Result<bool> again = putAgain(draft, outcome);
    if (again && !again.value())
        return Error {ErrorCode::Unavailable, u"a repeated cid was not found"_s};
    return again ? Result<bool>(false) : again;
}

/// Whether this person's cid was used before; the draft is answered then.
Result<bool> HistoryWriter::putAgain(const Draft &draft, Outcome &outcome)
{
    const Result<std::optional<Earlier>> earlier = this->earlier(draft);
    if (!earlier)
        return earlier.error();
    if (!earlier.value())
        return false;
    const Result<RoomHeads::Room *> here = m_heads.find(draft.room, draft.timestamp);
    if (!here)
        return here.error();
    if (earlier.value()->room != here.value()->number || !isRepeat(earlier.value()->message, draft))
        outcome.failed.append({draft.id, conflict()});
    else
        outcome.stored.append({draft.id, earlier.value()->message, true});
    return true;
}

/// The entry of the history that has this person's cid.
Result<std::optional<HistoryWriter::Earlier>> HistoryWriter::earlier(const Draft &draft)
{
    if (m_journal) {
        const Result<bool> used = m_cids.mayBeUsed(draft.person, draft.cid);
        if (!used)
            return used.error();
        if (!used.value())
            return std::optional<Earlier>();
        if (const std::optional<qint64> key = m_cids.inJournal(draft.person, draft.cid)) {
            Result<std::optional<Message>> found = m_journal->find(*key, draft.room, m_rows);
            if (!found)
                return found.error();
            if (found.value() && found.value()->person == draft.person && found.value()->cid == draft.cid)
                return std::optional(Earlier {*key >> Schema::kSeqBits, *found.value()});
        }
    }
    m_findCid.bindValue(0, draft.person.toString());
    m_findCid.bindValue(1, draft.cid.toString());
    if (const Status done = m_connection.execute(m_findCid); !done)
        return done.error();
    if (!m_findCid.next()) {
        m_findCid.finish();
        return std::optional<Earlier>();
    }
    const qint64 number = m_findCid.value(0).toLongLong() >> Schema::kSeqBits;
    Result<Message> message = m_rows.read(draft.room, m_findCid);
    m_findCid.finish();
    return message ? Result<std::optional<Earlier>>(Earlier {number, message.take()}) : message.error();
}

Status HistoryWriter::putChange(const Draft &draft, Outcome &outcome)
{
    if (!draft.cid.isNull()) {
        const Result<bool> again = putAgain(draft, outcome);
        if (!again)
            return again.error();
        if (again.value())
            return {};
    }
    const Result<RoomHeads::Room *> found = m_heads.find(draft.room, draft.timestamp);
    if (!found)
        return found.error();
    RoomHeads::Room &state = *found.value();
    const Result<Message> target = this->target(draft, state.number);
    if (!target) {
        if (!ChangeWriter::isRefusal(target.error()))
            return target.error();
        outcome.failed.append({draft.id, target.error()});
        return {};
    }
    const quint64 seq = state.head + 1;
    Change complete = *draft.change;
    complete.targetSeq = target.value().seq;
    Message change = messageOf(Draft(draft), messageId(m_epoch.text, state.number, seq), seq);
    change.change = std::make_shared<const Change>(std::move(complete));
    if (change.author.isNull())
        change.author = target.value().author;
    if (const Reaction *standing = standingReaction(target.value(), draft)) {
        change.id = messageId(m_epoch.text, state.number, standing->seq);
        change.seq = standing->seq;
        change.timestamp = standing->timestamp;
        outcome.stored.append({draft.id, change, true});
        return {};
    }
    if (Status done = m_changes->write(change, target.value(), state.number, m_epoch.number); !done)
        return done;
    if (!draft.cid.isNull())
        m_cids.noteRow(draft.person, draft.cid, false);
    m_heads.advance(state, seq, false);
    const ChangeKind kind = change.change->kind;
    outcome.hasErased = outcome.hasErased || kind == ChangeKind::Edit || kind == ChangeKind::Deletion;
    outcome.stored.append({draft.id, change, false});
    return {};
}

/// What \a draft is about, with a row of its own from now on.
Result<Message> HistoryWriter::target(const Draft &draft, qint64 room)
{
    const std::optional<MessagePlace> place = placeOf(draft.change->target);
    if (m_journal && place && place->room == room) {
        if (const Status settled = m_journal->settleAround(Schema::messageKey(room, place->seq)); !settled)
            return settled.error();
    }
    return m_changes->target(draft, room);
}

} // namespace Parlance
