// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonwriter.h"

#include "base/textscan.h"
#include "protocol/timestamp.h"

#include <charconv>
#include <utility>

namespace Parlance {

namespace {

constexpr char kHex[] = "0123456789abcdef";
constexpr qsizetype kNumberBytes = 20; ///< digits and sign of 64 bits

/// Qt writes a question mark for half a surrogate pair, which somebody might have typed.
QByteArray utf8WithReplacements(QStringView text)
{
    QString valid = text.toString();
    for (qsizetype i = 0; i < valid.size(); ++i) {
        if (valid[i].isHighSurrogate() && i + 1 < valid.size() && valid[i + 1].isLowSurrogate())
            ++i;
        else if (valid[i].isSurrogate())
            valid[i] = QChar::ReplacementCharacter;
    }
    return valid.toUtf8();
}

} // namespace

void JsonWriter::grow(qsizetype bytes)
{
    constexpr qsizetype kFirstBytes = 512; // enough for most events
    m_out.resize(qMax(qMax(kFirstBytes, 2 * m_out.size()), m_size + bytes));
    m_data = m_out.data();
}

JsonWriter &JsonWriter::value(QStringView text)
{
    separate();
    appendEscaped(text);
    return *this;
}

JsonWriter &JsonWriter::value(const QStringList &texts)
{
    beginArray();
    for (const QString &text : texts)
        value(QStringView(text));
    return endArray();
}

JsonWriter &JsonWriter::rawString(QByteArrayView ascii)
{
    separate();
    put('"');
    put(ascii);
    put('"');
    return *this;
}

template <typename Number>
JsonWriter &JsonWriter::writeNumber(Number number)
{
    separate();
    char *out = room(kNumberBytes);
    m_size += std::to_chars(out, out + kNumberBytes, number).ptr - out;
    return *this;
}

JsonWriter &JsonWriter::value(qint64 number)
{
    return writeNumber(number);
}

JsonWriter &JsonWriter::value(quint64 number)
{
    return writeNumber(number);
}

JsonWriter &JsonWriter::timestamp(qint64 msecs)
{
    separate();
    char *out = room(kTimestampBytes + 2);
    out[0] = '"';
    out[kTimestampBytes + 1] = '"';
    writeTimestamp(msecs, out + 1);
    m_size += kTimestampBytes + 2;
    return *this;
}

JsonWriter &JsonWriter::literal(QLatin1StringView text)
{
    separate();
    put(QByteArrayView(text.data(), text.size()));
    return *this;
}

QByteArray JsonWriter::take()
{
    m_out.resize(std::exchange(m_size, 0)); // keeps the memory behind it for who writes on
    m_data = nullptr;
    m_needComma = false;
    return std::exchange(m_out, {});
}

/// Most text is ASCII without anything to escape, which needs no conversion.
void JsonWriter::appendEscaped(QStringView text)
{
    char *out = room(text.size() + 2);
    *out = '"';
    if (narrowPlainAscii(text, out + 1)) {
        out[text.size() + 1] = '"';
        m_size += text.size() + 2;
        return;
    }
    ++m_size;
    appendEscapedUtf8(text.isValidUtf16() ? text.toUtf8() : utf8WithReplacements(text));
    put('"');
}

void JsonWriter::appendEscapedUtf8(QByteArrayView utf8)
{
    qsizetype from = 0;
    if (utf8.startsWith("\xEF\xBB\xBF")) { // Qt's JSON parser drops U+FEFF at the start of a string
        put("\\ufeff");
        from = 3;
    }
    for (qsizetype i = from; i < utf8.size(); ++i) {
        const char c = utf8.at(i);
        if (!needsJsonEscape(uchar(c)))
            continue;
        put(utf8.sliced(from, i - from));
        from = i + 1;
        switch (c) {
        case '"': put("\\\""); break;
        case '\\': put("\\\\"); break;
        case '\n': put("\\n"); break;
        case '\r': put("\\r"); break;
        case '\t': put("\\t"); break;
        default:
            put("\\u00");
            put(kHex[(c >> 4) & 0xF]);
            put(kHex[c & 0xF]);
        }
    }
    put(utf8.sliced(from));
}

} // namespace Parlance
