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
constexpr qsizetype kContentChars = 60'000; ///< of four bytes each they still fit a page of WireLimits::kPageBytes
constexpr qsizetype kHashDigits = 40;

/// Names that were read before: to prove one costs more than all else of a line.
template <typename Name>
class NameCache
{
public:
    explicit NameCache(Result<Name> (*parse)(const QString &)) : m_parse(parse) {}

    Result<Name> read(const QString &text)
    {
        if (const auto known = m_names.constFind(text); known != m_names.cend())
            return *known;
        Result<Name> parsed = m_parse(text);
        if (parsed) {
            if (m_names.size() >= kMostNames)
                m_names.clear();
            m_names.insert(text, parsed.value());
        }
        return parsed;
    }

private:
    static constexpr qsizetype kMostNames = 10'000;
    Result<Name> (*m_parse)(const QString &);
    QHash<QString, Name> m_names;
};

/// What lines have in common.
struct Lines
{
    NameCache<RoomName> rooms {[](const QString &text) { return parseRoomName(text); }};
    NameCache<UserName> authors {[](const QString &text) { return parseUserName(text); }};
    QHash<QByteArray, int> alike; ///< by what makes them so
};

/// The same for the same line, and for two alike ones in one file two.
Cid cidOf(const QJsonObject &line, const Draft &draft, Lines &lines)
{
    const QString id = line.value("id"_L1).toString();
    QByteArray key = id.toUtf8();
    if (id.isEmpty()) {
        key = draft.room.key().toUtf8() + '\n' + draft.author.text().toUtf8() + '\n' + QByteArray::number(draft.timestamp) + '\n'
            + draft.content.toUtf8();
        key = QCryptographicHash::hash(key, QCryptographicHash::Sha256);
        key += QByteArray::number(++lines.alike[key]);
    }
    // The time first: lines that follow each other stand together in the index, which makes it many times faster.
    const QByteArray digest = QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex().left(kHashDigits);
    return Cid(u"%1-%2"_s.arg(draft.timestamp, 12, 16, QChar(u'0')).arg(QLatin1StringView(digest)));
}

Result<Draft> draftOf(const QByteArray &text, Lines &lines)
{
    const Result<QJsonObject> line = parseGuardedObject(text);
    if (!line)
        return line.error();
    const QString type = line.value().value("message_type"_L1).toString(u"message"_s);
    if (type != u"message")
        return Error {ErrorCode::BadRequest, u"is no message, but \"%1\""_s.arg(type.left(32))};
    const Result<RoomName> room = lines.rooms.read(line.value().value("room"_L1).toString());
    if (!room)
        return room.error();
    const Result<UserName> author = lines.authors.read(line.value().value("username"_L1).toString());
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
    draft.cid = cidOf(line.value(), draft, lines);
    return draft;
}

Status commit(HistoryWriter &writer, QList<Draft> &drafts, ImportReport &report)
{
    const HistoryWriter::Outcome outcome = writer.commit(std::exchange(drafts, {}));
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
    SqlSource quick = source;
    quick.isFast = true; // closing the connection brings all of it to the disk, and who imports can do so again
    const auto connection = SqlConnection::open(quick, SqlConnection::Access::ReadWrite);
    if (!connection)
        return connection.error();
    if (const Status migrated = Schema::migrate(*connection.value()); !migrated)
        return migrated.error();
    if (connection.value()->dialect() == SqlDialect::Sqlite) {
        if (const Status sized = connection.value()->run(u"PRAGMA cache_size=-65536"_s); !sized) // KiB
            return sized.error();
    }
    const auto writer = HistoryWriter::make(*connection.value());
    if (!writer)
        return writer.error();
    ImportReport report;
    QList<Draft> drafts;
    Lines lines;
    qint64 bytes = 0;
    QByteArray buffer(kLineBytes, Qt::Uninitialized); // one for all lines: a new one for each would cost more than the rest
    for (qint64 number = 1; !in.atEnd(); ++number) {
        const qint64 length = in.readLine(buffer.data(), buffer.size());
        if (length <= 0)
            break;
        bytes += length;
        const QByteArray text = buffer.first(length).trimmed();
        if (text.isEmpty())
            continue;
        Result<Draft> draft = draftOf(text, lines);
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
