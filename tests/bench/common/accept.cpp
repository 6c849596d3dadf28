// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/accept.h"

#include <array>
#include <bit>
#include <cstdint>

namespace Parlance::Bench {

namespace {

using Digest = std::array<uint32_t, 5>;

// RFC 3174
void addBlock(Digest &digest, const uint8_t *block)
{
    std::array<uint32_t, 80> w;
    for (size_t i = 0; i < 16; ++i)
        w[i] = uint32_t(block[4 * i]) << 24 | uint32_t(block[4 * i + 1]) << 16 | uint32_t(block[4 * i + 2]) << 8 | block[4 * i + 3];
    for (size_t i = 16; i < 80; ++i)
        w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    auto [a, b, c, d, e] = digest;
    for (size_t i = 0; i < 80; ++i) {
        uint32_t f, k;
        if (i < 20)
            f = (b & c) | (~b & d), k = 0x5A827999;
        else if (i < 40)
            f = b ^ c ^ d, k = 0x6ED9EBA1;
        else if (i < 60)
            f = (b & c) | (b & d) | (c & d), k = 0x8F1BBCDC;
        else
            f = b ^ c ^ d, k = 0xCA62C1D6;
        const uint32_t next = std::rotl(a, 5) + f + e + k + w[i];
        e = d, d = c, c = std::rotl(b, 30), b = a, a = next;
    }
    const Digest added {a, b, c, d, e};
    for (size_t i = 0; i < digest.size(); ++i)
        digest[i] += added[i];
}

std::string sha1(std::string message)
{
    const uint64_t bits = message.size() * 8;
    message += char(0x80);
    message.append((120 - message.size() % 64) % 64, '\0');
    for (int shift = 56; shift >= 0; shift -= 8)
        message += char(bits >> shift & 0xFF);
    Digest digest {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    for (size_t at = 0; at < message.size(); at += 64)
        addBlock(digest, reinterpret_cast<const uint8_t *>(message.data()) + at);
    std::string bytes;
    for (const uint32_t word : digest)
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes += char(word >> shift & 0xFF);
    return bytes;
}

std::string base64(const std::string &bytes)
{
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (size_t i = 0; i < bytes.size(); i += 3) {
        uint32_t group = 0;
        for (size_t j = 0; j < 3; ++j)
            group = group << 8 | (i + j < bytes.size() ? uint8_t(bytes[i + j]) : 0U);
        for (size_t j = 0; j < 4; ++j)
            out += i + j > bytes.size() ? '=' : digits[group >> (18 - 6 * j) & 63];
    }
    return out;
}

} // namespace

std::string acceptValue(std::string_view key)
{
    return base64(sha1(std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
}

} // namespace Parlance::Bench
