// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QStringList>
#include <QStringView>

#include <concepts>
#include <cstring>
#include <utility>

namespace Parlance {

/// Writes compact JSON straight into a byte array: the encoder of what goes out per message.
///
/// The caller keeps the grammar (an object's key before its value); commas come by themselves. Strings
/// are written as UTF-8 with the escapes that RFC 8259 section 7 demands; a lone surrogate becomes U+FFFD.
class JsonWriter
{
public:
    JsonWriter() = default;
    /// Writes on behind what \a begun holds, using its memory.
    explicit JsonWriter(QByteArray &&begun) : m_out(std::move(begun)), m_data(m_out.data()), m_size(m_out.size()) {}

    JsonWriter &beginObject() { return open('{'); }
    JsonWriter &endObject() { return shut('}'); }
    JsonWriter &beginArray() { return open('['); }
    JsonWriter &endArray() { return shut(']'); }
    JsonWriter &key(QLatin1StringView name)
    {
        separate();
        char *out = room(name.size() + 3);
        *out = '"';
        std::memcpy(out + 1, name.data(), size_t(name.size()));
        out[name.size() + 1] = '"';
        out[name.size() + 2] = ':';
        m_size += name.size() + 3;
        m_needComma = false;
        return *this;
    }
    JsonWriter &value(QStringView text);
    JsonWriter &value(const QStringList &texts);
    JsonWriter &rawString(QByteArrayView ascii); ///< text that needs no escape
    JsonWriter &timestamp(qint64 msecs); ///< as formatTimestamp() has it
    JsonWriter &value(qint64 number);
    JsonWriter &value(quint64 number);
    JsonWriter &value(int number) { return value(qint64(number)); }
    /// For a bool alone: a text literal would rather become one than a QStringView.
    template <std::same_as<bool> Flag>
    JsonWriter &value(Flag flag)
    {
        return literal(QLatin1StringView(flag ? "true" : "false"));
    }

    template <typename T>
    JsonWriter &member(QLatin1StringView name, const T &content)
    {
        return key(name).value(content);
    }

    /// The text so far; the writer is empty afterwards.
    QByteArray take();

private:
    JsonWriter &literal(QLatin1StringView text);
    template <typename Number>
    JsonWriter &writeNumber(Number number);
    void appendEscaped(QStringView text);
    void appendEscapedUtf8(QByteArrayView utf8);

    JsonWriter &open(char bracket)
    {
        separate();
        put(bracket);
        m_needComma = false;
        return *this;
    }
    JsonWriter &shut(char bracket)
    {
        put(bracket);
        m_needComma = true;
        return *this;
    }
    void separate()
    {
        if (m_needComma)
            put(',');
        m_needComma = true;
    }

    /// Where \a bytes more may be written; add to m_size what was.
    char *room(qsizetype bytes)
    {
        if (m_out.size() - m_size < bytes) [[unlikely]]
            grow(bytes);
        return m_data + m_size;
    }
    void grow(qsizetype bytes);
    void put(char c)
    {
        *room(1) = c;
        ++m_size;
    }
    void put(QByteArrayView bytes)
    {
        if (bytes.isEmpty())
            return;
        std::memcpy(room(bytes.size()), bytes.data(), size_t(bytes.size()));
        m_size += bytes.size();
    }

    // The array is as long as its memory and m_size is what is written: its own append would check with each
    // character whether somebody shares it.
    QByteArray m_out;
    char *m_data = nullptr;
    qsizetype m_size = 0;
    bool m_needComma = false;
};

} // namespace Parlance
