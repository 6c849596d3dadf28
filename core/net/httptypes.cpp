// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httptypes.h"

#include "protocol/eventcodec.h"

#include <algorithm>

namespace Parlance {

namespace {

const char *reasonPhrase(int status)
{
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Status";
    }
}

} // namespace

QByteArray safeHeader(QByteArray text)
{
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return text;
}

int httpStatus(ErrorCode code)
{
    switch (code) {
    case ErrorCode::None: return 200;
    case ErrorCode::BadRequest:
    case ErrorCode::BadParameter:
    case ErrorCode::BadName:
    case ErrorCode::UnknownType:
    case ErrorCode::Empty:
    case ErrorCode::TooLong: return 400;
    case ErrorCode::TooLarge: return 413;
    case ErrorCode::RateLimited: return 429;
    case ErrorCode::NotFound:
    case ErrorCode::NotJoined: return 404;
    case ErrorCode::MethodNotAllowed: return 405;
    case ErrorCode::UnsupportedMedia: return 415;
    case ErrorCode::Unauthorized: return 401;
    case ErrorCode::Forbidden:
    case ErrorCode::Frozen:
    case ErrorCode::Kicked: return 403;
    case ErrorCode::Locked: return 423;
    case ErrorCode::Conflict: return 409;
    case ErrorCode::ServerFull:
    case ErrorCode::TooManyRooms:
    case ErrorCode::TooManySessions:
    case ErrorCode::Unavailable:
    case ErrorCode::StorageFull:
    case ErrorCode::ShuttingDown: return 503;
    case ErrorCode::AddressInUse:
    case ErrorCode::DataInUse:
    case ErrorCode::DataUnusable:
    case ErrorCode::Internal: return 500;
    }
    return 500;
}

HttpReply errorReply(int status, const Error &error)
{
    HttpReply reply {status, "application/json", encodeRestError(error)};
    if (status == 401)
        reply.fields.append(HeaderField {"WWW-Authenticate", "Bearer"});
    if (error.retryAfter.count() > 0)
        reply.fields.append({"Retry-After", QByteArray::number((error.retryAfter.count() + 999) / 1000)});
    else if (status == 503 || status == 429)
        reply.fields.append(HeaderField {"Retry-After", "5"});
    return reply;
}

HttpReply errorReply(const Error &error)
{
    return errorReply(httpStatus(error.code), error);
}

QByteArray serialise(const HttpReply &reply, bool keepAlive, bool withBody)
{
    QByteArray out = "HTTP/1.1 " + QByteArray::number(reply.status) + ' ' + reasonPhrase(reply.status) + "\r\n";
    if (reply.status != 204 && reply.status != 304) {
        out += "Content-Type: " + reply.mime + "\r\nContent-Length: " + QByteArray::number(reply.body.size()) + "\r\n";
    }
    const auto has = [&reply](const char *name) {
        return std::any_of(reply.fields.begin(), reply.fields.end(),
                           [name](const HeaderField &f) { return f.name == name; });
    };
    for (const HeaderField &field : reply.fields)
        out += safeHeader(field.name) + ": " + safeHeader(field.value) + "\r\n";
    if (!has("Cache-Control"))
        out += "Cache-Control: no-store\r\n";
    if (!has("Content-Security-Policy"))
        out += "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";
    out += "X-Content-Type-Options: nosniff\r\n"
           "Referrer-Policy: no-referrer\r\n"
           "Cross-Origin-Resource-Policy: same-origin\r\n";
    out += keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    if (withBody)
        out += reply.body;
    return out;
}

} // namespace Parlance
