// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/checks.h"

#include "config/configfault.h"
#include "config/units.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kServerNameChars = 64;
constexpr int kPathChars = 4096;
constexpr int kOriginChars = 300; // a host name has at most 253
constexpr int kTokenLeast = 16;
constexpr int kTokenMost = 256;

Error bad(QString detail)
{
    return {ErrorCode::BadParameter, std::move(detail)};
}

/// What can stand in one line of the file and is read back as it is.
Status checkLine(const QString &text)
{
    const bool control = std::any_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line
            || c.category() == QChar::Separator_Paragraph;
    });
    if (control)
        return bad(u"must not contain control characters"_s);
    if (text.trimmed() != text)
        return bad(u"must not start or end with a blank"_s);
    return {};
}

bool isAddress(const QString &text)
{
    const QHostAddress address(text);
    // QHostAddress also takes 127.1, 0x7f.1 and octal parts, which read as something else than they are.
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return address.toString() == text;
    // Its scope may be any text.
    const bool plain = std::none_of(text.cbegin(), text.cend(), [](QChar c) { return c.isSpace() || !c.isPrint(); });
    return address.protocol() == QAbstractSocket::IPv6Protocol && plain && !text.contains(u'[');
}

bool isOrigin(const QString &text)
{
    if (text.size() > kOriginChars || text != text.toLower())
        return false;
    const QUrl url(text, QUrl::StrictMode);
    const bool web = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    const bool ascii = std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() < 0x80; });
    // Browsers leave the usual port out: an origin that names it would never match.
    const bool usualPort = url.port() == (url.scheme() == "https"_L1 ? 443 : 80);
    if (!ascii || usualPort)
        return false;
    return url.isValid() && web && !url.host().isEmpty() && url.userInfo().isEmpty() && url.path().isEmpty()
        && !url.hasQuery() && !url.hasFragment() && !text.endsWith(u':') && !text.contains(u'@');
}

/// RFC 1123 section 2.1; an underscore, which some private networks have, besides.
bool isDnsName(const QString &text)
{
    static constexpr int kNameChars = 253;
    static constexpr int kLabelChars = 63;
    if (text.size() > kNameChars)
        return false;
    for (const QString &label : text.split(u'.')) {
        const bool clean = std::all_of(label.cbegin(), label.cend(), [](QChar c) {
            return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_';
        });
        if (!clean || label.isEmpty() || label.size() > kLabelChars || label.startsWith(u'-') || label.endsWith(u'-'))
            return false;
    }
    return true;
}

/// Whether no bit of \a address behind the first \a prefix is set.
bool isNetworkAddress(const QHostAddress &address, int prefix)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return prefix == 32 || (address.toIPv4Address() << prefix) == 0;
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    for (int bit = prefix; bit < 128; ++bit) {
        if (bytes[bit / 8] & (0x80 >> (bit % 8)))
            return false;
    }
    return true;
}

} // namespace

Result<Endpoint> parseEndpoint(const QString &text)
{
    const Error fault = bad(u"must be ADDRESS:PORT such as 127.0.0.1:9100 or [::1]:9100, not "_s + shown(text));
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon < 0)
        return fault;
    QString address = text.first(colon);
    const bool bracketed = address.startsWith(u'[') && address.endsWith(u']');
    if (bracketed)
        address = address.sliced(1, address.size() - 2);
    const Result<qint64> port = parseInteger(QStringView(text).sliced(colon + 1));
    if (!isAddress(address) || bracketed != address.contains(u':') || !port || port.value() < 1
        || port.value() > 65535 || text.contains(u' '))
        return fault;
    return Endpoint {address, quint16(port.value())};
}

bool isLoopbackAddress(const QString &address)
{
    return QHostAddress(address).isLoopback();
}

Status checkAddresses(const QStringList &addresses)
{
    QList<QHostAddress> seen;
    for (const QString &text : addresses) {
        if (!isAddress(text)) {
            return bad(u"must be IP addresses such as 192.168.1.5 or ::1 (no names, no port, no brackets), not "_s
                       + shown(text));
        }
        const QHostAddress address(text);
        if (seen.contains(address))
            return bad(u"names "_s + shown(text) + " twice"_L1);
        seen.append(address);
    }
    return {};
}

Status checkOrigins(const QStringList &origins)
{
    for (const QString &origin : origins) {
        if (!isOrigin(origin)) {
            return bad(u"must be origins such as https://chat.example.org (as browsers send them: lower case, without "
                       "path, closing slash or usual port), not "_s
                       + shown(origin));
        }
    }
    return {};
}

Status checkHosts(const QStringList &hosts)
{
    for (const QString &host : hosts) {
        if (!isDnsName(host)) {
            return bad(u"must be DNS names such as chat.example.org (lower case, without scheme and port; IDN in its "
                       "xn-- form), not "_s
                       + shown(host));
        }
    }
    return {};
}

Result<Subnet> parseSubnet(const QString &text)
{
    const Error fault = bad(u"must be addresses or subnets such as 127.0.0.1 or 10.1.0.0/16, not "_s + shown(text));
    const qsizetype slash = text.indexOf(u'/');
    const QString address = slash < 0 ? text : text.first(slash);
    if (!isAddress(address) || address.contains(u'%'))
        return fault;
    const QHostAddress network(address);
    const int bits = network.protocol() == QAbstractSocket::IPv4Protocol ? 32 : 128;
    if (slash < 0)
        return Subnet {address, bits};
    const Result<qint64> prefix = parseInteger(QStringView(text).sliced(slash + 1));
    if (!prefix || prefix.value() < 0 || prefix.value() > bits)
        return fault;
    // 10.1.2.3/8 is more often a slip than meant.
    if (isNetworkAddress(network, int(prefix.value())))
        return Subnet {address, int(prefix.value())};
    return bad(u"names "_s + shown(text) + u", which has bits behind its prefix; the subnet begins at a lower address"_s);
}

Status checkSubnets(const QStringList &subnets)
{
    for (const QString &text : subnets) {
        if (const Result<Subnet> parsed = parseSubnet(text); !parsed)
            return parsed.error();
    }
    return {};
}

Status checkServerName(const QString &name)
{
    if (name.toUcs4().size() > kServerNameChars)
        return bad(u"is too long: at most %1 characters"_s.arg(kServerNameChars));
    return checkLine(name);
}

Status checkPath(const QString &path)
{
    if (path.size() > kPathChars)
        return bad(u"is too long for a path"_s);
    return checkLine(path);
}

Status checkStorage(const QString &storage)
{
    if (storage == "memory"_L1 || storage == "sqlite"_L1)
        return {};
    // An address of a database carries its password: the value is never repeated.
    const QUrl url(storage);
    if (url.scheme() != "postgresql"_L1)
        return bad(u"must be sqlite, memory or an address such as postgresql://user:password@host/database"_s);
    if (!url.isValid() || url.host().isEmpty() || url.path().size() < 2)
        return bad(u"must name a host and a database: postgresql://user:password@host/database"_s);
    return {};
}

Status checkEndpoint(const QString &endpoint)
{
    if (endpoint.isEmpty())
        return {};
    const Result<Endpoint> parsed = parseEndpoint(endpoint);
    return parsed ? Status() : Status(parsed.error());
}

Status checkToken(const QString &token)
{
    if (token.isEmpty())
        return {};
    // RFC 6750, section 2.1: the characters of a bearer token.
    const bool clean = std::all_of(token.cbegin(), token.cend(), [](QChar c) {
        return c.unicode() < 0x7F && (c.isLetterOrNumber() || "-._~+/="_L1.contains(c));
    });
    if (!clean || token.size() < kTokenLeast || token.size() > kTokenMost) {
        return bad(u"must have %1 to %2 characters, each a letter, a digit or one of - . _ ~ + / ="_s.arg(kTokenLeast)
                       .arg(kTokenMost));
    }
    return {};
}

} // namespace Parlance
