// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/poller.h"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace Parlance::Bench {

class Connection;
class Room;

/// The bare chat: what one thread can do with epoll, recv and send alone. Same handshake and same bytes as
/// Parlance's part A; it parses no JSON, knows no limits but the send queue's and keeps no history.
class FloorServer final : public Pollable
{
public:
    FloorServer();
    ~FloorServer();

    /// Listens on 127.0.0.1; returns the port, 0 when that fails.
    uint16_t listen(uint16_t port);
    /// Serves until \a stop is set.
    void run(const volatile bool &stop);
    void ready(uint32_t events) override;

    Poller &poller() { return m_poller; }
    Room *room(const std::string &name);
    void flushLater(Room *room) { m_waiting.push_back(room); }
    /// The time of this pass of the loop, as it stands in events.
    const std::string &timestamp();
    /// Takes the connection out of its room and deletes it at the end of this pass.
    void removeLater(Connection *connection, Room *room) { m_leaving.push_back({connection, room}); }

private:
    struct Leaving {
        Connection *connection;
        Room *room; // nullptr before the upgrade
    };

    void removeLeaving();

    Poller m_poller;
    int m_fd = -1;
    std::unordered_map<Connection *, std::unique_ptr<Connection>> m_connections;
    std::unordered_map<std::string, std::unique_ptr<Room>> m_rooms;
    std::vector<Room *> m_waiting;
    std::vector<Leaving> m_leaving;
    std::string m_timestamp; // empty until it is asked for
};

} // namespace Parlance::Bench
