// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/names.h"
#include "model/info.h"

#include <QMetaType>
#include <QString>
#include <QStringList>

namespace Parlance {

/// Names one join under way; chosen by the front that asks.
enum class TicketId : quint64 {};

inline size_t qHash(TicketId id, size_t seed = 0)
{
    return ::qHash(static_cast<quint64>(id), seed);
}

struct JoinRequest
{
    RoomName room;
    UserName name; ///< the one asked for
    PersonId person; ///< null: a stranger, known by this session alone
    ClientKind kind = ClientKind::Plain;
    QString address;
    QString network; ///< the subscriber that the address belongs to, by which rates go; empty: the address alone
    QString agent;

    const QString &subscriber() const { return network.isEmpty() ? address : network; }
};

/// What a session learns when it is in.
struct Joined
{
    SessionId session {};
    RoomName room; ///< as the first who came wrote it
    UserName name;
    QString epoch;
    quint64 head = 0;
    quint64 peopleChanges = 0; ///< of the room when the newcomer was in: while it is the same, so are the people
    /// Everybody, the newcomer included, in the order in which they came. Empty for a plain client in a quiet
    /// room, which is told of nobody: a crowd that comes in must not be listed for each of them.
    QStringList users;
};

} // namespace Parlance

Q_DECLARE_METATYPE(Parlance::TicketId)
