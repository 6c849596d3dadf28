// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <functional>

namespace Parlance::Client {

/// How long to wait before the next attempt: doubled each time up to a ceiling, of which a random half is
/// left out so that the clients of a restarted server do not come back in one wave.
class Backoff
{
public:
    using Millis = Clock::Millis;
    /// Gives 0 <= x < 1.
    using Random = std::function<double()>;

    /// An empty \a random means the system's generator.
    Backoff(Millis first, Millis longest, Random random = {});

    /// The wait before the next attempt; each call doubles the one after it.
    Millis next();
    /// \a base plus up to a fifth of it: for a wait that the server asked for.
    Millis spread(Millis base);
    int attempts() const { return m_attempts; }
    void reset() { m_attempts = 0; }

private:
    Millis m_first;
    Millis m_longest;
    Random m_random;
    int m_attempts = 0;
};

} // namespace Parlance::Client
