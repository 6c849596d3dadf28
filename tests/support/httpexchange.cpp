// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpexchange.h"

#include <QTest>

namespace Parlance {

QByteArray get(const QByteArray &target, const QByteArray &fields)
{
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

QByteArray post(const QByteArray &target, const QByteArray &body)
{
    return "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
        + body;
}

HttpAnswers answersOf(const RawClient &client, const QByteArrayList &methods)
{
    return readAnswers(client.received(), methods);
}

HttpAnswer answerOf(const RawClient &client)
{
    return answersOf(client).list.value(0);
}

HttpAnswer ask(quint16 port, const QByteArray &request)
{
    RawClient client(port);
    client.send(request);
    const QByteArrayList methods {request.left(request.indexOf(' '))};
    [&] { QTRY_VERIFY(!readAnswers(client.received(), methods).list.isEmpty()); }();
    const HttpAnswers answers = readAnswers(client.received(), methods);
    if (!answers.isClean())
        qWarning("%s", qPrintable(answers.fault));
    return answers.isClean() ? answers.list.value(0) : HttpAnswer();
}

} // namespace Parlance
