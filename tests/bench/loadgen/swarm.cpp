// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadgen/swarm.h"

#include "common/clock.h"
#include "loadgen/swarmbuffer.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace Parlance::Bench {

namespace {

// So small that the kernel cannot hide for long that nobody reads.
constexpr int kSlowReaderBuffer = 4096;

void replace(std::string &text, std::string_view what, const std::string &with)
{
    if (const size_t at = text.find(what); at != text.npos)
        text.replace(at, what.size(), with);
}

} // namespace

Swarm::Swarm(Poller &poller, const Options &options, SwarmListener &listener)
    : m_poller(poller)
    , m_options(options)
    , m_listener(listener)
    , m_address(serverAddress(options))
    , m_buffer(std::make_unique<char[]>(kSwarmBufferBytes + kMaxFrameBytes))
{
}

Swarm::~Swarm()
{
    for (const auto &client : m_clients)
        if (client->m_fd >= 0 && client->m_state != Client::State::Closed)
            close(client->m_fd);
}

void Swarm::add(uint32_t room, std::string_view kind, Role role)
{
    m_clients.push_back(std::make_unique<Client>(*this, uint32_t(m_clients.size()), room, role));
    char number[12];
    std::snprintf(number, sizeof number, "%05u", room);
    m_roomNames.push_back(m_options.roomPrefix + std::string(kind) + number);
}

std::string Swarm::request(const Client &client) const
{
    char user[12];
    std::snprintf(user, sizeof user, "u%06u", client.index());
    std::string path = m_options.path;
    replace(path, "{room}", m_roomNames[client.index()]);
    replace(path, "{user}", user);
    std::string head = "GET " + path + " HTTP/1.1\r\nHost: " + m_options.address + ':' + std::to_string(m_options.port)
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
    if (!m_options.subprotocol.empty())
        head += "Sec-WebSocket-Protocol: " + m_options.subprotocol + "\r\n";
    return head + "\r\n";
}

void Swarm::joinAll()
{
    for (uint32_t i = 0; i < m_options.inflight; ++i)
        connectNext();
    constexpr int64_t patience = 10 * kSecond;
    int64_t deadline = nowNs() + patience;
    uint64_t settled = 0;
    while (m_joined + m_failed < m_clients.size() && nowNs() < deadline) {
        m_poller.wait(deadline);
        if (m_joined + m_failed > settled) {
            settled = m_joined + m_failed;
            deadline = nowNs() + patience;
        }
    }
    for (const auto &client : m_clients)
        if (client->m_state == Client::State::Connecting || client->m_state == Client::State::Handshake)
            fail(*client, "no answer to the handshake");
}

void Swarm::connectNext()
{
    if (m_next == m_clients.size())
        return;
    Client &client = *m_clients[m_next++];
    client.m_connectNs = nowNs();
    client.m_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (client.m_fd < 0) {
        fail(client, std::strerror(errno));
        return;
    }
    if (client.role() == Role::SlowReader)
        setsockopt(client.m_fd, SOL_SOCKET, SO_RCVBUF, &kSlowReaderBuffer, sizeof kSlowReaderBuffer);
    bindSource(client.m_fd, m_options, client.index());
    client.m_events = EPOLLOUT;
    m_poller.add(client.m_fd, EPOLLOUT, &client);
    // Where it fails at once, EPOLLOUT brings SO_ERROR all the same, but for want of a port.
    if (connect(client.m_fd, reinterpret_cast<const sockaddr *>(&m_address), sizeof m_address) != 0 && errno != EINPROGRESS)
        fail(client, std::strerror(errno));
}

void Swarm::fail(Client &client, std::string why)
{
    if (client.m_state == Client::State::Closed)
        return;
    if (m_firstFailure.empty())
        m_firstFailure = std::move(why);
    if (client.m_state == Client::State::Joined)
        ++m_closed;
    else
        ++m_failed;
    client.m_state = Client::State::Closed;
    if (client.m_fd >= 0)
        close(client.m_fd);
    // A server that answers nothing any more must not be asked by everyone: the first hundred tell enough.
    if (m_failed >= 100) {
        m_failed += m_clients.size() - m_next;
        m_next = m_clients.size();
    }
    connectNext();
}

void Swarm::setReading(Client &client, bool reading)
{
    if (client.m_state == Client::State::Joined)
        client.waitFor(reading ? uint32_t(EPOLLIN) : 0U);
}

void Swarm::runUntil(int64_t deadlineNs)
{
    while (nowNs() < deadlineNs)
        m_poller.wait(deadlineNs);
}

} // namespace Parlance::Bench
