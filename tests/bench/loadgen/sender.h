// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/frame.h"
#include "loadgen/marker.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace Parlance::Bench {

/// Makes the messages of one sender: `{"type":"message","content":"…"}` with the marker and letters behind it, and on
/// request with a random cid of the length of a UUID.
class Sender
{
public:
    Sender(uint32_t number, size_t contentBytes, bool hasCid = false)
        : m_number(number), m_hasCid(hasCid), m_random(uint64_t(nowNs()) + number)
    {
        if (hasCid)
            m_payload.append(kCidStart).append(kCidDigits, '0').append(kCidEnd);
        else
            m_payload.append(kStart);
        m_content = m_payload.size();
        m_payload.append(contentBytes, 'x').append("\"}");
        m_mask = 0x9E3779B9U * (number + 1);
    }

    /// Appends the next message's frame to \a frames.
    void append(std::string &frames, int64_t intendedNs)
    {
        if (m_hasCid)
            std::generate_n(m_payload.data() + kCidStart.size(), kCidDigits, [this] {
                m_random = m_random * 6364136223846793005 + 1442695040888963407;
                return "0123456789abcdef"[m_random >> 60];
            });
        Marker {m_number, ++m_sent, intendedNs}.write(m_payload.data() + m_content);
        m_mask = m_mask * 1664525 + 1013904223;
        appendClientFrame(frames, TextFrame, m_payload, m_mask);
    }

    uint32_t sent() const { return m_sent; }

private:
    static constexpr std::string_view kStart = R"({"type":"message","content":")";
    static constexpr std::string_view kCidStart = R"({"type":"message","cid":")";
    static constexpr std::string_view kCidEnd = R"(","content":")";
    static constexpr size_t kCidDigits = 36;

    uint32_t m_number;
    bool m_hasCid;
    uint64_t m_random; ///< of a linear congruential generator
    size_t m_content = 0; ///< where it begins
    uint32_t m_sent = 0;
    uint32_t m_mask;
    std::string m_payload;
};

} // namespace Parlance::Bench
