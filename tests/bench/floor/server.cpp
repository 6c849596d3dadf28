// SPDX-License-Identifier: GPL-3.0-or-later
#include "floor/server.h"

#include "common/clock.h"
#include "floor/connection.h"
#include "floor/room.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <utility>

namespace Parlance::Bench {

FloorServer::FloorServer() = default;

FloorServer::~FloorServer()
{
    close(m_fd);
}

uint16_t FloorServer::listen(uint16_t port)
{
    m_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(m_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (bind(m_fd, generic, size) != 0 || ::listen(m_fd, 1024) != 0 || getsockname(m_fd, generic, &size) != 0)
        return 0;
    m_poller.add(m_fd, EPOLLIN, this);
    return ntohs(address.sin_port);
}

void FloorServer::run(const volatile bool &stop)
{
    while (!stop) {
        m_poller.wait(nowNs() + kSecond);
        for (Room *room : std::exchange(m_waiting, {}))
            room->flush();
        removeLeaving();
        m_timestamp.clear();
    }
}

void FloorServer::ready(uint32_t)
{
    const int on = 1;
    for (int fd; (fd = accept4(m_fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto connection = std::make_unique<Connection>(*this, fd);
        m_poller.add(fd, EPOLLIN, connection.get());
        m_connections.emplace(connection.get(), std::move(connection));
    }
}

Room *FloorServer::room(const std::string &name)
{
    std::unique_ptr<Room> &room = m_rooms[name];
    if (!room)
        room = std::make_unique<Room>(name);
    return room.get();
}

const std::string &FloorServer::timestamp()
{
    if (!m_timestamp.empty())
        return m_timestamp;
    timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    tm parts;
    gmtime_r(&time.tv_sec, &parts);
    char text[80];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900, parts.tm_mon + 1,
                  parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, int(time.tv_nsec / kMillisecond));
    return m_timestamp = text;
}

void FloorServer::removeLeaving()
{
    for (const Leaving &leaving : std::exchange(m_leaving, {})) {
        if (leaving.room != nullptr) {
            leaving.room->remove(leaving.connection);
            if (leaving.room->empty())
                m_rooms.erase(leaving.room->name());
        }
        m_connections.erase(leaving.connection);
    }
}

} // namespace Parlance::Bench
