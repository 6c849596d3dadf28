// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/errortext.h"

#include "text/visibletext.h"

#include <QCoreApplication>

namespace Parlance {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("ErrorText", text);
}

} // namespace

QString errorText(ErrorCode code)
{
    switch (code) {
    case ErrorCode::None: break;
    case ErrorCode::BadRequest: return say(QT_TRANSLATE_NOOP("ErrorText", "The request could not be understood."));
    case ErrorCode::BadParameter: return say(QT_TRANSLATE_NOOP("ErrorText", "A value is out of its range."));
    case ErrorCode::BadName: return say(QT_TRANSLATE_NOOP("ErrorText", "That name is not allowed."));
    case ErrorCode::UnknownType: return say(QT_TRANSLATE_NOOP("ErrorText", "The command is not known."));
    case ErrorCode::Empty: return say(QT_TRANSLATE_NOOP("ErrorText", "There was no text."));
    case ErrorCode::TooLong: return say(QT_TRANSLATE_NOOP("ErrorText", "The text is too long. Shorten it."));
    case ErrorCode::TooLarge: return say(QT_TRANSLATE_NOOP("ErrorText", "The request is too large."));
    case ErrorCode::RateLimited: return say(QT_TRANSLATE_NOOP("ErrorText", "Too much in too short a time."));
    case ErrorCode::NotFound: return say(QT_TRANSLATE_NOOP("ErrorText", "It is not there any more."));
    case ErrorCode::MethodNotAllowed: return say(QT_TRANSLATE_NOOP("ErrorText", "This address does not do that."));
    case ErrorCode::UnsupportedMedia: return say(QT_TRANSLATE_NOOP("ErrorText", "This kind of content is not taken."));
    case ErrorCode::Unauthorized: return say(QT_TRANSLATE_NOOP("ErrorText", "Not logged in."));
    case ErrorCode::Forbidden: return say(QT_TRANSLATE_NOOP("ErrorText", "Not allowed."));
    case ErrorCode::Kicked: return say(QT_TRANSLATE_NOOP("ErrorText", "Removed from the room and not yet allowed back."));
    case ErrorCode::Frozen: return say(QT_TRANSLATE_NOOP("ErrorText", "The room is frozen."));
    case ErrorCode::Locked: return say(QT_TRANSLATE_NOOP("ErrorText", "The room is locked."));
    case ErrorCode::Conflict: return say(QT_TRANSLATE_NOOP("ErrorText", "The same message was sent with another text."));
    case ErrorCode::ServerFull: return say(QT_TRANSLATE_NOOP("ErrorText", "Too many connections."));
    case ErrorCode::TooManyRooms: return say(QT_TRANSLATE_NOOP("ErrorText", "Too many rooms are open."));
    case ErrorCode::TooManySessions: return say(QT_TRANSLATE_NOOP("ErrorText", "Too many windows of one person."));
    case ErrorCode::NotJoined: return say(QT_TRANSLATE_NOOP("ErrorText", "Not in a room."));
    case ErrorCode::Unavailable: return say(QT_TRANSLATE_NOOP("ErrorText", "The server does not answer at the moment."));
    case ErrorCode::StorageFull: return say(QT_TRANSLATE_NOOP("ErrorText", "The disk is full."));
    case ErrorCode::ShuttingDown: return say(QT_TRANSLATE_NOOP("ErrorText", "The server is stopping."));
    case ErrorCode::AddressInUse: return say(QT_TRANSLATE_NOOP("ErrorText", "Another program uses the port."));
    case ErrorCode::DataInUse: return say(QT_TRANSLATE_NOOP("ErrorText", "Another server uses the data directory."));
    case ErrorCode::DataUnusable: return say(QT_TRANSLATE_NOOP("ErrorText", "The stored data cannot be used."));
    case ErrorCode::Internal: break;
    }
    return say(QT_TRANSLATE_NOOP("ErrorText", "The server could not do it."));
}

QString startFailureText(const Error &error, quint16 port)
{
    switch (error.code) {
    case ErrorCode::AddressInUse:
        return QCoreApplication::translate("ErrorText", "Port %1 is used by another program. Choose another port.").arg(port);
    case ErrorCode::Forbidden:
        return QCoreApplication::translate("ErrorText",
                                           "Port %1 may not be used by this account. Choose a port from 1024 on.").arg(port);
    default:
        break;
    }
    if (error.detail.isEmpty())
        return QCoreApplication::translate("ErrorText", "The server could not start. Try again, or choose another port.");
    return QCoreApplication::translate("ErrorText", "The server could not start: %1").arg(quoted(error.detail, 300));
}

QString storageFaultText(ErrorCode code)
{
    if (code == ErrorCode::StorageFull)
        return QCoreApplication::translate("ErrorText",
                                           "The disk is full: nobody can write, reading goes on. Free some space; writing then"
                                           " goes on by itself.");
    return QCoreApplication::translate("ErrorText",
                                       "The database does not answer: nobody can write. It is tried again all the time; the"
                                       " server's log says more.");
}

} // namespace Parlance
