// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadgen/deliveries.h"

#include <optional>
#include <unordered_set>

namespace Parlance::Bench {

Deliveries::Deliveries(Swarm &swarm, uint32_t rooms, const std::vector<Sender> &senders)
    : m_swarm(swarm), m_rooms(rooms), m_senders(senders), m_checks(swarm.size()), m_received(swarm.size())
{
}

void Deliveries::followOrder(uint32_t client)
{
    m_checks[client] = std::make_unique<OrderCheck>(m_senders.size() / m_rooms + 1);
    ++m_followed;
}

void Deliveries::arrived(const Client &client, const Marker &marker)
{
    if (marker.sender >= m_senders.size() || marker.sender % m_rooms != client.room() || client.role() == Role::Idle)
        ++m_misrouted;
    else
        m_checks[client.index()]->arrived(marker.sender / m_rooms, marker.number);
}

std::vector<uint64_t> Deliveries::sentByRoom() const
{
    std::vector<uint64_t> sent(m_rooms);
    for (size_t i = 0; i < m_senders.size(); ++i)
        sent[i % m_rooms] += m_senders[i].sent();
    return sent;
}

uint64_t Deliveries::expected() const
{
    const std::vector<uint64_t> sent = sentByRoom();
    uint64_t sum = 0;
    for (size_t i = 0; i < m_swarm.size(); ++i)
        if (m_swarm.at(i).role() == Role::Member)
            sum += sent[m_swarm.at(i).room()];
    return sum;
}

Faults Deliveries::finish()
{
    const std::vector<uint64_t> sent = sentByRoom();
    std::vector<std::optional<uint64_t>> orders(m_rooms);
    std::unordered_set<uint32_t> disagreeing;
    Faults faults {.misrouted = m_misrouted};
    for (size_t i = 0; i < m_swarm.size(); ++i) {
        const Client &client = m_swarm.at(i);
        if (client.role() == Role::SlowReader)
            continue;
        if (client.role() == Role::Idle) {
            faults.misrouted += m_received[i]; // nobody speaks there
            continue;
        }
        const uint64_t due = sent[client.room()];
        if (OrderCheck *check = m_checks[i].get()) {
            for (size_t sender = client.room(); sender < m_senders.size(); sender += m_rooms)
                check->finish(sender / m_rooms, m_senders[sender].sent());
            faults += check->faults();
            std::optional<uint64_t> &order = orders[client.room()];
            if (order.value_or(check->orderSum()) != check->orderSum())
                disagreeing.insert(client.room());
            order = check->orderSum();
        } else {
            faults.lost += due > m_received[i] ? due - m_received[i] : 0;
            faults.repeated += m_received[i] > due ? m_received[i] - due : 0;
        }
    }
    m_disagreements = uint32_t(disagreeing.size());
    return faults;
}

} // namespace Parlance::Bench
