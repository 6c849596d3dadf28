// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "model/historyring.h"
#include "model/info.h"

#include <QHash>
#include <QList>

namespace Parlance {

/// One person in one room, with all their sessions there.
struct Member
{
    UserName name;
    PersonId person;
    QList<SessionId> sessions;
};

/// The state of one active room: who is in it and its newest messages. Applies the naming rule, knows no
/// socket and emits nothing. Owned by ChatManager; thread: the hub.
class Room
{
public:
    enum class State { Opening, Open };

    Room(const RoomName &name, int ring, qint64 openedAt);

    const RoomName &name() const { return m_name; }
    State state = State::Opening;
    QString epoch;
    quint64 head = 0; ///< seq of the newest message
    HistoryRing history;
    int reservations = 0; ///< joins under way, which keep the room alive
    int pendingDrafts = 0; ///< messages on their way into the store, which do so too
    qint64 lastActivity = 0;
    bool isAnnounced = false; ///< the world heard that it opened, and must hear that it closed

    /// The name that \a person gets who asked for \a wanted: their own if they are here already, else
    /// \a wanted, else with the first free number from 2 on.
    UserName nameFor(const PersonId &person, const UserName &wanted) const;

    /// True when this is the person's first session here.
    bool add(const UserName &name, const PersonId &person, SessionId session);
    /// True when this was the person's last session here.
    bool remove(const UserName &name, SessionId session);

    /// Null when nobody of that name is here.
    const Member *member(const UserName &name) const;
    int userCount() const { return int(m_members.size()); }
    int sessionCount() const { return m_sessions; }
    /// In the order in which people came.
    QStringList userNames() const;

    /// Joins and leaves that wait for the next presence summary. Somebody who came and went cancels out;
    /// another spelling of the name is somebody else, since that is what clients show.
    void noteJoined(const UserName &name);
    void noteLeft(const UserName &name);
    bool isNoted(const UserName &name) const { return m_joined.contains(name.key()) || m_left.contains(name.key()); }
    bool hasPresence() const { return !m_joined.isEmpty() || !m_left.isEmpty(); }
    struct Presence
    {
        QStringList joined;
        QStringList left;
    };
    Presence takePresence();

    bool isUnused() const { return m_sessions == 0 && reservations == 0 && pendingDrafts == 0; }
    RoomInfo info() const;

private:
    RoomName m_name;
    QHash<UserName, Member> m_members;
    QHash<PersonId, UserName> m_people;
    QHash<UserName, quint64> m_order; ///< when each came; userNames() sorts by it
    quint64 m_arrivals = 0;
    int m_sessions = 0;
    static constexpr int kSearchedNumbers = 16;
    mutable QHash<UserName, int> m_nextNumber; ///< where to look for a free number of a name asked for often
    QHash<QString, QString> m_joined; ///< key to shown text
    QHash<QString, QString> m_left;
};

} // namespace Parlance
