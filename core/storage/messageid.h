// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"

#include <optional>

namespace Parlance {

/// The id of the message \a seq of \a room, unique for ever: an epoch gives each seq of a room once, and a room's
/// number never comes again. \a epoch is the one in which the message was stored.
inline MessageId messageId(const QString &epoch, qint64 room, quint64 seq)
{
    return MessageId(epoch + u'-' + QString::number(room) + u'-' + QString::number(seq));
}

/// What the ids of a room begin with, for who makes many of them: the seq comes behind it.
inline QString messageIdStart(const QString &epoch, qint64 room)
{
    return epoch + u'-' + QString::number(room) + u'-';
}

struct MessagePlace
{
    qint64 room = 0;
    quint64 seq = 0;
};

/// Where the message of that id stands, if it is of this database and its epoch; nothing where \a id is none of ours.
inline std::optional<MessagePlace> placeOf(const MessageId &id)
{
    const QStringView text = id.toString();
    const qsizetype second = text.lastIndexOf(u'-');
    const qsizetype first = second > 0 ? text.lastIndexOf(u'-', second - 1) : -1;
    if (first < 0)
        return std::nullopt;
    bool isRoom = false;
    bool isSeq = false;
    const MessagePlace place {text.mid(first + 1, second - first - 1).toLongLong(&isRoom), text.mid(second + 1).toULongLong(&isSeq)};
    return isRoom && isSeq && place.room > 0 ? std::optional(place) : std::nullopt;
}

} // namespace Parlance
