// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/commandline.h"

#include "base/names.h"
#include "client-gui/chat/serveraddress.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

CommandLine CommandLine::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("Desktop client of Parlance, a self-hosted chat."));
    const QCommandLineOption connect(
        u"connect"_s, tr("Server to connect to, for example 192.168.1.5:8000 or https://chat.example."), u"URL"_s);
    const QCommandLineOption name(u"name"_s, tr("Name to be known by."), u"NAME"_s);
    const QCommandLineOption room(u"room"_s, tr("Room to join; may be given more than once."), u"ROOM"_s);
    parser.addOptions({connect, name, room});
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();

    CommandLine line;
    const auto fail = [&line](const QString &why) {
        line.action = Action::Fail;
        line.output = tr("parlance: %1\nTry 'parlance --help'.").arg(why);
        return line;
    };
    if (!parser.parse(arguments))
        return fail(parser.errorText());
    if (parser.isSet(help) || parser.isSet(u"help-all"_s)) {
        line.action = Action::PrintAndExit;
        line.output = parser.helpText().trimmed();
        return line;
    }
    if (parser.isSet(version)) {
        line.action = Action::PrintAndExit;
        line.output = u"parlance %1"_s.arg(QCoreApplication::applicationVersion());
        return line;
    }
    if (!parser.positionalArguments().isEmpty())
        return fail(tr("unexpected argument \"%1\"").arg(parser.positionalArguments().constFirst()));
    line.server = parser.value(connect);
    line.name = parser.value(name);
    line.rooms = parser.values(room);
    if (parser.isSet(connect) && !ServerAddress::parse(line.server))
        return fail(tr("\"%1\" is no server address").arg(line.server));
    if (parser.isSet(name) && !parseUserName(line.name))
        return fail(tr("\"%1\" cannot be a name").arg(line.name));
    for (const QString &wanted : std::as_const(line.rooms)) {
        if (!parseRoomName(wanted))
            return fail(tr("\"%1\" cannot be the name of a room").arg(wanted));
    }
    return line;
}

} // namespace Parlance::Client
