// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "model/join.h"
#include "model/keyedrate.h"
#include "model/limits.h"

#include <utility>

namespace Parlance {

/// How much may be said, so that coming anew brings nothing.
///
/// A message takes from up to three buckets, and is refused when one of them is empty:
/// - the person's, wherever they come from, for who proves to be the same person again;
/// - that of the name asked for in the network that it comes from, since a guest can be a new person each time;
/// - the network's, a generous one, since names cost nothing either.
///
/// Thread: the hub. Bounded: at most ModelLimits::trackedKeys buckets of each kind, and full ones are forgotten.
class MessageRates
{
public:
    using Millis = Clock::Millis;

    explicit MessageRates(const ModelLimits &limits);

    /// Fails with RateLimited and the time to wait; what is refused costs nothing in any bucket.
    /// \a person is null for a stranger, \a name the key of the one asked for.
    Status take(const PersonId &person, const QString &network, const QString &name, Millis now);
    /// Forgets the buckets that are full.
    void prune(Millis now);
    /// Of all kinds.
    qsizetype bucketCount() const { return m_persons.size() + m_guests.size() + m_networks.size(); }

private:
    using GuestKey = std::pair<QString, QString>; ///< network, name

    KeyedRate<PersonId> m_persons;
    KeyedRate<GuestKey> m_guests;
    KeyedRate<QString> m_networks;
};

} // namespace Parlance
