// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/ctl/serveranswers.h"

#include "control/controlclient.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

QStringList texts(const QJsonValue &list)
{
    QStringList texts;
    for (const QJsonValue &one : list.toArray())
        texts.append(one.toString());
    return texts;
}

/// "2 d 3 h 4 min"
QString duration(qint64 seconds)
{
    const qint64 minutes = seconds / 60;
    if (minutes == 0)
        return u"%1 s"_s.arg(seconds);
    QStringList parts;
    if (minutes >= 24 * 60)
        parts.append(u"%1 d"_s.arg(minutes / (24 * 60)));
    if (minutes >= 60)
        parts.append(u"%1 h"_s.arg(minutes / 60 % 24));
    parts.append(u"%1 min"_s.arg(minutes % 60));
    return parts.join(u' ');
}

QString statusText(const QJsonObject &status)
{
    const QString fault = status.value("fault"_L1).toString();
    QStringList lines {
        u"%1, Parlance %2, process %3, up for %4"_s.arg(status.value("name"_L1).toString(), status.value("version"_L1).toString())
            .arg(status.value("process"_L1).toInteger())
            .arg(duration(status.value("uptime_s"_L1).toInteger())),
        u"%1 people in %2 rooms"_s.arg(status.value("people"_L1).toInt()).arg(status.value("rooms"_L1).toInt()),
        u"messages are stored: %1"_s.arg(fault.isEmpty() ? status.value("durability"_L1).toString() : u"NOT (%1)"_s.arg(fault)),
        u"data in %1"_s.arg(status.value("data_dir"_L1).toString()),
    };
    if (status.contains("database_bytes"_L1))
        lines.last() += u", %1"_s.arg(QLocale::c().formattedDataSize(status.value("database_bytes"_L1).toInteger()));
    for (const QString &url : texts(status.value("urls"_L1)))
        lines.append(url);
    return lines.join(u'\n');
}

QString whoText(const QJsonObject &who)
{
    QStringList lines;
    for (const QJsonValue &room : who.value("rooms"_L1).toArray())
        lines.append(u"%1: %2"_s.arg(room["room"_L1].toString(), texts(room["users"_L1]).join(u", "_s)));
    return lines.isEmpty() ? u"nobody is here"_s : lines.join(u'\n');
}

QString roomText(const QJsonObject &room)
{
    const QString topic = room.value("topic"_L1).toString();
    const int slow = room.value("slow_mode_s"_L1).toInt();
    QStringList parts {topic.isEmpty() ? u"no topic"_s : u"topic \"%1\""_s.arg(topic)};
    parts.append(slow > 0 ? u"slow mode %1 s"_s.arg(slow) : u"no slow mode"_s);
    if (room.value("frozen"_L1).toBool())
        parts.append(u"frozen"_s);
    if (room.value("locked"_L1).toBool())
        parts.append(u"locked"_s);
    return room.value("room"_L1).toString() + u": "_s + parts.join(u", "_s);
}

/// What the command asks for, or what is wrong with it.
Result<QJsonObject> requestOf(const ControlArguments &arguments)
{
    QJsonObject request {{"command"_L1, arguments.command}};
    if (arguments.command != u"room")
        return request;
    if (arguments.operands.size() != 1)
        return Error {ErrorCode::BadParameter, u"room needs one NAME"_s};
    request.insert("room"_L1, arguments.operands.constFirst());
    if (arguments.topic)
        request.insert("topic"_L1, *arguments.topic);
    if (!arguments.slowMode.isEmpty()) {
        bool isNumber = false;
        request.insert("slow_mode_s"_L1, arguments.slowMode.toInt(&isNumber));
        if (!isNumber)
            return Error {ErrorCode::BadParameter, u"--slow-mode must be a number of seconds"_s};
    }
    const std::pair<QLatin1StringView, QString> switches[] = {{"frozen"_L1, arguments.frozen}, {"locked"_L1, arguments.locked}};
    for (const auto &[name, word] : switches) {
        if (word.isEmpty())
            continue;
        if (word != u"on" && word != u"off")
            return Error {ErrorCode::BadParameter, u"--%1 must be on or off"_s.arg(name)};
        request.insert(name, word == u"on");
    }
    return request;
}

} // namespace

ControlOutcome askServer(const ControlArguments &arguments, const QString &directory)
{
    const Result<QJsonObject> request = requestOf(arguments);
    if (!request)
        return {ExitCode::BadOption, request.error().detail + u"\nparlancectl --help tells what there is"_s};
    Result<ControlClient> server = ControlClient::connect(directory);
    if (!server) {
        const QString hint = server.error().code == ErrorCode::NotFound ? u"; name its directory with --data-dir"_s : QString();
        return {ExitCode::StorageDown, server.error().detail + hint};
    }
    const Result<QJsonObject> answer = server.value().ask(request.value());
    if (!answer)
        return {ExitCode::Failure, answer.error().detail};
    if (arguments.wantsJson)
        return {ExitCode::Ok, QString::fromUtf8(QJsonDocument(answer.value()).toJson(QJsonDocument::Compact))};
    const QHash<QString, QString (*)(const QJsonObject &)> texts {{u"status"_s, statusText}, {u"who"_s, whoText}, {u"room"_s, roomText}};
    return {ExitCode::Ok, texts.value(arguments.command)(answer.value())};
}

} // namespace Parlance
