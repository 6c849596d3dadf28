// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/rate.h"

#include <QHash>

namespace Parlance {

/// One token bucket per key (a person, an address), forgotten as soon as it is full again.
///
/// Bounded: with \a maxKeys buckets alive a new key is made to wait a whole period.
template <typename Key>
class KeyedRate
{
public:
    using Millis = std::chrono::milliseconds;

    KeyedRate(const Rate &rate, int maxKeys) : m_rate(rate), m_maxKeys(maxKeys) {}

    /// 0 when \a key may go on; else how long to wait.
    Millis take(const Key &key, Millis now)
    {
        if (m_rate.isOff())
            return Millis {0};
        auto it = m_buckets.find(key);
        if (it == m_buckets.end()) {
            if (m_buckets.size() >= m_maxKeys)
                return m_rate.period;
            it = m_buckets.insert(key, TokenBucket(m_rate, now));
        }
        return it->take(now);
    }

    /// Puts back what \a key took for nothing.
    void giveBack(const Key &key)
    {
        if (const auto it = m_buckets.find(key); it != m_buckets.end())
            it->giveBack();
    }

    /// Drops the buckets that are full. Call it now and then.
    void prune(Millis now)
    {
        m_buckets.removeIf([now](auto it) { return it.value().isFull(now); });
    }

    qsizetype size() const { return m_buckets.size(); }

private:
    Rate m_rate;
    int m_maxKeys;
    QHash<Key, TokenBucket> m_buckets;
};

} // namespace Parlance
