// SPDX-License-Identifier: GPL-3.0-or-later
#include "upkeep/importer.h"

#include "base/text.h"
#include "protocol/jsonguard.h"
#include "protocol/timestamp.h"
#include "storage/historywriter.h"

#include <QCryptographicHash>
#include <QHash>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr qsizetype kBatch = 5'000; ///< messages of one transaction
constexpr qint64 kLineBytes = 1024 * 1024;
constexpr qsizetype kContentChars = 100'000;
constexpr qsizetype kHashDigits = 40;

/// The same for the same line, and for two alike ones in one file two.
Cid cidOf(const QJsonObject &line, const Draft &draft, QHash<QByteArray, int> &alike)
{
    const QString id = line.value("id"_L1).toString();
    QByteArray key = id.toUtf8();
    if (id.isEmpty()) {
        key = draft.room.key().toUtf8() + '\n' + draft.author.text().toUtf8() + '\n' + QByteArray::number(draft.timestamp) + '\n'
            + draft.content.toUtf8();
        key = QCryptographicHash::hash(key, QCryptographicHash::Sha256);
        key += QByteArray::number(++alike[key]);
    }
    return Cid(QString::fromLatin1(QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex().left(kHashDigits)));
}

Result<Draft> draftOf(const QByteArray &text, QHash<QByteArray, int> &alike)
{
    const Result<QJsonObject> line = parseGuardedObject(text);
    if (!line)
        return line.error();
    const QString type = line.value().value("message_type"_L1).toString(u"message"_s);
    if (type != u"message")
        return Error {ErrorCode::BadRequest, u"is no message, but \"%1\""_s.arg(type.left(32))};
    const Result<RoomName> room = parseRoomName(line.value().value("room"_L1).toString());
    if (!room)
        return room.error();
    const Result<UserName> author = parseUserName(line.value().value("username"_L1).toString());
    if (!author)
        return author.error();
    const std::optional<qint64> time = parseTimestamp(line.value().value("timestamp"_L1).toString());
    if (!time)
        return Error {ErrorCode::BadRequest, u"timestamp must be a time as in RFC 3339"_s};
    QString content = storable(line.value().value("content"_L1).toString().trimmed());
    if (content.isEmpty())
        return Error {ErrorCode::Empty, u"content is empty"_s};
    if (isLongerThan(content, kContentChars))
        return Error {ErrorCode::TooLong, u"content has more than %1 characters"_s.arg(kContentChars)};
    Draft draft;
    draft.room = room.value();
    draft.author = author.value();
    draft.person = PersonId(u"imported."_s + author.value().key());
    draft.content = std::move(content);
    draft.timestamp = *time;
    draft.cid = cidOf(line.value(), draft, alike);
    return draft;
}

Status commit(HistoryWriter &writer, QList<Draft> &drafts, ImportReport &report)
{
    const HistoryWriter::Outcome outcome = writer.commit(drafts);
    drafts.clear();
    for (const StoredDraft &stored : outcome.stored)
        ++(stored.repeated ? report.known : report.imported);
    for (const auto &[id, error] : outcome.failed) {
        if (error.code != ErrorCode::Conflict)
            return error;
        ++report.refused;
    }
    return {};
}

} // namespace

Result<ImportReport> importMessages(const SqlSource &source, QIODevice &in, bool isStrict, const Progress &progress)
{
    const auto connection = SqlConnection::open(source, SqlConnection::Access::ReadWrite);
    if (!connection)
        return connection.error();
    if (const Status migrated = Schema::migrate(*connection.value()); !migrated)
        return migrated.error();
    const auto writer = HistoryWriter::make(*connection.value());
    if (!writer)
        return writer.error();
    ImportReport report;
    QList<Draft> drafts;
    QHash<QByteArray, int> alike;
    qint64 bytes = 0;
    for (qint64 number = 1; !in.atEnd(); ++number) {
        const QByteArray text = in.readLine(kLineBytes);
        if (text.isEmpty())
            break;
        bytes += text.size();
        if (text.trimmed().isEmpty())
            continue;
        Result<Draft> draft = draftOf(text.trimmed(), alike);
        if (!draft) {
            const QString reason = u"line %1: %2"_s.arg(number).arg(draft.error().detail);
            if (isStrict) {
                if (const Status done = commit(*writer.value(), drafts, report); !done)
                    return done.error();
                return Error {ErrorCode::BadRequest, reason};
            }
            ++report.refused;
            if (report.reasons.size() < kReasons)
                report.reasons.append(reason);
            continue;
        }
        draft.value().id = quint64(number);
        drafts.append(draft.take());
        if (drafts.size() < kBatch)
            continue;
        if (const Status done = commit(*writer.value(), drafts, report); !done)
            return done.error();
        if (progress)
            progress(bytes, in.isSequential() ? 0 : in.size());
    }
    if (const Status done = commit(*writer.value(), drafts, report); !done)
        return done.error();
    return report;
}

} // namespace Parlance
