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
    JsonWriter &rawString(const QByteArray &ascii); ///< text that needs no escape
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
    void separate();
    void appendEscaped(QStringView text);

    QByteArray m_out;
    bool m_needComma = false;
};

} // namespace Parlance
