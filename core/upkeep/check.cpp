// SPDX-License-Identifier: GPL-3.0-or-later
#include "upkeep/check.h"

#include "storage/journalrow.h"
#include "storage/schema.h"
#include "storage/sqlconnection.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kJournalVersion = 3; ///< of the tables: has a journal
constexpr int kHeadsVersion = 4; ///< has the view room_heads
constexpr int kMostProblems = 100; ///< of one kind

Result<QList<QVariantList>> rows(SqlConnection &connection, const QString &statement, const QVariantList &values = {})
{
    Result<QSqlQuery> query = connection.ask(statement, values);
    if (!query)
        return query.error();
    QList<QVariantList> all;
    while (query.value().next()) {
        QVariantList row;
        for (int i = 0; query.value().value(i).isValid(); ++i)
            row.append(query.value().value(i));
        all.append(row);
    }
    return all;
}

/// Which messages of a room there are, by their keys.
struct Extent
{
    qint64 count = 0;
    qint64 first = 0;
    qint64 last = 0;
};

/// Those that have no rows yet: they can be read, and none of them has a row.
Status addJournal(SqlConnection &connection, qint64 number, const QString &name, Extent &all, CheckReport &report)
{
    if (connection.dialect() != SqlDialect::Sqlite || report.version < kJournalVersion)
        return {};
    const auto found = rows(connection, u"SELECT id, last, data, (SELECT count(*) FROM messages m WHERE m.id BETWEEN j.id AND j.last)"
                                        " FROM journal j WHERE id BETWEEN ? AND ?"_s,
                            {Schema::messageKey(number, 0), Schema::messageKey(number + 1, 0) - 1});
    if (!found)
        return found.error();
    for (const QVariantList &row : found.value()) {
        const qint64 first = row.at(0).toLongLong();
        const qint64 last = row.at(1).toLongLong();
        const auto entries = unpackJournal(row.at(2).toByteArray(), last - first + 1);
        if (!entries)
            report.problems.append(u"room %1: %2 from seq %3 on"_s.arg(name, entries.error().detail).arg(Schema::seqOf(first)));
        if (row.at(3).toLongLong() > 0)
            report.problems.append(u"room %1: messages from seq %2 on are there twice"_s.arg(name).arg(Schema::seqOf(first)));
        all.first = all.count == 0 ? first : std::min(all.first, first);
        all.last = std::max(all.last, last);
        all.count += last - first + 1;
    }
    return {};
}

/// One room: every seq from the oldest to the head is there once.
Status checkRoom(SqlConnection &connection, const QVariantList &room, CheckReport &report)
{
    const qint64 number = room.at(0).toLongLong();
    const QString name = room.at(1).toString();
    const quint64 head = room.at(2).toULongLong();
    const auto counted = rows(connection, u"SELECT count(*), min(id), max(id) FROM messages WHERE id BETWEEN ? AND ?"_s,
                              {Schema::messageKey(number, 0), Schema::messageKey(number + 1, 0) - 1});
    if (!counted)
        return counted.error();
    const QVariantList row = counted.value().value(0);
    Extent all {row.value(0).toLongLong(), row.value(1).toLongLong(), row.value(2).toLongLong()};
    if (const Status done = addJournal(connection, number, name, all, report); !done)
        return done;
    const qint64 count = all.count;
    report.messages += count;
    if (count == 0)
        return {}; // new, or all of it is beyond the retention
    const quint64 first = Schema::seqOf(all.first);
    const quint64 last = Schema::seqOf(all.last);
    if (last != head)
        report.problems.append(u"room %1: its newest message has seq %2, and its head is %3"_s.arg(name).arg(last).arg(head));
    if (quint64(count) != last - first + 1)
        report.problems.append(u"room %1: %2 of the messages from seq %3 to %4 are missing"_s.arg(name).arg(last - first + 1 - quint64(count)).arg(first).arg(last));
    return {};
}

Status checkFile(SqlConnection &connection, CheckReport &report)
{
    if (connection.dialect() != SqlDialect::Sqlite)
        return {};
    const auto found = rows(connection, u"PRAGMA integrity_check(%1)"_s.arg(kMostProblems));
    if (!found)
        return found.error();
    for (const QVariantList &row : found.value()) {
        if (row.value(0).toString() != u"ok")
            report.problems.append(u"the file: "_s + row.value(0).toString());
    }
    return {};
}

} // namespace

Result<CheckReport> checkDatabase(const SqlSource &source, const Progress &progress)
{
    const auto connection = SqlConnection::open(source, SqlConnection::Access::ReadOnly);
    if (!connection)
        return connection.error();
    CheckReport report;
    const Result<int> version = Schema::version(*connection.value());
    if (!version)
        return version.error();
    report.version = version.value();
    if (report.version == 0)
        return Error {ErrorCode::DataUnusable, u"the database is empty"_s};
    if (report.version > Schema::kVersion)
        return Error {ErrorCode::DataUnusable, u"the database was written by a newer Parlance"_s};
    if (const Status done = checkFile(*connection.value(), report); !done)
        return done.error();
    const auto rooms = rows(*connection.value(), u"SELECT number, name, head FROM %1 ORDER BY number"_s.arg(
        report.version >= kHeadsVersion ? u"room_heads"_s : u"rooms"_s));
    if (!rooms)
        return rooms.error();
    for (const QVariantList &room : rooms.value()) {
        if (const Status done = checkRoom(*connection.value(), room, report); !done)
            return done.error();
        ++report.rooms;
        if (progress)
            progress(report.rooms, rooms.value().size());
    }
    const auto strays = rows(*connection.value(), u"SELECT count(*) FROM messages m LEFT JOIN epochs e ON e.number = m.epoch WHERE e.number IS NULL"_s);
    if (!strays)
        return strays.error();
    qint64 count = strays.value().value(0).value(0).toLongLong();
    if (connection.value()->dialect() == SqlDialect::Sqlite && report.version >= kJournalVersion) {
        const auto waiting = rows(*connection.value(), u"SELECT sum(last - id + 1) FROM journal WHERE epoch NOT IN (SELECT number FROM epochs)"_s);
        if (!waiting)
            return waiting.error();
        count += waiting.value().value(0).value(0).toLongLong();
    }
    if (count > 0)
        report.problems.append(u"%1 messages are of no epoch"_s.arg(count));
    return report;
}

} // namespace Parlance
