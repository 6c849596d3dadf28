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
        return *own;
    UserName name = wanted;
    for (int number = 2; m_members.contains(name); ++number) {
        // A crowd of one name must not search from the start each time.
        if (number == kSearchedNumbers)
            number = std::max(number, m_nextNumber.value(wanted, kSearchedNumbers));
        name = numberedName(wanted, number);
        if (number >= kSearchedNumbers)
            m_nextNumber.insert(wanted, number + 1);
    }
    return name;
}

bool Room::add(const UserName &name, const PersonId &person, SessionId session)
{
    ++m_sessions;
    Member &member = m_members[name];
    const bool first = member.sessions.isEmpty();
    if (first) {
        member.name = name;
        member.person = person;
        m_people.insert(person, name);
        m_order.insert(name, ++m_arrivals);
    }
    member.sessions.append(session);
    return first;
}

bool Room::remove(const UserName &name, SessionId session)
{
    const auto it = m_members.find(name);
    if (it == m_members.end() || !it->sessions.removeOne(session))
        return false;
    --m_sessions;
    if (!it->sessions.isEmpty())
        return false;
    m_people.remove(it->person);
    m_order.remove(name);
    m_members.erase(it);
    return true;
}

const Member *Room::member(const UserName &name) const
{
    const auto it = m_members.constFind(name);
    return it == m_members.cend() ? nullptr : &*it;
}

QStringList Room::userNames() const
{
    QList<std::pair<quint64, QString>> ordered;
    ordered.reserve(m_members.size());
    for (auto it = m_order.cbegin(); it != m_order.cend(); ++it)
        ordered.emplace_back(it.value(), it.key().text());
    std::sort(ordered.begin(), ordered.end());
    QStringList names;
    names.reserve(ordered.size());
    for (const auto &[when, text] : std::as_const(ordered))
        names.append(text);
    return names;
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
    Presence presence {m_joined.values(), m_left.values()};
    presence.joined.sort();
    presence.left.sort();
    m_joined.clear();
    m_left.clear();
    return presence;
}

RoomInfo Room::info() const
{
    return {m_name, userCount(), m_sessions, head, lastActivity};
}

} // namespace Parlance
