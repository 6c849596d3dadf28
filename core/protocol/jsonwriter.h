// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QStringList>
#include <QStringView>

#include <concepts>

namespace Parlance {

/// Writes compact JSON straight into a byte array: the encoder of what goes out per message.
///
/// The caller keeps the grammar (an object's key before its value); commas come by themselves. Strings
/// are written as UTF-8 with the escapes that RFC 8259 section 7 demands; a lone surrogate becomes U+FFFD.
class JsonWriter
{
public:
    JsonWriter &beginObject();
    JsonWriter &endObject();
    JsonWriter &beginArray();
    JsonWriter &endArray();
    JsonWriter &key(QLatin1StringView name);
    JsonWriter &value(QStringView text);
    JsonWriter &value(const QStringList &texts);
    JsonWriter &rawString(QByteArrayView ascii); ///< text that needs no escape
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

    /// Where \a bytes more may be written; say with advanceTo() how far it went.
    char *room(qsizetype bytes);
    void advanceTo(const char *end) { m_size = end - m_data; }
    void put(char c) { *room(1) = c; ++m_size; }
    void put(QByteArrayView bytes);
    void separate();

    // The array is as long as its memory and m_size is what is written: its own append would check with each
    // character whether somebody shares it.
    QByteArray m_out;
    char *m_data = nullptr;
    qsizetype m_size = 0;
    bool m_needComma = false;
};

} // namespace Parlance
