// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/names.h"

#include <QList>
#include <QMetaType>
#include <QString>

namespace Parlance {

/// One committed message of a room.
struct Message
{
    MessageId id;
    RoomName room;
    UserName author;
    PersonId person; ///< who wrote it; never leaves the server
    QString content; ///< plain text, trimmed, not empty
    qint64 timestamp = 0; ///< milliseconds since the Unix epoch, UTC
    quint64 seq = 0; ///< gapless from 1 per room
    Cid cid; ///< null where the sender gave none
};

using MessageList = QList<Message>;

} // namespace Parlance

Q_DECLARE_METATYPE(Parlance::Message)
