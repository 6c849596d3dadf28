// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/httpanswer.h"

#include <QJsonArray>
#include <QJsonValue>
#include <QStringList>

// What the tests of the REST routes share.

namespace Parlance {

inline constexpr char kMessages[] = "/api/rooms/general/messages";

/// The keys of the object that \a value is, sorted.
inline QStringList keysOf(const QJsonValue &value)
{
    QStringList keys = value.toObject().keys();
    keys.sort();
    return keys;
}

/// The content of every message of an answer to kMessages, in order.
inline QStringList contentsOf(const HttpAnswer &answer)
{
    QStringList contents;
    for (const QJsonValue &message : answer.json()[QStringLiteral("messages")].toArray())
        contents.append(message[QStringLiteral("content")].toString());
    return contents;
}

} // namespace Parlance
