// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/ctl/commands.h"

#include "app/storagechoice.h"
#include "control/controlclient.h"
#include "headless/ctl/serveranswers.h"
#include "upkeep/backup.h"
#include "upkeep/check.h"
#include "upkeep/exporter.h"
#include "upkeep/importer.h"
#include "upkeep/partialfile.h"
#include "upkeep/restore.h"

#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QLocale>
#include <QThread>

#include <cstdio>
#include <memory>
#include <optional>

#include <grp.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kAttempts = 30;
constexpr int kAttemptMs = 100;

ControlOutcome failed(const Error &error)
{
    switch (error.code) {
    case ErrorCode::DataInUse: return {ExitCode::DataInUse, u"%1\nNothing was changed."_s.arg(error.detail)};
    case ErrorCode::DataUnusable: return {ExitCode::DataUnusable, error.detail};
    case ErrorCode::StorageFull:
    case ErrorCode::Unavailable: return {ExitCode::StorageDown, error.detail};
    default: return {ExitCode::Failure, error.detail};
    }
}

ControlOutcome badUse(const QString &text)
{
    return {ExitCode::BadOption, text + u"\nparlancectl --help tells what there is"_s};
}

/// One line that is written over again and again.
Progress progressLine(const ControlArguments &arguments, const QString &unit)
{
    if (arguments.isQuiet || isatty(STDERR_FILENO) == 0)
        return {};
    return [unit](qint64 done, qint64 total) {
        const QString text = total > 0 ? u"%1 %"_s.arg(done * 100 / total) : QLocale::c().toString(done);
        std::fprintf(stderr, "\r%s %s ", qPrintable(text), qPrintable(unit));
        if (done == total)
            std::fputs("\r", stderr);
        std::fflush(stderr);
    };
}

/// As root: what is made beside a database belongs to its owner, or it would lock the server out. So all is done as that
/// user from here on.
std::optional<ControlOutcome> becomeOwner(const QString &directory)
{
    const QFileInfo folder(directory);
    if (geteuid() != 0 || !folder.exists() || folder.ownerId() == 0)
        return std::nullopt;
    const bool isDone = initgroups(folder.owner().toLocal8Bit().constData(), folder.groupId()) == 0 && setgid(folder.groupId()) == 0
        && setuid(folder.ownerId()) == 0;
    if (isDone)
        return std::nullopt;
    return ControlOutcome {ExitCode::Failure, u"%1 belongs to the user %2, whom this could not become: run it as\n    sudo -u %2 parlancectl …"_s
                                                  .arg(directory, folder.owner())};
}

/// The data directory, for this process alone: a server that has it pauses until it goes.
class ClaimedData
{
public:
    static Result<std::unique_ptr<ClaimedData>> claim(const QString &path)
    {
        auto claimed = std::make_unique<ClaimedData>();
        bool isEnding = true; // who does not answer may be about to end, and has the data for a moment yet
        Result<ControlClient> server = ControlClient::connect(path);
        if (server) {
            claimed->m_server = server.take();
            const Result<QJsonObject> paused = claimed->m_server.ask({{"command"_L1, "pause"_L1}});
            if (!paused && paused.error().code != ErrorCode::Unavailable)
                return Error {ErrorCode::DataInUse, paused.error().detail};
            isEnding = !paused;
        } else if (server.error().code != ErrorCode::NotFound) {
            return server.error();
        }
        Result<DataDirectory> directory = DataDirectory::claim(path);
        for (int i = 0; isEnding && !directory && directory.error().code == ErrorCode::DataInUse && i < kAttempts; ++i) {
            QThread::msleep(kAttemptMs);
            directory = DataDirectory::claim(path);
        }
        if (!directory)
            return directory.error();
        claimed->m_directory.emplace(directory.take());
        return claimed;
    }
    ~ClaimedData() { m_directory.reset(); } // before the server, which wants it back when the connection ends

    const DataDirectory &directory() const { return *m_directory; }

private:
    ControlClient m_server;
    std::optional<DataDirectory> m_directory;
};

ControlOutcome backUp(const ControlArguments &arguments, const SqlSource &source)
{
    if (arguments.operands.size() != 1)
        return badUse(u"backup needs one FILE"_s);
    const QString file = arguments.operands.constFirst();
    if (const Status done = backUpDatabase(source, file, arguments.isForced, progressLine(arguments, u"copied"_s)); !done)
        return failed(done.error());
    return {ExitCode::Ok, u"%1: %2"_s.arg(file, QLocale::c().formattedDataSize(QFileInfo(file).size()))};
}

ControlOutcome restore(const ControlArguments &arguments, const Config &config)
{
    if (arguments.operands.size() != 1)
        return badUse(u"restore needs one FILE"_s);
    if (config.storage != "sqlite"_L1)
        return badUse(u"restore puts a SQLite database in place; --storage says something else"_s);
    const auto claimed = ClaimedData::claim(dataDirectory(config));
    if (!claimed)
        return failed(claimed.error());
    const Result<QString> kept = restoreDatabase(claimed.value()->directory(), QLatin1StringView(kDatabaseName), arguments.operands.constFirst());
    if (!kept)
        return failed(kept.error());
    return {ExitCode::Ok, kept.value().isEmpty() ? u"restored"_s : u"restored; what was there is kept in %1"_s.arg(kept.value())};
}

ControlOutcome check(const ControlArguments &arguments, const SqlSource &source)
{
    const Result<CheckReport> report = checkDatabase(source, progressLine(arguments, u"of the rooms"_s));
    if (!report)
        return failed(report.error());
    const CheckReport &found = report.value();
    const QString looked = u"looked at %1 rows in %2 rooms, version %3 of the tables"_s.arg(found.messages).arg(found.rooms).arg(found.version);
    if (found.problems.isEmpty())
        return {ExitCode::Ok, looked + u": whole"_s};
    return {ExitCode::Failure, found.problems.join(u'\n') + u'\n' + looked + u": NOT whole. Stop the server and restore a backup."_s};
}

ControlOutcome exportAll(const ControlArguments &arguments, const SqlSource &source)
{
    if (!arguments.operands.isEmpty())
        return badUse(u"export takes no operand; name the file with --output"_s);
    const QString format = arguments.format.isEmpty() ? u"jsonl"_s : arguments.format;
    const QHash<QString, ExportFormat> formats {
        {u"jsonl"_s, ExportFormat::JsonLines}, {u"csv"_s, ExportFormat::Csv}, {u"html"_s, ExportFormat::Html}};
    if (!formats.contains(format))
        return badUse(u"--format must be jsonl, csv or html"_s);
    QList<RoomName> rooms;
    for (const QString &text : arguments.rooms) {
        const Result<RoomName> name = parseRoomName(text);
        if (!name)
            return badUse(name.error().detail);
        rooms.append(name.value());
    }
    PartialFile partial(arguments.output);
    QFile out;
    if (arguments.output.isEmpty()) {
        if (!out.open(stdout, QIODevice::WriteOnly))
            return failed(Error {ErrorCode::Unavailable, out.errorString()});
    } else {
        if (const Status apart = isApartFrom(source, arguments.output); !apart)
            return failed(apart.error());
        if (const Status begun = partial.begin(arguments.isForced); !begun)
            return failed(begun.error());
        out.setFileName(partial.writingPath());
        if (!out.open(QIODevice::WriteOnly))
            return failed(Error {ErrorCode::Unavailable, u"%1: %2"_s.arg(arguments.output, out.errorString())});
    }
    const Result<qint64> count = exportMessages(source, rooms, formats.value(format), out, progressLine(arguments, u"messages"_s));
    if (!count)
        return failed(count.error());
    if (!out.flush())
        return failed(Error {ErrorCode::StorageFull, u"the export cannot be written: "_s + out.errorString()});
    out.close();
    if (!arguments.output.isEmpty()) {
        if (const Status done = partial.finish(); !done)
            return failed(done.error());
    }
    return {ExitCode::Ok, u"%1 messages"_s.arg(count.value())};
}

ControlOutcome importAll(const ControlArguments &arguments, const Config &config, const SqlSource &source)
{
    if (arguments.operands.size() != 1)
        return badUse(u"import needs one FILE, or - for standard input"_s);
    QFile in(arguments.operands.constFirst());
    const bool isOpen = in.fileName() == u"-" ? in.open(stdin, QIODevice::ReadOnly) : in.open(QIODevice::ReadOnly);
    if (!isOpen)
        return failed(Error {ErrorCode::Unavailable, u"%1: %2"_s.arg(in.fileName(), in.errorString())});
    const auto claimed = ClaimedData::claim(dataDirectory(config));
    if (!claimed)
        return failed(claimed.error());
    const Result<ImportReport> report = importMessages(source, in, arguments.isStrict, progressLine(arguments, u"imported"_s));
    if (!report)
        return failed(report.error());
    QStringList lines = report.value().reasons;
    if (report.value().refused > lines.size())
        lines.append(u"and %1 more"_s.arg(report.value().refused - lines.size()));
    lines.append(u"%1 imported, %2 known already, %3 left out"_s.arg(report.value().imported).arg(report.value().known).arg(report.value().refused));
    return {report.value().refused == 0 ? ExitCode::Ok : ExitCode::Failure, lines.join(u'\n')};
}

} // namespace

ControlOutcome performControl(const ControlArguments &arguments, const Config &config)
{
    if (arguments.command.isEmpty())
        return badUse(u"there is no command"_s);
    if (!QStringList({u"status"_s, u"who"_s, u"room"_s, u"backup"_s, u"restore"_s, u"check"_s, u"export"_s, u"import"_s}).contains(arguments.command))
        return badUse(u"there is no command %1"_s.arg(arguments.command));
    const std::optional<SqlSource> source = databaseOf(config);
    if (!source)
        return badUse(u"--storage memory keeps nothing"_s);
    if (const auto refused = becomeOwner(dataDirectory(config)))
        return *refused;
    ControlOutcome outcome;
    if (QStringList({u"status"_s, u"who"_s, u"room"_s}).contains(arguments.command))
        outcome = askServer(arguments, dataDirectory(config));
    else if (arguments.command == u"restore")
        outcome = restore(arguments, config);
    else if (arguments.command == u"import")
        outcome = importAll(arguments, config, *source);
    else if (source->dialect == SqlDialect::Sqlite && !QFileInfo::exists(source->database))
        outcome = {ExitCode::StorageDown, u"there is no database %1; name the server's directory with --data-dir"_s.arg(source->database)};
    else if (arguments.command == u"backup")
        outcome = backUp(arguments, *source);
    else if (arguments.command == u"check")
        outcome = check(arguments, *source);
    else
        outcome = exportAll(arguments, *source);
    if (arguments.isQuiet && outcome.code == ExitCode::Ok)
        outcome.text.clear();
    return outcome;
}

} // namespace Parlance
