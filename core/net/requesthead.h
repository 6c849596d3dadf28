// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

#include <variant>

namespace Parlance {

struct HeaderField
{
    QByteArray name; ///< as it came
    QByteArray value; ///< without surrounding white space
};

/// One proven HTTP/1.x request head (RFC 9112 sections 3 and 5).
struct RequestHead
{
    QByteArray method;
    QByteArray target; ///< as it came: path and query
    QStringList segments; ///< of the path, percent-decoded once; "/" has none
    QList<std::pair<QString, QString>> query; ///< percent-decoded, in order
    QList<HeaderField> fields;
    int minorVersion = 1; ///< HTTP/1.x
    qint64 contentLength = 0;
    bool keepAlive = true;
    bool expectContinue = false;
    qsizetype size = 0; ///< bytes of the head, its empty line included

    /// The first field of that name (any case); empty when there is none.
    QByteArray field(QByteArrayView name) const;
    bool hasField(QByteArrayView name) const { return count(name) > 0; }
    /// How many fields of that name there are.
    qsizetype count(QByteArrayView name) const;
    /// Whether the comma-separated lists of all fields of that name hold \a token (any case).
    bool hasToken(QByteArrayView name, QByteArrayView token) const;
    /// All members of the comma-separated lists of that name.
    QList<QByteArray> list(QByteArrayView name) const;
    /// The first query parameter of that name; null when there is none.
    QString parameter(QStringView name) const;
    /// The path anew, percent-encoded, with a leading slash and without the query.
    QByteArray canonicalPath() const;
};

/// A head that is refused: an HTTP status and why.
struct HeadRefusal
{
    int status = 400;
    Error error;
};

struct HeadIncomplete
{
};

using HeadOutcome = std::variant<HeadIncomplete, RequestHead, HeadRefusal>;

struct HeadLimits
{
    qsizetype lineBytes = 4 * 1024; ///< request line; above it 414
    qsizetype headBytes = 16 * 1024; ///< all of it; above it 431
    qsizetype fields = 100; ///< above it 431
};

/// Proves the head at the start of \a buffer.
///
/// \a scanned is how far earlier calls for the same request looked: 0 at first; only new bytes are
/// searched, so a head that arrives byte by byte costs no more than one that comes whole.
/// Refused: bare LF, folded lines, space before a colon, control characters, none or several Host fields,
/// a repeated or non-digit Content-Length, any Transfer-Encoding (501), a target that does not start with
/// exactly one slash, encoded NUL, CR, LF, slash or backslash, `.` and `..` segments, and what is not
/// UTF-8 after one decoding; versions other than 1.0 and 1.1 (505); unknown methods (501).
HeadOutcome readRequestHead(QByteArrayView buffer, qsizetype &scanned, const HeadLimits &limits);

} // namespace Parlance
