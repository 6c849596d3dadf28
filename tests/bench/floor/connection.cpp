// SPDX-License-Identifier: GPL-3.0-or-later
#include "floor/connection.h"

#include "common/accept.h"
#include "common/frame.h"
#include "floor/room.h"
#include "floor/server.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace Parlance::Bench {

namespace {

constexpr size_t kReadBytes = 64 * 1024;
constexpr size_t kMaxMessageBytes = 64 * 1024;
constexpr size_t kMaxWaitingBytes = 1024 * 1024;

// What the load generator's messages look like. Finding the content like this is all the parsing there is.
constexpr std::string_view kMessageStart = R"({"type":"message","content":")";
constexpr std::string_view kMessageEnd = R"("})";

} // namespace

Connection::~Connection()
{
    close(m_fd);
}

void Connection::ready(uint32_t events)
{
    if (m_dropped)
        return;
    if ((events & EPOLLOUT) != 0)
        flush();
    if (!m_dropped && (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0)
        read();
}

void Connection::read()
{
    static char buffer[kReadBytes + kMaxMessageBytes];
    const size_t kept = m_partial.copy(buffer, m_partial.size());
    const ssize_t got = recv(m_fd, buffer + kept, kReadBytes, 0);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN)
            drop();
        return;
    }
    const size_t size = kept + size_t(got);
    size_t used = m_room == nullptr ? upgrade({buffer, size}) : 0;
    if (m_room != nullptr)
        used += frames(buffer + used, size - used);
    if (size - used > kMaxMessageBytes)
        drop();
    else if (!m_partial.empty() || used < size)
        m_partial.assign(buffer + used, size - used);
}

size_t Connection::upgrade(std::string_view received)
{
    const size_t end = received.find("\r\n\r\n");
    if (end == received.npos)
        return 0;
    constexpr std::string_view start = "GET /ws/", field = "Sec-WebSocket-Key: ";
    const std::string_view line = received.substr(0, received.find(" HTTP/1.1\r\n"));
    const size_t slash = line.rfind('/');
    const size_t key = received.find(field);
    if (!line.starts_with(start) || slash < start.size() || key == received.npos) {
        drop();
        return 0;
    }
    const size_t keyAt = key + field.size();
    m_user = line.substr(slash + 1);
    send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
         + acceptValue(received.substr(keyAt, received.find('\r', keyAt) - keyAt)) + "\r\n\r\n");
    m_room = m_server.room(std::string(line.substr(start.size(), slash - start.size())));
    m_room->add(this);
    return end + 4;
}

size_t Connection::frames(char *data, size_t size)
{
    size_t at = 0;
    FrameHead head;
    while (!m_dropped && parseFrameHead(data + at, size - at, head) && head.total() <= size - at) {
        char *payload = data + at + head.headBytes;
        applyMask(payload, head.payloadBytes, payload - 4);
        const std::string_view text(payload, head.payloadBytes);
        if (head.opcode == TextFrame) {
            message(text);
        } else if (head.opcode == PingFrame) {
            std::string pong;
            appendServerFrame(pong, PongFrame, text);
            send(pong);
        } else if (head.opcode == CloseFrame) {
            drop();
        }
        at += head.total();
    }
    return at;
}

void Connection::message(std::string_view payload)
{
    if (!payload.starts_with(kMessageStart) || !payload.ends_with(kMessageEnd))
        return;
    payload.remove_prefix(kMessageStart.size());
    payload.remove_suffix(kMessageEnd.size());
    if (m_room->append(m_user, payload, m_server.timestamp()))
        m_server.flushLater(m_room);
}

void Connection::send(std::string_view bytes)
{
    if (m_dropped)
        return;
    if (m_out.empty()) {
        const ssize_t sent = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent == ssize_t(bytes.size()))
            return;
        bytes.remove_prefix(size_t(sent > 0 ? sent : 0));
        m_server.poller().change(m_fd, EPOLLIN | EPOLLOUT, this);
    }
    m_out += bytes;
    if (m_out.size() > kMaxWaitingBytes)
        drop();
}

void Connection::flush()
{
    const ssize_t sent = ::send(m_fd, m_out.data(), m_out.size(), MSG_NOSIGNAL);
    if (sent > 0)
        m_out.erase(0, size_t(sent));
    if (m_out.empty())
        m_server.poller().change(m_fd, EPOLLIN, this);
}

void Connection::drop()
{
    if (std::exchange(m_dropped, true))
        return;
    m_server.removeLater(this, m_room);
}

} // namespace Parlance::Bench
