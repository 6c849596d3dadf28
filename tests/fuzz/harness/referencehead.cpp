// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness/referencehead.h"

#include <algorithm>

namespace Parlance::Fuzz {

namespace {

const QByteArray kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const QByteArray kDigits = "0123456789";
const QByteArray kToken = kLetters + kDigits + "!#$%&'*+-.^_`|~";

bool isMadeOf(const QByteArray &text, const QByteArray &characters)
{
    return std::all_of(text.begin(), text.end(), [&characters](char c) { return characters.contains(c); });
}

/// False where \a text is no percent-encoded UTF-8 or has one of \a forbidden in an escape.
bool decode(QByteArray text, const QByteArray &forbidden, bool isForm, QString &out)
{
    if (isForm)
        text.replace('+', ' ');
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != '%')
            continue;
        const QByteArray digits = text.mid(i + 1, 2);
        if (digits.size() != 2 || !isMadeOf(digits, kDigits + "abcdefABCDEF"))
            return false;
        const char c = char(digits.toInt(nullptr, 16));
        if (forbidden.contains(c))
            return false;
        text.replace(i, 3, QByteArray(1, c));
    }
    // Qt's UTF-8 reader eats a byte order mark at the start.
    const bool hasMark = text.startsWith("\xEF\xBB\xBF");
    out = (hasMark ? QString(QChar(0xFEFF)) : QString()) + QString::fromUtf8(hasMark ? text.mid(3) : text);
    if (hasMark && text.mid(3).startsWith("\xEF\xBB\xBF"))
        out.insert(1, QChar(0xFEFF));
    return out.toUtf8() == text;
}

bool readTarget(RequestHead &head)
{
    const QByteArray &target = head.target;
    if (!target.startsWith('/') || target.startsWith("//"))
        return false;
    for (int c = 0; c < 256; ++c) {
        if ((c <= 32 || c >= 127 || c == '#' || c == '\\') && target.contains(char(c)))
            return false;
    }
    const qsizetype mark = target.indexOf('?');
    const QByteArray path = mark < 0 ? target : target.left(mark);
    if (path != "/") {
        for (const QByteArray &part : path.mid(1).split('/')) {
            QString segment;
            if (!decode(part, QByteArray("\0\r\n/\\", 5), false, segment))
                return false;
            if (segment == QStringView(u".") || segment == QStringView(u".."))
                return false;
            head.segments << segment;
        }
    }
    for (const QByteArray &pair : mark < 0 ? QByteArrayList() : target.mid(mark + 1).split('&')) {
        if (pair.isEmpty())
            continue;
        QString name;
        QString value;
        const QByteArray first = pair.split('=').first();
        if (!decode(first, QByteArray(1, '\0'), true, name)
            || !decode(pair.mid(first.size() + 1), QByteArray(1, '\0'), true, value))
            return false;
        head.query.append({name, value});
    }
    return true;
}

bool readField(const QByteArray &line, RequestHead &head)
{
    const QByteArray name = line.split(':').first();
    if (name.isEmpty() || name.size() == line.size() || !isMadeOf(name, kToken))
        return false;
    QByteArray value = line.mid(name.size() + 1);
    while (value.startsWith(' ') || value.startsWith('\t'))
        value.remove(0, 1);
    while (value.endsWith(' ') || value.endsWith('\t'))
        value.chop(1);
    for (int c = 0; c < 32; ++c) {
        if (c != '\t' && value.contains(char(c)))
            return false;
    }
    head.fields << HeaderField{name, value};
    return !value.contains(char(127));
}

/// The values of all fields of that name.
QByteArrayList values(const RequestHead &head, const QByteArray &lowerName)
{
    QByteArrayList list;
    for (const HeaderField &field : head.fields) {
        if (field.name.toLower() == lowerName)
            list << field.value;
    }
    return list;
}

bool lists(const RequestHead &head, const QByteArray &lowerName, const QByteArray &lowerToken)
{
    for (const QByteArray &member : values(head, lowerName).join(',').split(',')) {
        if (member.trimmed().toLower() == lowerToken)
            return true;
    }
    return false;
}

bool judgeFields(RequestHead &head)
{
    const QByteArrayList hosts = values(head, "host");
    if (hosts.size() > 1 || (hosts.isEmpty() && head.minorVersion == 1))
        return false;
    for (const char c : QByteArray(" \t/\\@,?#")) {
        if (!hosts.isEmpty() && hosts.first().contains(c))
            return false;
    }
    if (!values(head, "transfer-encoding").isEmpty())
        return false;
    const QByteArrayList lengths = values(head, "content-length");
    if (lengths.size() > 1)
        return false;
    if (!lengths.isEmpty()) {
        if (lengths.first().isEmpty() || lengths.first().size() > 15 || !isMadeOf(lengths.first(), kDigits))
            return false;
        for (const char c : lengths.first())
            head.contentLength = head.contentLength * 10 + (c - '0');
    }
    const QByteArrayList expected = values(head, "expect");
    if (!expected.isEmpty() && expected.first().toLower() != "100-continue")
        return false;
    head.expectContinue = !expected.isEmpty() && head.minorVersion == 1;
    head.keepAlive = head.minorVersion == 1 ? !lists(head, "connection", "close")
                                            : lists(head, "connection", "keep-alive");
    return true;
}

bool readWhole(const QByteArray &text, const HeadLimits &limits, RequestHead &head)
{
    head.size = text.size();
    QByteArrayList lines = text.chopped(4).replace("\r\n", "\n").split('\n');
    const QByteArray first = lines.takeFirst();
    if (QByteArray(text).replace("\r\n", "").contains('\n'))
        return false;
    if (first.size() > limits.lineBytes || first.contains('\r') || lines.size() > limits.fields)
        return false;
    const QByteArrayList words = first.split(' ');
    static const QByteArrayList methods{"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"};
    if (words.size() != 3 || !methods.contains(words.at(0))
        || (words.at(2) != "HTTP/1.0" && words.at(2) != "HTTP/1.1"))
        return false;
    head.method = words.at(0);
    head.target = words.at(1);
    head.minorVersion = words.at(2) == "HTTP/1.1" ? 1 : 0;
    const bool fieldsGood = std::all_of(lines.begin(), lines.end(),
                                        [&head](const QByteArray &line) { return readField(line, head); });
    return fieldsGood && readTarget(head) && judgeFields(head);
}

} // namespace

ReferenceHead referenceHead(QByteArrayView buffer, const HeadLimits &limits)
{
    ReferenceHead outcome;
    const QByteArray all = buffer.toByteArray();
    const qsizetype end = all.indexOf("\r\n\r\n");
    if (end >= 0 && end + 4 <= limits.headBytes) {
        outcome.verdict = readWhole(all.left(end + 4), limits, outcome.head) ? ReferenceHead::Accepted
                                                                             : ReferenceHead::Refused;
        return outcome;
    }
    // What can be refused before it is whole: no HTTP at all, a bare line feed, too long.
    const QByteArray seen = all.left(limits.headBytes);
    const bool isBare = QByteArray(seen).replace("\r\n", "").contains('\n');
    const bool isLong = all.size() > limits.headBytes
        || (seen.size() > limits.lineBytes && !seen.left(limits.lineBytes + 1).contains('\r'));
    if (!all.isEmpty() && (!kToken.contains(all.at(0)) || isBare || isLong))
        outcome.verdict = ReferenceHead::Refused;
    return outcome;
}

QByteArray describeHead(const RequestHead &head)
{
    QByteArray text = head.method + ' ' + head.target + " HTTP/1." + QByteArray::number(head.minorVersion)
        + "\nlength " + QByteArray::number(head.contentLength) + (head.keepAlive ? " keep" : "")
        + (head.expectContinue ? " expects" : "") + " size " + QByteArray::number(head.size) + '\n';
    for (const QString &segment : head.segments)
        text += "segment " + segment.toUtf8() + '\n';
    for (const auto &[name, value] : head.query)
        text += "query " + name.toUtf8() + " is " + value.toUtf8() + '\n';
    for (const HeaderField &field : head.fields)
        text += "field " + field.name + " is " + field.value + '\n';
    return text;
}

} // namespace Parlance::Fuzz
