// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QJsonObject>
#include <QList>
#include <QMultiMap>
#include <QString>

namespace Parlance {

/// One HTTP answer as it stood on the wire.
struct HttpAnswer
{
    int status = 0;
    QMultiMap<QByteArray, QByteArray> fields; ///< names in lower case
    QByteArray body;

    /// Empty when it is not there; "(twice)" when it is there more than once.
    QByteArray field(const QByteArray &name) const;
    QJsonObject json() const;
    /// error.code and error.field of a JSON refusal.
    QString errorCode() const;
    QString errorField() const;
};

/// The answers in a stream of bytes, read by the letter of RFC 9112.
struct HttpAnswers
{
    QList<HttpAnswer> list;
    QByteArray rest; ///< the beginning of one that is not whole yet
    QString fault; ///< what was wrong with the bytes; empty: nothing

    bool isClean() const { return fault.isEmpty() && rest.isEmpty(); }
};

/// \a methods are those of the requests, in order: an answer to HEAD has no body. Where there are fewer
/// methods than answers, GET is assumed.
HttpAnswers readAnswers(const QByteArray &bytes, const QByteArrayList &methods = {});

} // namespace Parlance
