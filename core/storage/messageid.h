// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"

namespace Parlance {

/// The id of the message \a seq of \a room, unique for ever: an epoch gives each seq of a room once, and a room's
/// number never comes again. \a epoch is the one in which the message was stored.
inline MessageId messageId(const QString &epoch, qint64 room, quint64 seq)
{
    return MessageId(epoch + u'-' + QString::number(room) + u'-' + QString::number(seq));
}

} // namespace Parlance
