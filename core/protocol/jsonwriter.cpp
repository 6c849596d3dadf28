// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonwriter.h"

#include <charconv>
#include <cstring>
#include <utility>

namespace Parlance {

namespace {

constexpr char kHex[] = "0123456789abcdef";
constexpr qsizetype kFirstBytes = 512; ///< enough for most events
constexpr qsizetype kNumberBytes = 20; ///< digits and sign of 64 bits

bool needsEscape(char16_t c)
{
    return c < 0x20 || c == '"' || c == '\\';
}

/// Without a way out in the middle, so that the compiler looks at many characters at once.
bool isPlainAscii(QStringView text)
{
    bool special = false;
    for (const QChar c : text)
        special |= needsEscape(c.unicode()) | (c.unicode() > 0x7F);
    return !special;
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

inline char *JsonWriter::room(qsizetype bytes)
{
    if (m_out.size() - m_size < bytes) [[unlikely]] {
        m_out.resize(qMax(qMax(kFirstBytes, 2 * m_out.size()), m_size + bytes));
        m_data = m_out.data();
    }
    return m_data + m_size;
}

inline void JsonWriter::put(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    std::memcpy(room(bytes.size()), bytes.data(), size_t(bytes.size()));
    m_size += bytes.size();
}

inline void JsonWriter::separate()
{
    if (m_needComma)
        put(',');
    m_needComma = true;
}

JsonWriter &JsonWriter::beginObject()
{
    separate();
    put('{');
    m_needComma = false;
    return *this;
}

JsonWriter &JsonWriter::endObject()
{
    put('}');
    m_needComma = true;
    return *this;
}

JsonWriter &JsonWriter::beginArray()
{
    separate();
    put('[');
    m_needComma = false;
    return *this;
}

JsonWriter &JsonWriter::endArray()
{
    put(']');
    m_needComma = true;
    return *this;
}

JsonWriter &JsonWriter::key(QLatin1StringView name)
{
    separate();
    char *out = room(name.size() + 3);
    *out++ = '"';
    std::memcpy(out, name.data(), size_t(name.size()));
    out += name.size();
    *out++ = '"';
    *out++ = ':';
    advanceTo(out);
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
    advanceTo(std::to_chars(out, out + kNumberBytes, number).ptr);
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

JsonWriter &JsonWriter::literal(QLatin1StringView text)
{
    separate();
    put(QByteArrayView(text.data(), text.size()));
    return *this;
}

QByteArray JsonWriter::take()
{
    m_out.resize(std::exchange(m_size, 0));
    m_data = nullptr;
    m_needComma = false;
    return std::exchange(m_out, {});
}

/// Most text is ASCII without anything to escape, which needs no conversion.
void JsonWriter::appendEscaped(QStringView text)
{
    put('"');
    if (isPlainAscii(text)) {
        char *out = room(text.size());
        const char16_t *in = text.utf16();
        for (qsizetype i = 0; i < text.size(); ++i)
            out[i] = char(in[i]);
        advanceTo(out + text.size());
    } else {
        appendEscapedUtf8(text.isValidUtf16() ? text.toUtf8() : utf8WithReplacements(text));
    }
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
        if (!needsEscape(uchar(c)))
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
