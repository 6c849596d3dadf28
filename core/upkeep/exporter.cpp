// SPDX-License-Identifier: GPL-3.0-or-later
#include "upkeep/exporter.h"

#include "protocol/eventcodec.h"
#include "protocol/timestamp.h"
#include "storage/historyreader.h"
#include "upkeep/htmlpage.h"
#include "wire/wire.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kPage = 1000;

QByteArray jsonLine(const Message &message)
{
    JsonWriter writer;
    const MessageEvent event = toWire(message);
    writeMessage(writer, event);
    return writer.take() + '\n';
}

/// RFC 4180 section 2. What begins like a formula a spreadsheet would compute (OWASP: CSV injection).
QByteArray cell(QString text)
{
    static constexpr QStringView kFormula = u"=+-@\t\r";
    if (!text.isEmpty() && kFormula.contains(text.at(0)))
        text.prepend(u'\'');
    return '"' + text.replace(u'"', u"\"\""_s).toUtf8() + '"';
}

QByteArray csvLine(const Message &message)
{
    return cell(message.room.text()) + ',' + QByteArray::number(message.seq) + ',' + cell(QString::fromLatin1(formatTimestamp(message.timestamp))) + ','
        + cell(message.author.text()) + ',' + cell(message.content) + ',' + cell(message.id.toString()) + "\r\n";
}

constexpr qint64 kDayMs = 24 * 60 * 60 * 1000;

QByteArray headOf(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv: return "room,seq,time,name,text,id\r\n";
    case ExportFormat::Html: return HtmlPage::begin();
    case ExportFormat::JsonLines: break;
    }
    return {};
}

/// \a day is that of the message before it.
QByteArray lineOf(const Message &message, ExportFormat format, qint64 &day)
{
    switch (format) {
    case ExportFormat::Csv: return csvLine(message);
    case ExportFormat::JsonLines: return jsonLine(message);
    case ExportFormat::Html: break;
    }
    const bool isNewDay = std::exchange(day, message.timestamp / kDayMs) != day;
    return (isNewDay ? HtmlPage::day(message.timestamp) : QByteArray()) + HtmlPage::message(message);
}

Status write(QIODevice &out, const QByteArray &bytes)
{
    if (out.write(bytes) == bytes.size())
        return {};
    return Error {ErrorCode::StorageFull, u"the export cannot be written: %1"_s.arg(out.errorString())};
}

/// Those of \a wanted, or all where there is none named, as they are written.
Result<QList<RoomName>> roomsOf(SqlConnection &connection, const QList<RoomName> &wanted)
{
    Result<QSqlQuery> query = connection.ask(u"SELECT name FROM rooms ORDER BY key"_s);
    if (!query)
        return query.error();
    QList<RoomName> rooms;
    while (query.value().next()) {
        const Result<RoomName> name = parseRoomName(query.value().value(0).toString());
        if (!name)
            return Error {ErrorCode::DataUnusable, u"a room has a name that is not possible"_s};
        if (wanted.isEmpty() || wanted.contains(name.value()))
            rooms.append(name.value());
    }
    for (const RoomName &name : wanted) {
        if (!rooms.contains(name))
            return Error {ErrorCode::NotFound, u"there is no room %1"_s.arg(name.text()), u"room"_s};
    }
    return rooms;
}

} // namespace

Result<qint64> exportMessages(const SqlSource &source, const QList<RoomName> &rooms, ExportFormat format, QIODevice &out,
                              const Progress &progress)
{
    const auto connection = SqlConnection::open(source, SqlConnection::Access::ReadOnly);
    if (!connection)
        return connection.error();
    const Result<int> version = Schema::version(*connection.value());
    if (!version)
        return version.error();
    if (version.value() != Schema::kVersion)
        return Error {ErrorCode::DataUnusable, u"the database has version %1 of the tables, and this program reads %2; start the server of this version once"_s
                                                   .arg(version.value())
                                                   .arg(Schema::kVersion)};
    const auto reader = HistoryReader::make(*connection.value());
    if (!reader)
        return reader.error();
    const Result<QList<RoomName>> wanted = roomsOf(*connection.value(), rooms);
    if (!wanted)
        return wanted.error();
    if (const Status written = write(out, headOf(format)); !written)
        return written.error();
    qint64 count = 0;
    for (const RoomName &room : wanted.value()) {
        HistoryQuery query;
        query.room = room;
        query.after = 0;
        query.count = kPage;
        qint64 day = -1;
        if (format == ExportFormat::Html) {
            if (const Status written = write(out, HtmlPage::room(room)); !written)
                return written.error();
        }
        for (;;) {
            const Result<HistoryPage> page = reader.value()->page(query);
            if (!page)
                return page.error();
            if (page.value().messages.isEmpty())
                break;
            QByteArray lines;
            for (const Message &message : page.value().messages)
                lines += lineOf(message, format, day);
            if (const Status written = write(out, lines); !written)
                return written.error();
            count += page.value().messages.size();
            query.after = page.value().messages.constLast().seq;
            if (progress)
                progress(count, 0);
        }
    }
    if (format == ExportFormat::Html) {
        if (const Status written = write(out, HtmlPage::end()); !written)
            return written.error();
    }
    return count;
}

} // namespace Parlance
