// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace Parlance::Bench {

/// What went wrong with the deliveries.
struct Faults {
    uint64_t lost = 0; // never arrived
    uint64_t repeated = 0; // arrived again
    uint64_t outOfOrder = 0; // arrived after a later one of the same sender
    uint64_t misrouted = 0; // of a sender in another room

    uint64_t sum() const { return lost + repeated + outOfOrder + misrouted; }
    Faults &operator+=(const Faults &other)
    {
        lost += other.lost;
        repeated += other.repeated;
        outOfOrder += other.outOfOrder;
        misrouted += other.misrouted;
        return *this;
    }
};

/// Follows what one receiver gets from each sender of its room.
class OrderCheck
{
public:
    explicit OrderCheck(size_t senders) : m_tracks(senders) {}

    void arrived(size_t sender, uint32_t number)
    {
        Track &track = m_tracks[sender];
        // Everyone in a room must come to the same sum: one order per room.
        m_orderSum = (m_orderSum ^ (uint64_t(sender) << 32 | number)) * 0x100000001B3;
        if (number == track.last + 1) {
            track.last = number;
            track.seen = track.seen << 1 | 1;
        } else if (number > track.last) {
            const uint32_t step = number - track.last;
            m_faults.lost += step - 1;
            track.last = number;
            track.seen = (step < 64 ? track.seen << step : 0) | 1;
        } else {
            late(track, track.last - number);
        }
    }

    /// Call at the end: \a sent is the last number of the sender.
    void finish(size_t sender, uint32_t sent)
    {
        Track &track = m_tracks[sender];
        if (sent > track.last)
            m_faults.lost += sent - track.last;
        track.last = sent;
    }

    const Faults &faults() const { return m_faults; }
    uint64_t orderSum() const { return m_orderSum; }

private:
    struct Track {
        uint32_t last = 0;
        uint64_t seen = 0; // bit i: last - i has arrived
    };

    void late(Track &track, uint32_t age)
    {
        if (age >= 64 || (track.seen >> age & 1) != 0) {
            ++m_faults.repeated;
            return;
        }
        track.seen |= uint64_t(1) << age;
        --m_faults.lost;
        ++m_faults.outOfOrder;
    }

    std::vector<Track> m_tracks;
    Faults m_faults;
    uint64_t m_orderSum = 0xCBF29CE484222325;
};

} // namespace Parlance::Bench
