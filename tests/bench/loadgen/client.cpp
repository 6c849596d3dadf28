// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clock.h"
#include "common/frame.h"
#include "loadgen/swarm.h"
#include "loadgen/swarmbuffer.h"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace Parlance::Bench {

namespace {

// Any key is as good as another here, and with that of RFC 6455 section 1.3 the right answer is known.
constexpr std::string_view kAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
constexpr uint16_t kAbnormalClosure = 1006;
constexpr uint16_t kNoStatus = 1005;

} // namespace

void Client::ready(uint32_t events)
{
    if (m_state == State::Closed)
        return;
    if (m_state == State::Connecting) {
        connected();
        return;
    }
    if ((events & EPOLLOUT) != 0)
        flush();
    if (m_state != State::Closed && (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0)
        receive();
}

void Client::connected()
{
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(m_fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        m_swarm.fail(*this, std::strerror(error));
        return;
    }
    const int on = 1;
    setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    m_state = State::Handshake;
    waitFor(EPOLLIN);
    send(m_swarm.request(*this));
}

void Client::send(std::string_view frames)
{
    if (m_state == State::Closed)
        return;
    if (m_out.empty()) {
        const ssize_t sent = ::send(m_fd, frames.data(), frames.size(), MSG_NOSIGNAL);
        if (sent == ssize_t(frames.size()))
            return;
        frames.remove_prefix(size_t(sent > 0 ? sent : 0));
    }
    m_out += frames;
    waitFor(m_events | EPOLLOUT);
}

void Client::flush()
{
    const ssize_t sent = ::send(m_fd, m_out.data(), m_out.size(), MSG_NOSIGNAL);
    if (sent > 0)
        m_out.erase(0, size_t(sent));
    if (m_out.empty())
        waitFor(m_events & ~uint32_t(EPOLLOUT));
}

void Client::receive()
{
    char *buffer = m_swarm.m_buffer.get();
    const size_t kept = m_partial.size();
    m_partial.copy(buffer, kept);
    const ssize_t got = recv(m_fd, buffer + kept, kSwarmBufferBytes, 0);
    if (got <= 0) {
        if (got == 0 || (errno != EAGAIN && errno != EINTR))
            close(kAbnormalClosure);
        return;
    }
    m_swarm.m_bytes += uint64_t(got);
    std::string_view received(buffer, kept + size_t(got));
    received.remove_prefix(m_state == State::Handshake ? handshake(received) : 0);
    if (m_state == State::Joined)
        received.remove_prefix(frames(received));
    if (received.size() > kMaxFrameBytes)
        m_swarm.fail(*this, "a frame over the size limit");
    else
        m_partial.assign(received);
    if (m_state == State::Joined)
        m_swarm.m_listener.readDone(*this);
}

size_t Client::handshake(std::string_view received)
{
    const size_t end = received.find("\r\n\r\n");
    if (end == received.npos)
        return 0;
    const std::string_view head = received.substr(0, end);
    if (!head.starts_with("HTTP/1.1 101 ") || head.find(kAccept) == head.npos) {
        m_swarm.fail(*this, std::string(head.substr(0, head.find('\r'))));
        return 0;
    }
    m_state = State::Joined;
    ++m_swarm.m_joined;
    m_swarm.m_listener.joined(*this);
    m_swarm.connectNext();
    return end + 4;
}

size_t Client::frames(std::string_view received)
{
    const int64_t now = nowNs();
    size_t at = 0;
    FrameHead head;
    while (parseFrameHead(received.data() + at, received.size() - at, head) && head.total() <= received.size() - at) {
        const std::string_view payload = received.substr(at + head.headBytes, head.payloadBytes);
        at += head.total();
        if (head.opcode == TextFrame && head.final)
            m_swarm.m_listener.text(*this, payload, now);
        else
            control(head.opcode, payload);
        if (m_state != State::Joined)
            break;
    }
    return at;
}

void Client::control(uint8_t opcode, std::string_view payload)
{
    if (opcode == PingFrame) {
        std::string pong;
        appendClientFrame(pong, PongFrame, payload, m_swarm.m_mask);
        send(pong);
    } else if (opcode == CloseFrame) {
        close(payload.size() < 2 ? kNoStatus : uint16_t(uint8_t(payload[0]) << 8 | uint8_t(payload[1])));
    } else if (opcode != PongFrame) {
        m_swarm.fail(*this, "a binary or fragmented frame");
    }
}

void Client::waitFor(uint32_t events)
{
    if (std::exchange(m_events, events) != events)
        m_swarm.m_poller.change(m_fd, events, this);
}

void Client::close(uint16_t code)
{
    if (m_state == State::Connecting || m_state == State::Handshake) {
        m_swarm.fail(*this, "closed before the handshake was answered");
        return;
    }
    m_closeCode = code;
    m_swarm.fail(*this, "closed by the server with code " + std::to_string(code));
}

} // namespace Parlance::Bench
