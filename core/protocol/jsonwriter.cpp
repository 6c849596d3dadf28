// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonwriter.h"

#include <utility>

namespace Parlance {

namespace {

constexpr char kHex[] = "0123456789abcdef";

bool needsEscape(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

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

void JsonWriter::separate()
{
    if (m_needComma)
        m_out += ',';
    m_needComma = true;
}

JsonWriter &JsonWriter::beginObject()
{
    separate();
    m_out += '{';
    m_needComma = false;
    return *this;
}

JsonWriter &JsonWriter::endObject()
{
    m_out += '}';
    m_needComma = true;
    return *this;
}

JsonWriter &JsonWriter::beginArray()
{
    separate();
    m_out += '[';
    m_needComma = false;
    return *this;
}

JsonWriter &JsonWriter::endArray()
{
    m_out += ']';
    m_needComma = true;
    return *this;
}

JsonWriter &JsonWriter::key(QLatin1StringView name)
{
    separate();
    m_out += '"';
    m_out.append(name.data(), name.size());
    m_out += "\":";
    m_needComma = false;
    return *this;
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

JsonWriter &JsonWriter::rawString(const QByteArray &ascii)
{
    separate();
    m_out += '"';
    m_out += ascii;
    m_out += '"';
    return *this;
}

JsonWriter &JsonWriter::value(qint64 number)
{
    separate();
    m_out += QByteArray::number(number);
    return *this;
}

JsonWriter &JsonWriter::value(quint64 number)
{
    separate();
    m_out += QByteArray::number(number);
    return *this;
}

JsonWriter &JsonWriter::literal(QLatin1StringView text)
{
    separate();
    m_out.append(text.data(), text.size());
    return *this;
}

QByteArray JsonWriter::take()
{
    m_needComma = false;
    return std::exchange(m_out, {});
}

void JsonWriter::appendEscaped(QStringView text)
{
    const QByteArray utf8 = text.isValidUtf16() ? text.toUtf8() : utf8WithReplacements(text);
    m_out += '"';
    qsizetype from = 0;
    if (utf8.startsWith("\xEF\xBB\xBF")) { // Qt's JSON parser drops U+FEFF at the start of a string
        m_out += "\\ufeff";
        from = 3;
    }
    for (qsizetype i = from; i < utf8.size(); ++i) {
        const char c = utf8.at(i);
        if (!needsEscape(c))
            continue;
        m_out.append(utf8.constData() + from, i - from);
        from = i + 1;
        switch (c) {
        case '"': m_out += "\\\""; break;
        case '\\': m_out += "\\\\"; break;
        case '\n': m_out += "\\n"; break;
        case '\r': m_out += "\\r"; break;
        case '\t': m_out += "\\t"; break;
        default:
            m_out += "\\u00";
            m_out += kHex[(c >> 4) & 0xF];
            m_out += kHex[c & 0xF];
        }
    }
    m_out.append(utf8.constData() + from, utf8.size() - from);
    m_out += '"';
}

} // namespace Parlance
