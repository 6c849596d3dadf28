// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/historyreader.h"
#include "storage/historywriter.h"

#include <QString>
#include <QTemporaryDir>

#include <memory>

namespace Parlance {

/// Writes into a SQLite database, and reads from it, without a thread that tidies meanwhile: what is in the journal stays
/// there until settle().
class HistoryDesk
{
public:
    HistoryDesk() { open(); }

    /// As after a restart.
    void open()
    {
        m_reader.reset();
        m_writer.reset();
        m_connection.reset();
        m_connection = SqlConnection::open(source(), SqlConnection::Access::ReadWrite).take();
        if (const Status migrated = Schema::migrate(*m_connection); !migrated)
            qFatal("%s", qPrintable(migrated.error().detail));
        m_writer = HistoryWriter::make(*m_connection).take();
        m_reader = HistoryReader::make(*m_connection).take();
    }

    SqlSource source() const
    {
        SqlSource source;
        source.database = m_directory.filePath(QStringLiteral("chat.db"));
        return source;
    }
    static RoomName room(const QString &name = QStringLiteral("general")) { return parseRoomName(name).take(); }

    Draft draft(const QString &content, const QString &cid = {}, const QString &person = QStringLiteral("p"))
    {
        Draft draft;
        draft.id = ++m_last;
        draft.room = room();
        draft.author = parseUserName(QStringLiteral("anna")).take();
        draft.person = PersonId(person);
        draft.content = content;
        draft.timestamp = 1000 + qint64(m_last);
        draft.cid = Cid(cid);
        return draft;
    }
    Draft change(ChangeKind kind, const MessageId &target, const QString &text = {}, const QString &cid = {})
    {
        const bool isReaction = kind == ChangeKind::Reaction || kind == ChangeKind::ReactionGone;
        Draft draft = this->draft(isReaction ? QString() : text, cid);
        draft.change = std::make_shared<const Change>(Change {kind, target, 0, isReaction ? text : QString()});
        return draft;
    }

    /// One line for each answer: its seq, "again SEQ" or the error.
    QStringList commit(const QList<Draft> &drafts)
    {
        const HistoryWriter::Outcome outcome = m_writer->commit(drafts);
        QStringList lines;
        for (const StoredDraft &stored : outcome.stored) {
            lines.append((stored.repeated ? QStringLiteral("again %1") : QStringLiteral("%1")).arg(stored.message.seq));
            last = stored.message;
        }
        for (const auto &[id, error] : outcome.failed)
            lines.append(QString::fromLatin1(errorName(error.code)));
        return lines;
    }
    QStringList say(const QString &content, const QString &cid = {}, const QString &person = QStringLiteral("p"))
    {
        return commit({draft(content, cid, person)});
    }
    MessageList read(HistoryQuery query = {})
    {
        query.room = room();
        return m_reader->page(query).take().messages;
    }
    /// "seq content", of changes "seq →target".
    QStringList lines(HistoryQuery query = {})
    {
        QStringList lines;
        for (const Message &message : read(std::move(query)))
            lines.append(message.change ? QStringLiteral("%1 →%2").arg(message.seq).arg(message.change->targetSeq)
                                        : QStringLiteral("%1 %2").arg(message.seq).arg(message.content));
        return lines;
    }
    qint64 number(const QString &statement)
    {
        Result<QSqlQuery> query = m_connection->ask(statement);
        return query && query.value().next() ? query.value().value(0).toLongLong() : -1;
    }

    HistoryWriter &writer() { return *m_writer; }
    HistoryReader &reader() { return *m_reader; }
    SqlConnection &connection() { return *m_connection; }

    Message last; ///< that was stored

private:
    QTemporaryDir m_directory;
    std::unique_ptr<SqlConnection> m_connection;
    std::unique_ptr<HistoryWriter> m_writer;
    std::unique_ptr<HistoryReader> m_reader;
    quint64 m_last = 0;
};

} // namespace Parlance
