// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Parlance::Bench {

class Connection;

/// The members of a room and what the present pass of the loop has for them.
class Room
{
public:
    explicit Room(std::string name) : m_name(std::move(name)) {}

    void add(Connection *member);
    void remove(Connection *member);
    bool empty() const { return m_members.empty(); }
    const std::string &name() const { return m_name; }

    /// Appends the frame of one message event, with the same members as Parlance's. \a content goes in as it
    /// came. True for the first one of a pass.
    bool append(std::string_view user, std::string_view content, std::string_view timestamp);
    /// One write per member with everything the pass has appended.
    void flush();

private:
    std::string m_name;
    std::string m_batch;
    std::string m_event;
    uint64_t m_seq = 0;
    std::vector<Connection *> m_members;
};

} // namespace Parlance::Bench
