// SPDX-License-Identifier: GPL-3.0-or-later
#include "floor/room.h"

#include "common/frame.h"
#include "floor/connection.h"

#include <charconv>

namespace Parlance::Bench {

void Room::add(Connection *member)
{
    flush(); // what was said before is not for the newcomer
    member->setPlace(m_members.size());
    m_members.push_back(member);
}

void Room::remove(Connection *member)
{
    const size_t place = member->place();
    m_members[place] = m_members.back();
    m_members[place]->setPlace(place);
    m_members.pop_back();
}

bool Room::append(std::string_view user, std::string_view content, std::string_view timestamp)
{
    char seq[24];
    const std::string_view number(seq, size_t(std::to_chars(seq, seq + sizeof seq, ++m_seq).ptr - seq));
    m_event.clear();
    m_event.append(R"({"id":"0123456789abcdef0123456789abcdef-)").append(number);
    m_event.append(R"(","username":")").append(user);
    m_event.append(R"(","content":")").append(content);
    m_event.append(R"(","timestamp":")").append(timestamp);
    m_event.append(R"(","message_type":"message","room":")").append(m_name);
    m_event.append(R"(","seq":)").append(number).append("}");
    const bool first = m_batch.empty();
    appendServerFrame(m_batch, TextFrame, m_event);
    return first;
}

void Room::flush()
{
    if (m_batch.empty())
        return;
    for (Connection *member : m_members)
        member->send(m_batch);
    m_batch.clear();
}

} // namespace Parlance::Bench
