// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/poller.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace Parlance::Bench {

class FloorServer;
class Room;

/// One client of the floor.
class Connection final : public Pollable
{
public:
    Connection(FloorServer &server, int fd) : m_server(server), m_fd(fd) {}
    ~Connection();

    void ready(uint32_t events) override;
    /// Writes what the socket takes and keeps the rest; a client that lets too much wait is dropped.
    void send(std::string_view bytes);

    size_t place() const { return m_place; }
    void setPlace(size_t place) { m_place = place; }

private:
    void read();
    size_t upgrade(std::string_view received);
    size_t frames(char *data, size_t size);
    void message(std::string_view payload);
    void flush();
    void drop();

    FloorServer &m_server;
    int m_fd;
    Room *m_room = nullptr;
    size_t m_place = 0; // in the room
    bool m_dropped = false;
    std::string m_user;
    std::string m_partial;
    std::string m_out;
};

} // namespace Parlance::Bench
