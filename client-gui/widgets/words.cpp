// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/words.h"

#include "base/names.h"
#include "base/text.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

constexpr qsizetype kMaxDetail = 200;
constexpr qsizetype kNamesSpelledOut = 3;

/// The other side's own words, made fit for one line.
QString quoted(const QString &detail)
{
    const QString line = detail.simplified();
    return line.size() > kMaxDetail ? line.left(kMaxDetail) + u'\u2026' : line;
}

} // namespace

QString Words::cause(const ConnectionState &state)
{
    const QString detail = quoted(state.detail);
    switch (state.cause) {
    case Cause::None: return {};
    case Cause::HostNotFound: return tr("There is no host of that name.");
    case Cause::ConnectionRefused: return tr("No server answers at that address.");
    case Cause::Unreachable: return tr("The server cannot be reached.");
    case Cause::TimedOut: return tr("The server does not answer.");
    case Cause::NotAServer: return tr("What answers there is no Parlance server.");
    case Cause::OtherProtocol: return tr("The server speaks another version of the protocol.");
    case Cause::TlsFailed: return tr("The server's certificate is not trusted: %1").arg(detail);
    case Cause::ConnectionLost: return tr("The connection was lost.");
    case Cause::NoHeartbeat: return tr("The server fell silent.");
    case Cause::ServerClosing: return tr("The server is restarting.");
    case Cause::ServerFull: return tr("The server is full.");
    case Cause::TooManySessions: return tr("Too many windows are open under this name.");
    case Cause::ServerTrouble: return tr("The server cannot let anybody in at the moment.");
    case Cause::TooSlow: return tr("This connection was too slow for the room.");
    case Cause::Flooding: return tr("Too much was sent in a short time.");
    case Cause::BadRequest: return tr("The server did not understand this program.");
    case Cause::BadName: return tr("The server does not accept that name.");
    case Cause::NotLoggedIn: return tr("This server wants a login.");
    case Cause::NotAllowed: return tr("You may not enter this room.");
    case Cause::NoSuchRoom: return tr("There is no such room.");
    case Cause::TooManyRooms: return tr("The server has as many rooms as it allows.");
    case Cause::Replaced: return tr("You came back to this room in another window or on another device.");
    case Cause::RoomLocked: return tr("This room is locked.");
    case Cause::Kicked: return detail.isEmpty() ? tr("You were removed from this room.")
                                                : tr("You were removed from this room: %1").arg(detail);
    case Cause::RoomClosed: return detail.isEmpty() ? tr("The operator closed this room.")
                                                    : tr("The operator closed this room: %1").arg(detail);
    case Cause::Other: return detail.isEmpty() ? tr("The server did not let you in.")
                                               : tr("The server did not let you in: %1").arg(detail);
    }
    return {};
}

QString Words::banner(const ConnectionState &state, Clock::Millis remaining, int queued, Voice voice)
{
    const bool spoken = voice == Voice::Spoken;
    QString text = cause(state);
    const auto add = [&text](const QString &sentence) {
        text += text.isEmpty() ? sentence : u' ' + sentence;
    };
    switch (state.link) {
    case Link::Online: return {};
    case Link::Offline: add(tr("Not connected.")); break;
    case Link::Connecting: add(state.attempt > 0 ? tr("Connecting again\u2026") : tr("Connecting\u2026")); break;
    case Link::CatchingUp: add(tr("Catching up\u2026")); break;
    case Link::Waiting:
        add(spoken ? tr("Trying again soon.") : tr("Trying again in %1.").arg(countdown(remaining)));
        break;
    case Link::Kicked:
        if (remaining.count() <= 0)
            add(tr("You may come back."));
        else
            add(spoken ? tr("You may come back later.") : tr("You may come back in %1.").arg(countdown(remaining)));
        break;
    case Link::Refused:
        if (remaining.count() > 0)
            add(spoken ? tr("You may try again later.") : tr("You may try again in %1.").arg(countdown(remaining)));
        break;
    }
    if (queued > 0)
        add(queued == 1 ? tr("One message will be sent then.")
                        : tr("%n messages will be sent then.", nullptr, queued));
    return text;
}

QString Words::bannerAction(const ConnectionState &state)
{
    switch (state.link) {
    case Link::Waiting: return tr("Now");
    case Link::Kicked: return tr("Rejoin");
    case Link::Refused: return tr("Try again");
    case Link::Offline: return tr("Connect");
    case Link::Connecting:
    case Link::CatchingUp:
    case Link::Online: break;
    }
    return {};
}

QString Words::linkShort(Link link)
{
    switch (link) {
    case Link::Offline: return tr("not connected");
    case Link::Connecting: return tr("connecting");
    case Link::CatchingUp: return tr("catching up");
    case Link::Online: return tr("online");
    case Link::Waiting: return tr("reconnecting");
    case Link::Kicked: return tr("removed");
    case Link::Refused: return tr("refused");
    }
    return {};
}

QString Words::linkShort(const ConnectionState &state)
{
    return state.cause == Cause::RoomClosed && state.link == Link::Kicked ? tr("closed") : linkShort(state.link);
}

QString Words::refusal(const Error &error)
{
    switch (error.code) {
    case ErrorCode::TooLong: return tr("the text is too long");
    case ErrorCode::TooLarge: return tr("the message is too large");
    case ErrorCode::Empty: return tr("the message is empty");
    case ErrorCode::RateLimited: return tr("too many messages in a short time");
    case ErrorCode::Forbidden: return tr("you may not speak here at the moment");
    case ErrorCode::Conflict: return tr("the server has another message under the same number");
    case ErrorCode::NotJoined: return tr("you are no longer in this room");
    case ErrorCode::Unavailable: return tr("the server cannot store messages at the moment");
    case ErrorCode::StorageFull: return tr("the server's disk is full");
    case ErrorCode::ShuttingDown: return tr("the server is shutting down");
    case ErrorCode::Unauthorized: return tr("this server wants a login");
    case ErrorCode::Kicked: return tr("you were removed from this room");
    case ErrorCode::Frozen: return tr("the room is frozen: nothing can be said at the moment");
    case ErrorCode::BadRequest:
    case ErrorCode::UnknownType: return tr("the server did not understand this program");
    default: break;
    }
    return error.detail.isEmpty() ? tr("the server refused it") : quoted(error.detail);
}

QString Words::addressFault(AddressFault fault)
{
    switch (fault) {
    case AddressFault::None: return {};
    case AddressFault::Empty: return tr("Enter the address of the server, for example 192.168.1.5:8000.");
    case AddressFault::NoHost: return tr("That is no address. Try something like 192.168.1.5:8000.");
    case AddressFault::WrongScheme: return tr("The address must start with http:// or https://, or with neither.");
    case AddressFault::BadPort: return tr("The port is a number from 1 to 65535.");
    }
    return {};
}

QString Words::nameFault(const Error &error, const QString &text)
{
    const bool room = error.field == u"room";
    if (text.trimmed().isEmpty())
        return room ? tr("Enter the name of a room.") : tr("Enter the name by which others will know you.");
    if (codePointCount(QStringView(text).trimmed()) > (room ? NameRules::kRoomNameMax : NameRules::kUserNameMax))
        return room ? tr("A room's name has at most 64 characters.") : tr("A name has at most 32 characters.");
    return room ? tr("A room's name may have letters, digits, spaces and . _ - only.")
                : tr("A name may have letters, digits, spaces and . _ - only.");
}

QString Words::countdown(Clock::Millis remaining)
{
    const qint64 seconds = std::max<qint64>(0, (remaining.count() + 999) / 1000);
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0'));
    return tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
}

QString Words::nameList(const QStringList &names)
{
    const qsizetype count = names.size();
    if (count == 1)
        return isolated(names.at(0));
    if (count == 2)
        return tr("%1 and %2").arg(isolated(names.at(0)), isolated(names.at(1)));
    if (count == kNamesSpelledOut)
        return tr("%1, %2 and %3").arg(isolated(names.at(0)), isolated(names.at(1)), isolated(names.at(2)));
    return tr("%1, %2 and %n others", nullptr, int(count) - 2).arg(isolated(names.at(0)), isolated(names.at(1)));
}

QString Words::typing(const QStringList &names)
{
    if (names.isEmpty())
        return {};
    if (names.size() > kNamesSpelledOut)
        return tr("Several people are writing\u2026");
    return names.size() == 1 ? tr("%1 is writing\u2026").arg(nameList(names))
                             : tr("%1 are writing\u2026").arg(nameList(names));
}

QString Words::presence(const QStringList &joined, const QStringList &left)
{
    const QString came = joined.isEmpty() ? QString() : tr("%1 joined", nullptr, int(joined.size())).arg(nameList(joined));
    const QString went = left.isEmpty() ? QString() : tr("%1 left", nullptr, int(left.size())).arg(nameList(left));
    if (came.isEmpty())
        return went;
    return went.isEmpty() ? came : tr("%1, %2", "who joined, who left").arg(came, went);
}

QString Words::people(int count)
{
    return count == 1 ? tr("1 person") : tr("%n people", nullptr, count);
}

QString Words::unread(int count)
{
    return count == 1 ? tr("1 unread message") : tr("%n unread messages", nullptr, count);
}

QString Words::day(qint64 time, const QDate &today)
{
    const QDate date = QDateTime::fromMSecsSinceEpoch(time).date();
    if (date == today)
        return tr("Today");
    if (date == today.addDays(-1))
        return tr("Yesterday");
    return QLocale().toString(date, QLocale::LongFormat);
}

QString Words::timeOfDay(qint64 time)
{
    const QLocale locale;
    const QTime clock = QDateTime::fromMSecsSinceEpoch(time).time();
    // The C locale has seconds in its short form, which nobody wants beside each message.
    return locale.language() == QLocale::C ? clock.toString(u"HH:mm"_s)
                                           : locale.toString(clock, QLocale::ShortFormat);
}

QString Words::dateAndTime(qint64 time)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time), QLocale::LongFormat);
}

QString Words::isolated(const QString &name)
{
    return u'\u2068' + name + u'\u2069';
}

QString Words::withoutMnemonic(const QString &text)
{
    return QString(text).replace(u'&', "&&"_L1);
}

} // namespace Parlance::Client
