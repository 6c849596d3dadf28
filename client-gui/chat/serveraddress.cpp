// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/serveraddress.h"

#include <QHostAddress>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

constexpr qsizetype kMaxAddressChars = 2000;

QString encodedSegment(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

/// `fe80::1` cannot be told from host and port in a URL; people write it without brackets.
QString withBrackets(const QString &text)
{
    QHostAddress address;
    const bool bare = address.setAddress(text) && address.protocol() == QAbstractSocket::IPv6Protocol;
    return bare ? u"[%1]"_s.arg(text) : text;
}

/// A port that QUrl refuses makes the whole URL invalid; the person should hear that it is the port.
bool hasBadPort(const QString &rest)
{
    const QString authority = rest.section(u'/', 0, 0);
    const qsizetype colon = authority.lastIndexOf(u':');
    if (colon < 0 || authority.indexOf(u']') > colon)
        return false;
    bool ok = false;
    const int port = authority.mid(colon + 1).toInt(&ok);
    return !ok || port < 1 || port > 65535;
}

} // namespace

std::optional<ServerAddress> ServerAddress::parse(const QString &text, AddressFault *fault)
{
    const auto fail = [fault](AddressFault why) {
        if (fault)
            *fault = why;
        return std::nullopt;
    };
    const QString trimmed = text.trimmed().left(kMaxAddressChars);
    if (trimmed.isEmpty())
        return fail(AddressFault::Empty);

    const qsizetype mark = trimmed.indexOf("://"_L1);
    const QString scheme = mark < 0 ? QString() : trimmed.left(mark).toLower();
    const QString rest = mark < 0 ? withBrackets(trimmed) : trimmed.mid(mark + 3);
    if (mark >= 0 && scheme != u"http" && scheme != u"https" && scheme != u"ws" && scheme != u"wss")
        return fail(AddressFault::WrongScheme);
    if (hasBadPort(rest))
        return fail(AddressFault::BadPort);

    const QUrl url(u"http://"_s + rest, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return fail(AddressFault::NoHost);

    ServerAddress address;
    address.m_host = url.host();
    address.m_secure = scheme == u"https" || scheme == u"wss";
    const int schemePort = address.m_secure ? 443 : 80;
    address.m_port = quint16(url.port(scheme.isEmpty() ? int(kDefaultPort) : schemePort));
    address.m_basePath = url.path(QUrl::FullyEncoded);
    while (address.m_basePath.endsWith(u'/'))
        address.m_basePath.chop(1);
    address.m_room = QUrlQuery(url).queryItemValue(u"room"_s, QUrl::FullyDecoded).replace(u'+', u' ');
    if (fault)
        *fault = AddressFault::None;
    return address;
}

QUrl ServerAddress::url(const QString &scheme, const QString &encodedPath) const
{
    QUrl url;
    url.setScheme(m_secure ? scheme + u's' : scheme);
    url.setHost(m_host);
    if (m_port != (m_secure ? 443 : 80))
        url.setPort(m_port);
    url.setPath(m_basePath + encodedPath, QUrl::StrictMode);
    return url;
}

QString ServerAddress::toString() const
{
    return url(u"http"_s, {}).toString(QUrl::FullyEncoded);
}

QUrl ServerAddress::roomUrl(const QString &room, const QString &user, const ResumePoint &resume) const
{
    QUrl result = url(u"ws"_s, u"/ws/"_s + encodedSegment(room) + u'/' + encodedSegment(user));
    QUrlQuery query;
    if (!resume.epoch.isEmpty()) {
        query.addQueryItem(u"since"_s, QString::number(resume.lastSeq));
        query.addQueryItem(u"epoch"_s, encodedSegment(resume.epoch));
    }
    if (!resume.token.isEmpty())
        query.addQueryItem(u"resume"_s, encodedSegment(resume.token));
    if (!query.isEmpty())
        result.setQuery(query);
    return result;
}

QUrl ServerAddress::apiUrl(const QString &path) const
{
    return url(u"http"_s, path);
}

} // namespace Parlance::Client
