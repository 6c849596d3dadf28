// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/requesthead.h"

#include <QStringDecoder>
#include <QUrl>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr std::array kMethods {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"};

HeadRefusal refuse(int status, const QString &detail)
{
    return {status, Error {ErrorCode::BadRequest, detail}};
}

HeadRefusal tooLarge(int status, const QString &detail, Limit limit)
{
    return {status, Error {ErrorCode::TooLarge, detail, {}, {}, limit}};
}

bool isTokenChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

/// \a text without the white space that a field value may have around it. trimmed() takes more than that:
/// vertical tabs and form feeds.
QByteArrayView withoutBlanks(QByteArrayView text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

bool sameName(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// Percent-decodes once. Nothing for a broken escape, an escaped byte of \a forbidden, or what is not UTF-8.
std::optional<QString> decode(QByteArrayView text, QByteArrayView forbidden, bool plusIsSpace)
{
    QByteArray bytes;
    bytes.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char c = text.at(i);
        if (c == '%') {
            const int high = i + 2 < text.size() ? hexValue(text.at(i + 1)) : -1;
            const int low = i + 2 < text.size() ? hexValue(text.at(i + 2)) : -1;
            if (high < 0 || low < 0)
                return std::nullopt;
            c = char(high * 16 + low);
            if (forbidden.contains(c))
                return std::nullopt;
            i += 2;
        } else if (c == '+' && plusIsSpace) {
            c = ' ';
        }
        bytes += c;
    }
    // Stateless, or a sequence cut at the end would vanish without an error; and no byte order mark is eaten.
    QStringDecoder utf8(QStringDecoder::Utf8,
                        QStringConverter::Flag::Stateless | QStringConverter::Flag::ConvertInitialBom);
    QString decoded = utf8(bytes);
    if (utf8.hasError())
        return std::nullopt;
    return decoded;
}

std::optional<HeadRefusal> parseTarget(RequestHead &head)
{
    const QByteArrayView target(head.target);
    if (!target.startsWith('/') || target.startsWith("//"))
        return refuse(400, u"the request target must start with one slash"_s);
    for (const char c : target) {
        if (c <= 0x20 || c >= 0x7F || c == '#' || c == '\\')
            return refuse(400, u"the request target has a character that must be percent-encoded"_s);
    }
    const qsizetype mark = target.indexOf('?');
    const QByteArrayView path = mark < 0 ? target : target.first(mark);
    if (path.size() > 1) {
        for (const QByteArray &part : path.sliced(1).toByteArray().split('/')) {
            const std::optional<QString> segment = decode(part, QByteArrayView("\0\r\n/\\", 5), false);
            if (!segment || *segment == u"." || *segment == u"..")
                return refuse(400, u"the path has a segment that is not allowed"_s);
            head.segments.append(*segment);
        }
    }
    if (mark < 0)
        return std::nullopt;
    for (const QByteArray &pair : target.sliced(mark + 1).toByteArray().split('&')) {
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        const auto name = decode(equals < 0 ? pair : pair.first(equals), QByteArrayView("\0", 1), true);
        const auto value = decode(equals < 0 ? QByteArray() : pair.sliced(equals + 1), QByteArrayView("\0", 1), true);
        if (!name || !value)
            return refuse(400, u"the query is not percent-encoded UTF-8"_s);
        head.query.emplace_back(*name, *value);
    }
    return std::nullopt;
}

std::optional<HeadRefusal> parseRequestLine(QByteArrayView line, RequestHead &head)
{
    const QList<QByteArray> parts = line.toByteArray().split(' ');
    if (parts.size() != 3 || !isToken(parts.at(0)))
        return refuse(400, u"the request line is malformed"_s);
    head.method = parts.at(0);
    head.target = parts.at(1);
    const QByteArray &version = parts.at(2);
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return refuse(version.startsWith("HTTP/") ? 505 : 400, u"HTTP/1.1 or HTTP/1.0 is expected"_s);
    head.minorVersion = version.endsWith('1') ? 1 : 0;
    if (std::none_of(kMethods.begin(), kMethods.end(), [&](const char *m) { return head.method == m; }))
        return refuse(501, u"the method is not known"_s);
    return parseTarget(head);
}

std::optional<HeadRefusal> parseField(QByteArrayView line, RequestHead &head)
{
    if (line.startsWith(' ') || line.startsWith('\t'))
        return refuse(400, u"folded header lines are not allowed"_s);
    const qsizetype colon = line.indexOf(':');
    if (colon < 0 || !isToken(line.first(colon)))
        return refuse(400, u"a header field is malformed"_s);
    const QByteArrayView value = withoutBlanks(line.sliced(colon + 1));
    for (const char c : value) {
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F)
            return refuse(400, u"a header field has a control character"_s);
    }
    head.fields.append({line.first(colon).toByteArray(), value.toByteArray()});
    return std::nullopt;
}

std::optional<HeadRefusal> checkFields(RequestHead &head)
{
    int hosts = 0;
    int lengths = 0;
    for (const HeaderField &field : std::as_const(head.fields)) {
        if (sameName(field.name, "Host")) {
            ++hosts;
            const QByteArrayView bad(" \t/\\@,?#");
            if (std::any_of(field.value.begin(), field.value.end(), [bad](char c) { return bad.contains(c); }))
                return refuse(400, u"the Host field is malformed"_s);
        } else if (sameName(field.name, "Content-Length")) {
            ++lengths;
            const bool digits = std::all_of(field.value.begin(), field.value.end(),
                                            [](char c) { return c >= '0' && c <= '9'; });
            if (!digits || field.value.isEmpty() || field.value.size() > 15)
                return refuse(400, u"Content-Length must be a number"_s);
            head.contentLength = field.value.toLongLong();
        } else if (sameName(field.name, "Transfer-Encoding")) {
            return refuse(501, u"Transfer-Encoding is not supported, send a Content-Length"_s);
        }
    }
    if (hosts > 1 || (hosts == 0 && head.minorVersion == 1))
        return refuse(400, u"exactly one Host field is expected"_s);
    if (lengths > 1)
        return refuse(400, u"Content-Length stands there twice"_s);
    if (head.hasField("Expect")) {
        if (!sameName(head.field("Expect"), "100-continue"))
            return refuse(417, u"only 100-continue can be expected"_s);
        head.expectContinue = head.minorVersion == 1; // RFC 9110 section 10.1.1
    }
    head.keepAlive = head.minorVersion == 1 ? !head.hasToken("Connection", "close")
                                            : head.hasToken("Connection", "keep-alive");
    return std::nullopt;
}

HeadOutcome parseWhole(QByteArrayView text, const HeadLimits &limits)
{
    RequestHead head;
    head.size = text.size();
    QByteArrayView rest = text.chopped(2); // keeps the CRLF of the last line
    bool first = true;
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf("\r\n");
        const QByteArrayView line = rest.first(end);
        rest = rest.sliced(end + 2);
        if (line.contains('\r'))
            return refuse(400, u"lines must end in CR LF"_s);
        if (!first && head.fields.size() >= limits.fields)
            return tooLarge(431, u"too many header fields"_s, Limit::HeadFields);
        if (auto refusal = first ? parseRequestLine(line, head) : parseField(line, head))
            return *refusal;
        first = false;
    }
    if (auto refusal = checkFields(head))
        return *refusal;
    return head;
}

} // namespace

HeadOutcome readRequestHead(QByteArrayView buffer, qsizetype &scanned, const HeadLimits &limits)
{
    // Whatever does not start like a method is no HTTP: a TLS hello, a port scanner. Say so at once.
    if (!buffer.isEmpty() && !isTokenChar(buffer.front()))
        return refuse(400, u"this is no HTTP request"_s);
    // What is decided here depends on the bytes before a place, never on how many came at once: whatever is
    // wrong first is what is said.
    const QByteArrayView seen = buffer.first(qMin(buffer.size(), limits.headBytes));
    const bool isLineTooLong = scanned <= limits.lineBytes && seen.size() > limits.lineBytes
        && !seen.first(limits.lineBytes + 1).contains('\r');
    for (qsizetype at = seen.indexOf('\n', scanned); at >= 0; at = seen.indexOf('\n', at + 1)) {
        if (isLineTooLong && at > limits.lineBytes)
            break;
        if (at == 0 || seen.at(at - 1) != '\r')
            return refuse(400, u"lines must end in CR LF"_s);
        if (seen.first(at + 1).endsWith("\r\n\r\n"))
            return parseWhole(seen.first(at + 1), limits);
    }
    if (isLineTooLong)
        return tooLarge(414, u"the request line is too long"_s, Limit::RequestLine);
    if (buffer.size() > limits.headBytes)
        return tooLarge(431, u"the request head is too large"_s, Limit::HeadBytes);
    scanned = seen.size();
    return HeadIncomplete {};
}

QByteArray RequestHead::field(QByteArrayView name) const
{
    for (const HeaderField &field : fields) {
        if (sameName(field.name, name))
            return field.value;
    }
    return {};
}

qsizetype RequestHead::count(QByteArrayView name) const
{
    return std::count_if(fields.begin(), fields.end(), [name](const HeaderField &f) { return sameName(f.name, name); });
}

QList<QByteArray> RequestHead::list(QByteArrayView name) const
{
    QList<QByteArray> members;
    for (const HeaderField &field : fields) {
        if (!sameName(field.name, name))
            continue;
        for (const QByteArray &member : field.value.split(',')) {
            if (const QByteArray clean = member.trimmed(); !clean.isEmpty())
                members.append(clean);
        }
    }
    return members;
}

bool RequestHead::hasToken(QByteArrayView name, QByteArrayView token) const
{
    const QList<QByteArray> members = list(name);
    return std::any_of(members.begin(), members.end(), [token](const QByteArray &m) { return sameName(m, token); });
}

QString RequestHead::parameter(QStringView name) const
{
    for (const auto &[key, value] : query) {
        if (key == name)
            return value.isNull() ? QString(""_L1) : value;
    }
    return {};
}

QByteArray RequestHead::canonicalPath() const
{
    if (segments.isEmpty())
        return "/";
    QByteArray path;
    for (const QString &segment : segments)
        path += '/' + QUrl::toPercentEncoding(segment);
    return path;
}

} // namespace Parlance
