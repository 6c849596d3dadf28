// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace Parlance::Bench {

/// What the content of every message starts with, at fixed places: `#sender.number.time#` in decimal digits.
/// The time is the one at which the message was meant to be sent, so that a late send counts as latency.
struct Marker {
    static constexpr size_t kSenderAt = 1, kSenderDigits = 6;
    static constexpr size_t kNumberAt = 8, kNumberDigits = 10;
    static constexpr size_t kTimeAt = 19, kTimeDigits = 18;
    static constexpr size_t kBytes = 38;

    uint32_t sender = 0;
    uint32_t number = 0; // from 1, per sender
    int64_t timeNs = 0;

    static void put(char *out, uint64_t value, size_t digits)
    {
        for (size_t i = digits; i-- > 0; value /= 10)
            out[i] = char('0' + value % 10);
    }

    static uint64_t take(const char *in, size_t digits)
    {
        uint64_t value = 0;
        for (size_t i = 0; i < digits; ++i)
            value = value * 10 + uint64_t(in[i] - '0');
        return value;
    }

    /// Writes kBytes to \a out.
    void write(char *out) const
    {
        out[0] = out[kBytes - 1] = '#';
        out[kNumberAt - 1] = out[kTimeAt - 1] = '.';
        put(out + kSenderAt, sender, kSenderDigits);
        put(out + kNumberAt, number, kNumberDigits);
        put(out + kTimeAt, uint64_t(timeNs), kTimeDigits);
    }

    static Marker read(const char *in)
    {
        return {uint32_t(take(in + kSenderAt, kSenderDigits)), uint32_t(take(in + kNumberAt, kNumberDigits)),
                int64_t(take(in + kTimeAt, kTimeDigits))};
    }

    static bool standsAt(const char *in)
    {
        return in[0] == '#' && in[kNumberAt - 1] == '.' && in[kTimeAt - 1] == '.' && in[kBytes - 1] == '#';
    }

    /// The marker in an event, or nullptr where there is none. \a hint is where the last one stood: events of
    /// one server differ little, so the search is the exception.
    static const char *find(std::string_view event, uint32_t &hint)
    {
        if (event.size() >= hint + kBytes && standsAt(event.data() + hint))
            return event.data() + hint;
        for (size_t at = event.find('#'); at != event.npos && at + kBytes <= event.size(); at = event.find('#', at + 1)) {
            if (standsAt(event.data() + at)) {
                hint = uint32_t(at);
                return event.data() + at;
            }
        }
        return nullptr;
    }
};

} // namespace Parlance::Bench
