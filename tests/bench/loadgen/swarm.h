// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/poller.h"
#include "loadgen/options.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace Parlance::Bench {

class Swarm;

/// What a client is there for.
enum class Role : uint8_t { Member, Idle, SlowReader };

/// One WebSocket connection.
class Client final : public Pollable
{
public:
    enum class State : uint8_t { Connecting, Handshake, Joined, Closed };

    Client(Swarm &swarm, uint32_t index, uint32_t room, Role role)
        : m_swarm(swarm), m_index(index), m_room(room), m_role(role)
    {
    }

    void ready(uint32_t events) override;
    /// Sends whole frames, now or when the socket takes them.
    void send(std::string_view frames);
    /// Where a listener may keep the place of the last marker, for Marker::find().
    uint32_t &markerHint() { return m_markerHint; }

    uint32_t index() const { return m_index; }
    uint32_t room() const { return m_room; }
    Role role() const { return m_role; }
    State state() const { return m_state; }
    /// When connect() was called.
    int64_t connectNs() const { return m_connectNs; }
    /// The code of the server's close frame; 1006 where it went without one, 0 while it is open.
    uint16_t closeCode() const { return m_closeCode; }

private:
    friend class Swarm;

    void connected();
    void receive();
    size_t handshake(std::string_view received);
    size_t frames(std::string_view received);
    void control(uint8_t opcode, std::string_view payload);
    void flush();
    void waitFor(uint32_t events);
    void close(uint16_t code);

    Swarm &m_swarm;
    const uint32_t m_index;
    const uint32_t m_room;
    const Role m_role;
    int m_fd = -1;
    int64_t m_connectNs = 0;
    State m_state = State::Connecting;
    uint16_t m_closeCode = 0;
    uint32_t m_events = 0;
    std::string m_partial; // the start of a frame whose rest has not come yet
    std::string m_out;
    uint32_t m_markerHint = 0;
};

/// What a run does with what its clients receive. Each is called from Poller::wait().
class SwarmListener
{
public:
    virtual void joined(Client &) {}
    /// A text frame's payload; \a nowNs is when it was read.
    virtual void text(Client &client, std::string_view payload, int64_t nowNs) = 0;
    /// After the last text() of one read.
    virtual void readDone(Client &) {}

protected:
    ~SwarmListener() = default;
};

/// The clients: opens their connections, a bounded number at a time, and reads their frames.
class Swarm
{
public:
    /// All of them must outlive the swarm.
    Swarm(Poller &poller, const Options &options, SwarmListener &listener);
    ~Swarm();

    /// Adds a client that joins a room, named by the prefix, \a kind and its number.
    void add(uint32_t room, std::string_view kind, Role role);
    /// Connects the clients that are not connected yet, and returns when each has joined or failed.
    void joinAll();
    /// Lets a slow reader stop, or go on.
    void setReading(Client &client, bool reading);
    /// Serves the connections until \a deadlineNs.
    void runUntil(int64_t deadlineNs);

    size_t size() const { return m_clients.size(); }
    Client &at(size_t index) { return *m_clients[index]; }
    const Client &at(size_t index) const { return *m_clients[index]; }
    uint64_t joined() const { return m_joined; }
    uint64_t failed() const { return m_failed; }
    uint64_t closedByServer() const { return m_closed; }
    uint64_t bytesReceived() const { return m_bytes; }
    /// Why the first connection that failed or was closed did so; empty without any.
    const std::string &firstFailure() const { return m_firstFailure; }

private:
    friend class Client;

    void connectNext();
    void fail(Client &client, std::string why);
    std::string request(const Client &client) const;

    Poller &m_poller;
    const Options &m_options;
    SwarmListener &m_listener;
    sockaddr_in m_address;
    std::vector<std::unique_ptr<Client>> m_clients;
    std::vector<std::string> m_roomNames; // by client
    std::unique_ptr<char[]> m_buffer;
    size_t m_next = 0;
    uint64_t m_joined = 0;
    uint64_t m_failed = 0;
    uint64_t m_closed = 0;
    uint64_t m_bytes = 0;
    uint32_t m_mask = 0x9E3779B9;
    std::string m_firstFailure;
};

} // namespace Parlance::Bench
