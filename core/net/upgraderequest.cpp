// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/upgraderequest.h"

#include "base/tokens.h"
#include "net/decimal.h"
#include "protocol/limits.h"

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr qsizetype kAgentChars = 200;

UpgradeRefusal refuse(int status, ErrorCode code, const QString &detail, const QString &field = {})
{
    return {status, Error {code, detail, field}};
}

bool isKey(const QByteArray &key)
{
    const auto decoded = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    return key.size() == 24 && decoded && (*decoded).size() == 16;
}

/// A browser page of another site must not speak in its visitor's name; a program has no Origin.
bool isOriginAllowed(const RequestHead &head, const QStringList &origins)
{
    if (!head.hasField("Origin"))
        return true;
    if (head.count("Origin") > 1)
        return false;
    const QByteArray origin = head.field("Origin").toLower();
    if (origins.contains(QString::fromLatin1(origin), Qt::CaseInsensitive))
        return true;
    const QByteArray host = head.field("Host").toLower();
    const auto bare = [](QByteArray text, const char *port) {
        return text.endsWith(port) ? text.chopped(qsizetype(qstrlen(port))) : text;
    };
    return bare(origin, ":80") == "http://" + bare(host, ":80") || bare(origin, ":443") == "https://" + bare(host, ":443");
}

} // namespace

std::variant<UpgradeRequest, UpgradeRefusal> readUpgrade(const RequestHead &head, const QStringList &origins)
{
    if (head.method != "GET" || head.minorVersion != 1)
        return refuse(400, ErrorCode::BadRequest, u"a WebSocket begins with GET of HTTP/1.1"_s);
    if (head.count("Sec-WebSocket-Version") > 1 || head.count("Sec-WebSocket-Key") > 1)
        return refuse(400, ErrorCode::BadRequest, u"a WebSocket has one key and one version"_s);
    if (head.field("Sec-WebSocket-Version") != "13") {
        UpgradeRefusal refusal = refuse(426, ErrorCode::BadRequest, u"Sec-WebSocket-Version must be 13"_s);
        refusal.fields = {{"Sec-WebSocket-Version", "13"}, {"Upgrade", "websocket"}};
        return refusal;
    }
    UpgradeRequest request;
    request.key = head.field("Sec-WebSocket-Key");
    if (!isKey(request.key))
        return refuse(400, ErrorCode::BadRequest, u"Sec-WebSocket-Key must be 16 bytes in base64"_s);
    if (!isOriginAllowed(head, origins))
        return refuse(403, ErrorCode::Forbidden, u"pages of another origin may not connect here"_s);
    if (head.segments.size() != 3 || head.segments.at(0) != u"ws")
        return refuse(404, ErrorCode::NotFound, u"WebSockets are at /ws/{room}/{username}"_s);
    if (!head.parameter(u"token").isNull())
        return refuse(400, ErrorCode::BadParameter, u"a token must not stand in a URL"_s, u"token"_s);

    request.room = head.segments.at(1);
    request.name = head.segments.at(2);
    for (const QByteArray &protocol : head.list("Sec-WebSocket-Protocol"))
        request.isParlance = request.isParlance || protocol == WireLimits::kSubprotocol;
    if (const QString since = head.parameter(u"since"); !since.isNull()) {
        const std::optional<quint64> seq = parseDecimal(since);
        if (!seq)
            return refuse(400, ErrorCode::BadParameter, u"since must be a number"_s, u"since"_s);
        request.since = *seq;
    }
    request.epoch = head.parameter(u"epoch").left(64);
    if (const QString token = head.parameter(u"resume"); isTokenForm(token))
        request.resumeToken = token;
    request.agent = QString::fromUtf8(head.field("User-Agent")).left(kAgentChars);
    return request;
}

QByteArray canonicalUpgrade(const UpgradeRequest &request, quint64 id)
{
    QByteArray text = "GET /" + QByteArray::number(id)
        + " HTTP/1.1\r\nHost: parlance\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + request.key + "\r\n";
    if (request.isParlance)
        text += QByteArray("Sec-WebSocket-Protocol: ") + WireLimits::kSubprotocol + "\r\n";
    return text + "\r\n";
}

} // namespace Parlance
