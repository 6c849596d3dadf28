// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/room.h"

#include <algorithm>

namespace Parlance {

Room::Room(const RoomName &name, int ring, qint64 openedAt)
    : history(ring), lastActivity(openedAt), m_name(name)
{
}

UserName Room::nameFor(const PersonId &person, const UserName &wanted) const
{
    const auto own = m_people.constFind(person);
    if (own != m_people.cend())
        return (*own)->name;
    UserName name = wanted;
    for (int number = 2; m_members.contains(name.key()); ++number) {
        // A crowd of one name must not search from the start each time.
        if (number == kSearchedNumbers)
            number = firstNumberToTry(wanted);
        name = numberedName(wanted, number);
        if (number >= kSearchedNumbers) {
            if (m_nextNumber.size() >= kMaxCrowds && !m_nextNumber.contains(wanted))
                m_nextNumber.clear();
            m_nextNumber.insert(wanted, number + 1);
        }
    }
    return name;
}

/// Goes back to the start when the numbers have grown far beyond the people, so that they stay short however long the
/// room lives; of four numbers three are free then, and the search costs little.
int Room::firstNumberToTry(const UserName &wanted) const
{
    const int next = m_nextNumber.value(wanted, kSearchedNumbers);
    return next > 4 * (userCount() + kSearchedNumbers) ? kSearchedNumbers : next;
}

bool Room::add(const UserName &name, const PersonId &person, SessionId session)
{
    ++m_sessions;
    Member *&member = m_members[name.key()];
    const bool first = !member;
    if (first) {
        const quint64 arrival = ++m_peopleChanges;
        member = &m_arrivals.try_emplace(m_arrivals.end(), arrival, name, person, arrival)->second;
        m_people.insert(person, member);
    }
    member->sessions.append(session);
    return first;
}

bool Room::remove(const UserName &name, SessionId session)
{
    Member *member = m_members.value(name.key());
    if (!member || !member->sessions.removeOne(session))
        return false;
    --m_sessions;
    m_newcomers.remove(session);
    if (!member->sessions.isEmpty())
        return false;
    ++m_peopleChanges;
    m_people.remove(member->person);
    m_members.remove(name.key());
    m_arrivals.erase(member->arrival);
    return true;
}

const Member *Room::member(const UserName &name) const
{
    return m_members.value(name.key());
}

QStringList Room::userNames() const
{
    QStringList names;
    names.reserve(m_members.size());
    for (const auto &[arrival, member] : m_arrivals)
        names.append(member.name.text());
    return names;
}

QList<SessionId> Room::sessions() const
{
    QList<SessionId> list;
    list.reserve(m_sessions);
    for (const auto &[arrival, member] : m_arrivals) {
        for (const SessionId session : member.sessions)
            list.append(session);
    }
    return list;
}

void Room::noteJoined(const UserName &name)
{
    if (const auto left = m_left.constFind(name.key()); left != m_left.cend() && *left == name.text())
        m_left.erase(left);
    else
        m_joined.insert(name.key(), name.text());
}

void Room::noteLeft(const UserName &name)
{
    if (m_joined.remove(name.key()) == 0)
        m_left.insert(name.key(), name.text());
}

Room::Presence Room::takePresence()
{
    Presence presence {m_joined.values(), m_left.values(), m_newcomers.values()};
    presence.joined.sort();
    presence.left.sort();
    std::sort(presence.newcomers.begin(), presence.newcomers.end());
    m_joined.clear();
    m_left.clear();
    m_newcomers.clear();
    return presence;
}

RoomInfo Room::info() const
{
    return {m_name, userCount(), m_sessions, head, lastActivity, epoch, settings};
}

} // namespace Parlance
