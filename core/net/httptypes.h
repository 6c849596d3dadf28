// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/requesthead.h"

#include <QHostAddress>

#include <any>

namespace Parlance {

/// One whole, proven request.
struct HttpRequest
{
    RequestHead head;
    QByteArray body;
    QHostAddress peer;
    std::any prepared = {}; ///< what the route's preparation has found; empty where it has none
};

/// What a route answers; the gateway adds the headers that every answer has.
struct HttpReply
{
    int status = 200;
    QByteArray mime = "application/json";
    QByteArray body;
    QList<HeaderField> fields = {}; ///< further header fields; they pass through safeHeader()
};

/// \a text without anything that could end a header field: control characters become spaces.
QByteArray safeHeader(QByteArray text);

/// The JSON error of the contract, with Retry-After where \a error has a time or the status wants one, and
/// WWW-Authenticate with 401.
HttpReply errorReply(int status, const Error &error);
/// The same, with the status that fits the code.
HttpReply errorReply(const Error &error);
/// The HTTP status that fits a refusal.
int httpStatus(ErrorCode code);

/// The text of a reply as it goes to the wire. \a withBody is false for HEAD; its Content-Length stays.
QByteArray serialise(const HttpReply &reply, bool keepAlive, bool withBody);

} // namespace Parlance
