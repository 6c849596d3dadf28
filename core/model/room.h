// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "model/byteledger.h"
#include "model/historyring.h"
#include "model/info.h"
#include "model/roomrules.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <QVarLengthArray>

#include <map>

namespace Parlance {

/// One person in one room, with all their sessions there.
struct Member
{
    Member(const UserName &name_, const PersonId &person_, quint64 arrival_)
        : name(name_), person(person_), arrival(arrival_)
    {
    }

    UserName name;
    PersonId person;
    quint64 arrival; ///< grows from one who came to the next
    QVarLengthArray<SessionId, 1> sessions; ///< nearly always one
};

/// The state of one active room: who is in it and its newest messages. Applies the naming rule, knows no
/// socket and emits nothing. Owned by ChatManager; thread: the hub.
class Room : public ByteHolder
{
public:
    enum class State { Opening, Open };

    Room(const RoomName &name, int ring, qint64 openedAt);

    const RoomName &name() const { return m_name; }
    State state = State::Opening;
    QString epoch;
    quint64 head = 0; ///< seq of the newest message
    quint64 oldest = 0; ///< seq of the oldest message that the store can fetch; 0: it fetches none
    HistoryRing history;
    /// seq of the oldest message that there is, at hand or in the store; head + 1 where there is none.
    quint64 first() const
    {
        const quint64 atHand = history.isEmpty() ? head + 1 : history.first();
        return oldest > 0 && oldest < atHand ? oldest : atHand;
    }
    RoomSettings settings;
    bool isConfigured = false; ///< settings are newer than what the store is about to tell
    SlowMode slowMode;
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
    /// Null when \a person is not here.
    const Member *memberOf(const PersonId &person) const { return m_people.value(person); }
    QList<PersonId> people() const { return m_people.keys(); } ///< in no order
    int userCount() const { return int(m_members.size()); }
    int sessionCount() const { return m_sessions; }
    /// Changes whenever somebody's first session comes or last one goes, and never goes back.
    quint64 peopleChanges() const { return m_peopleChanges; }
    /// In the order in which people came.
    QStringList userNames() const;
    /// In the order in which their people came.
    QList<SessionId> sessions() const;

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
        /// Sessions that came between two summaries: some of this they know from the list that they were given.
        QList<SessionId> newcomers;
    };
    /// \a session, which was just added, was given a list of the people. Only where something waits for the summary.
    void noteNewcomer(SessionId session) { m_newcomers.insert(session); }
    /// The next summary names \a session among its newcomers.
    bool isNewcomer(SessionId session) const { return m_newcomers.contains(session); }
    Presence takePresence();

    bool isUnused() const { return m_sessions == 0 && reservations == 0 && pendingDrafts == 0; }
    RoomInfo info() const;

private:
    int firstNumberToTry(const UserName &wanted) const;

    RoomName m_name;
    std::map<quint64, Member> m_arrivals; ///< everybody, by the order in which they came
    QHash<QString, Member *> m_members; ///< the same by their names' keys
    QHash<PersonId, Member *> m_people;
    quint64 m_peopleChanges = 0;
    int m_sessions = 0;
    static constexpr int kSearchedNumbers = 16;
    static constexpr qsizetype kMaxCrowds = 64; ///< when there are more, it is searched from the start again
    mutable QHash<UserName, int> m_nextNumber; ///< where to look for a free number of a name asked for often
    QHash<QString, QString> m_joined; ///< key to shown text
    QHash<QString, QString> m_left;
    QSet<SessionId> m_newcomers; ///< only of sessions that are here
};

} // namespace Parlance
