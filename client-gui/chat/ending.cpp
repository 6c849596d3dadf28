// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/ending.h"

#include "protocol/closecode.h"

namespace Parlance::Client {

namespace {

constexpr Clock::Millis kFloodPause {30'000};
constexpr qint64 kLongestWaitMs = 7LL * 24 * 3600 * 1000;

Clock::Millis bounded(qint64 msecs)
{
    return Clock::Millis(qBound(qint64(0), msecs, kLongestWaitMs));
}

/// A refusal that the server put into words says more than the close code behind it.
std::optional<Ending> endingOfRefusal(const Error &error)
{
    const Clock::Millis after = bounded(error.retryAfter.count());
    const auto waiting = [&](Cause cause) { return Ending {Link::Waiting, cause, error.detail, after}; };
    const auto refused = [&](Cause cause) { return Ending {Link::Refused, cause, error.detail, after}; };
    switch (error.code) {
    case ErrorCode::BadName: return refused(Cause::BadName);
    case ErrorCode::Unauthorized: return refused(Cause::NotLoggedIn);
    case ErrorCode::Forbidden: return refused(Cause::NotAllowed);
    case ErrorCode::Locked: return refused(Cause::RoomLocked);
    case ErrorCode::NotFound: return refused(Cause::NoSuchRoom);
    case ErrorCode::TooManyRooms: return refused(Cause::TooManyRooms);
    // Its detail is the server's sentence, while that of Cause::Kicked is the operator's reason.
    case ErrorCode::Kicked: return Ending {Link::Kicked, Cause::Kicked, error.reason, after};
    case ErrorCode::ServerFull: return waiting(Cause::ServerFull);
    case ErrorCode::TooManySessions: return waiting(Cause::TooManySessions);
    case ErrorCode::RateLimited: return waiting(Cause::Flooding);
    case ErrorCode::ShuttingDown: return waiting(Cause::ServerClosing);
    case ErrorCode::Unavailable:
    case ErrorCode::StorageFull: return waiting(Cause::ServerTrouble);
    default: return std::nullopt;
    }
}

} // namespace

Ending endingOfClose(int closeCode, const QString &reason, const LastWords &words)
{
    // Without an event of its own: everybody is removed, and the close code says that the room is gone.
    if (words.kicked && CloseCode(quint16(closeCode)) == CloseCode::NoSuchRoom)
        return {Link::Kicked, Cause::RoomClosed, words.kicked->reason, bounded(words.kicked->rejoinAfterMs)};
    if (words.kicked)
        return {Link::Kicked, Cause::Kicked, words.kicked->reason, bounded(words.kicked->rejoinAfterMs)};
    if (words.closing)
        return {Link::Waiting, Cause::ServerClosing, {}, bounded(words.closing->retryAfterMs)};
    if (words.refusal) {
        if (const std::optional<Ending> ending = endingOfRefusal(*words.refusal))
            return *ending;
    }
    switch (CloseCode(quint16(closeCode))) {
    case CloseCode::BadRequest: return {Link::Waiting, Cause::BadRequest, reason, kFloodPause};
    case CloseCode::NotLoggedIn: return {Link::Refused, Cause::NotLoggedIn, reason};
    case CloseCode::NotAllowed: return {Link::Refused, Cause::NotAllowed, reason};
    case CloseCode::NoSuchRoom: return {Link::Refused, Cause::NoSuchRoom, reason};
    case CloseCode::TooSlow: return {Link::Waiting, Cause::TooSlow, reason};
    case CloseCode::Replaced: return {Link::Refused, Cause::Replaced, reason};
    case CloseCode::RoomLocked: return {Link::Refused, Cause::RoomLocked, reason};
    case CloseCode::Flooding: return {Link::Waiting, Cause::Flooding, reason, kFloodPause};
    case CloseCode::Kicked: return {Link::Kicked, Cause::Kicked};
    case CloseCode::ShuttingDown: return {Link::Waiting, Cause::ServerClosing, reason};
    }
    if (words.refusal)
        return {Link::Waiting, Cause::Other, words.refusal->detail, bounded(words.refusal->retryAfter.count())};
    return {Link::Waiting, Cause::ConnectionLost, reason};
}

Ending endingOfAttempt(QAbstractSocket::SocketError error, bool answered, int httpStatus, const QString &text)
{
    switch (error) {
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInvalidUserDataError:
    case QAbstractSocket::SslInternalError: return {Link::Refused, Cause::TlsFailed, text};
    default: break;
    }
    if (answered) {
        switch (httpStatus) {
        case 401: return {Link::Refused, Cause::NotLoggedIn};
        case 403: return {Link::Refused, Cause::NotAllowed};
        case 429: return {Link::Waiting, Cause::Flooding, {}, kFloodPause};
        case 503: return {Link::Waiting, Cause::ServerFull};
        default: return {Link::Waiting, Cause::NotAServer, text};
        }
    }
    switch (error) {
    case QAbstractSocket::HostNotFoundError: return {Link::Waiting, Cause::HostNotFound, text};
    case QAbstractSocket::SocketTimeoutError: return {Link::Waiting, Cause::TimedOut, text};
    case QAbstractSocket::ConnectionRefusedError: return {Link::Waiting, Cause::ConnectionRefused, text};
    default: return {Link::Waiting, Cause::Unreachable, text};
    }
}

} // namespace Parlance::Client
