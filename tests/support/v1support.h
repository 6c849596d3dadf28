// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/names.h"
#include "support/rawclient.h"
#include "support/wsclient.h"
#include "support/wsframes.h"

// What the tests of parlance.v1 share.

namespace Parlance {

inline QString typeOf(const QJsonObject &event)
{
    return event[QStringLiteral("message_type")].toString();
}

/// The type of every event that \a client heard, in order.
inline QStringList typesOf(const WsClient &client)
{
    QStringList types;
    for (const QJsonObject &event : client.events())
        types.append(typeOf(event));
    return types;
}

/// The seq of every message among \a events.
inline QList<qint64> seqsOf(const QList<QJsonObject> &events)
{
    QList<qint64> seqs;
    for (const QJsonObject &event : events) {
        if (typeOf(event) == u"message")
            seqs.append(event[QStringLiteral("seq")].toInteger());
    }
    return seqs;
}

inline QList<qint64> numbers(qint64 first, qint64 last)
{
    QList<qint64> list;
    for (qint64 number = first; number <= last; ++number)
        list.append(number);
    return list;
}

inline RoomName general()
{
    return parseRoomName(u"general").take();
}

} // namespace Parlance
