// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loadgen/ordercheck.h"
#include "loadgen/sender.h"
#include "loadgen/swarm.h"

#include <memory>
#include <vector>

namespace Parlance::Bench {

/// Keeps account of what each receiver gets. Sender i is client i and speaks in room i modulo the rooms.
class Deliveries
{
public:
    Deliveries(Swarm &swarm, uint32_t rooms, const std::vector<Sender> &senders);

    /// Follows each sender's numbers at \a client; any other receiver's messages are only counted.
    void followOrder(uint32_t client);
    bool followsOrder(const Client &client) const { return m_checks[client.index()] != nullptr; }

    void count(const Client &client)
    {
        ++m_total;
        ++m_received[client.index()];
    }
    void arrived(const Client &client, const Marker &marker);

    uint64_t total() const { return m_total; }
    /// What has been sent, times those who should have it by now.
    uint64_t expected() const;

    /// The final account. Slow readers have no part in it.
    Faults finish();
    /// Rooms whose followed receivers saw different orders; known after finish().
    uint32_t roomsInDisagreement() const { return m_disagreements; }
    uint32_t followed() const { return m_followed; }

private:
    std::vector<uint64_t> sentByRoom() const;

    Swarm &m_swarm;
    const uint32_t m_rooms;
    const std::vector<Sender> &m_senders;
    std::vector<std::unique_ptr<OrderCheck>> m_checks; // by client
    std::vector<uint64_t> m_received; // by client
    uint64_t m_total = 0;
    uint64_t m_misrouted = 0;
    uint32_t m_followed = 0;
    uint32_t m_disagreements = 0;
};

} // namespace Parlance::Bench
