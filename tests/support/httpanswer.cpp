// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpanswer.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <optional>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

/// The head without its empty line; what is wrong with it, or nothing.
QString readHead(const QByteArray &head, HttpAnswer &answer)
{
    static const QRegularExpression statusLine(u"^HTTP/1\\.1 ([1-5][0-9]{2}) [\\x20-\\x7e]+$"_s);
    static const QRegularExpression fieldLine(u"^([!#$%&'*+\\-.^_`|~0-9A-Za-z]+): ([\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?)$"_s);
    const QStringList lines = QString::fromLatin1(head).split(u"\r\n"_s);
    const auto status = statusLine.match(lines.constFirst());
    if (!status.hasMatch())
        return u"no status line: "_s + lines.constFirst();
    answer.status = status.captured(1).toInt();
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const auto field = fieldLine.match(lines.at(i));
        if (!field.hasMatch())
            return u"no header field: "_s + lines.at(i);
        answer.fields.insert(field.captured(1).toLatin1().toLower(), field.captured(2).toLatin1());
    }
    return {};
}

bool mayHaveBody(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

} // namespace

QByteArray HttpAnswer::field(const QByteArray &name) const
{
    const QByteArrayList values = fields.values(name);
    return values.size() > 1 ? QByteArray("(twice)") : values.value(0);
}

QJsonObject HttpAnswer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QString HttpAnswer::errorCode() const
{
    return json()["error"_L1]["code"_L1].toString();
}

QString HttpAnswer::errorField() const
{
    return json()["error"_L1]["field"_L1].toString();
}

HttpAnswers readAnswers(const QByteArray &bytes, const QByteArrayList &methods)
{
    HttpAnswers answers;
    answers.rest = bytes;
    qsizetype request = 0;
    while (!answers.rest.isEmpty()) {
        const qsizetype end = answers.rest.indexOf("\r\n\r\n");
        if (end < 0)
            return answers;
        HttpAnswer answer;
        answers.fault = readHead(answers.rest.first(end), answer);
        if (!answers.fault.isEmpty())
            return answers;
        qsizetype length = 0;
        const QByteArray given = answer.field("content-length");
        if (mayHaveBody(answer.status)) {
            bool ok = false;
            length = given.toLongLong(&ok);
            if (!ok || length < 0)
                answers.fault = u"no good Content-Length: "_s + QString::fromLatin1(given);
        } else if (!given.isNull()) {
            answers.fault = u"a Content-Length where no body can be"_s;
        }
        if (!answers.fault.isEmpty())
            return answers;
        if (methods.value(request) == "HEAD")
            length = 0;
        if (answers.rest.size() < end + 4 + length)
            return answers;
        answer.body = answers.rest.mid(end + 4, length);
        answers.rest.remove(0, end + 4 + length);
        if (answer.status >= 200)
            ++request; // 100 Continue and the like come before the answer
        answers.list.append(answer);
        if (answer.status == 101)
            return answers; // what follows is no HTTP
    }
    return answers;
}

} // namespace Parlance
