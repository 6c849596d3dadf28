// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/frame.h"
#include "loadgen/marker.h"

#include <cstdint>
#include <string>

namespace Parlance::Bench {

/// Makes the messages of one sender: `{"type":"message","content":"…"}` with the marker and letters behind it.
class Sender
{
public:
    Sender(uint32_t number, size_t contentBytes) : m_number(number), m_payload(kStart)
    {
        m_payload.append(contentBytes, 'x').append("\"}");
        m_mask = 0x9E3779B9U * (number + 1);
    }

    /// Appends the next message's frame to \a frames.
    void append(std::string &frames, int64_t intendedNs)
    {
        Marker {m_number, ++m_sent, intendedNs}.write(m_payload.data() + kStart.size());
        m_mask = m_mask * 1664525 + 1013904223;
        appendClientFrame(frames, TextFrame, m_payload, m_mask);
    }

    uint32_t sent() const { return m_sent; }

private:
    static constexpr std::string_view kStart = R"({"type":"message","content":")";

    uint32_t m_number;
    uint32_t m_sent = 0;
    uint32_t m_mask;
    std::string m_payload;
};

} // namespace Parlance::Bench
