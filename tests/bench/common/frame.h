// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace Parlance::Bench {

enum Opcode : uint8_t { ContinuationFrame = 0x0, TextFrame = 0x1, BinaryFrame = 0x2, CloseFrame = 0x8, PingFrame = 0x9, PongFrame = 0xA };

/// The head of a WebSocket frame (RFC 6455 section 5.2).
struct FrameHead {
    uint8_t opcode = 0;
    bool final = false;
    bool masked = false;
    uint32_t headBytes = 0; // with the mask
    uint64_t payloadBytes = 0;

    uint64_t total() const { return headBytes + payloadBytes; }
};

/// Reads a frame's head from the \a size bytes at \a data. False: more bytes are needed.
inline bool parseFrameHead(const char *data, size_t size, FrameHead &head)
{
    if (size < 2)
        return false;
    const auto at = [data](size_t i) { return uint8_t(data[i]); };
    head.opcode = at(0) & 0x0F;
    head.final = (at(0) & 0x80) != 0;
    head.masked = (at(1) & 0x80) != 0;
    head.payloadBytes = at(1) & 0x7F;
    size_t length = 2;
    if (head.payloadBytes >= 126) {
        const size_t extra = head.payloadBytes == 126 ? 2 : 8;
        if (size < length + extra)
            return false;
        head.payloadBytes = 0;
        for (size_t i = 0; i < extra; ++i)
            head.payloadBytes = head.payloadBytes << 8 | at(length + i);
        length += extra;
    }
    length += head.masked ? 4 : 0;
    head.headBytes = uint32_t(length);
    return size >= length;
}

/// Applies or takes off the mask; \a mask points to its four bytes.
inline void applyMask(char *payload, size_t size, const char *mask)
{
    for (size_t i = 0; i < size; ++i)
        payload[i] = char(payload[i] ^ mask[i & 3]);
}

/// Appends the head of an unfragmented, unmasked frame; \a maskBit is 0x80 where a mask follows.
inline void appendFrameHead(std::string &out, uint8_t opcode, size_t payloadBytes, uint8_t maskBit = 0)
{
    out += char(0x80 | opcode);
    const auto put = [&out](size_t value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            out += char(value >> shift & 0xFF);
    };
    if (payloadBytes < 126) {
        out += char(maskBit | payloadBytes);
    } else if (payloadBytes <= 0xFFFF) {
        out += char(maskBit | 126);
        put(payloadBytes, 2);
    } else {
        out += char(maskBit | 127);
        put(payloadBytes, 8);
    }
}

inline void appendServerFrame(std::string &out, uint8_t opcode, std::string_view payload)
{
    appendFrameHead(out, opcode, payload.size());
    out += payload;
}

inline void appendClientFrame(std::string &out, uint8_t opcode, std::string_view payload, uint32_t mask)
{
    appendFrameHead(out, opcode, payload.size(), 0x80);
    char bytes[4];
    for (int i = 0; i < 4; ++i)
        bytes[i] = char(mask >> (8 * i) & 0xFF);
    out.append(bytes, 4);
    const size_t start = out.size();
    out += payload;
    applyMask(out.data() + start, payload.size(), bytes);
}

} // namespace Parlance::Bench
