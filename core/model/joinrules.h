// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "model/join.h"
#include "model/keyedrate.h"
#include "model/kicklist.h"
#include "model/limits.h"

#include <QHash>

namespace Parlance {

/// Who may come in: not too often from one network, not with too many windows, not right after a kick.
///
/// Thread: the hub. All times are monotonic. Knows no room; that there is a place for one more is not its business.
class JoinRules
{
public:
    using Millis = Clock::Millis;

    explicit JoinRules(const ModelLimits &limits)
        : m_roomNameChars(limits.roomNameChars)
        , m_userNameChars(limits.userNameChars)
        , m_sessionsPerPerson(limits.sessionsPerPerson)
        , m_rate(limits.joins, limits.trackedKeys)
    {
    }

    /// Counts the try. Fails with RateLimited.
    Status mayTry(const JoinRequest &request, Millis now);
    /// The naming rules are kept already; these are the bounds of this server. Fails with BadName.
    Status fits(const JoinRequest &request) const;
    /// Fails with Kicked where \a request's person is kept out of its room; changes nothing.
    Status isWelcome(const JoinRequest &request, Millis now) const;
    /// Fails with Kicked and TooManySessions; changes nothing.
    Status mayJoin(const JoinRequest &request, Millis now) const;

    void keepOut(const KickList::Entry &entry) { m_kicks.add(entry); }

    /// A session of \a person began. Bounded by the sessions that there are.
    void sessionBegan(const PersonId &person) { ++m_sessions[person]; }
    /// It ended.
    void sessionEnded(const PersonId &person);

    /// Forgets what is over.
    void prune(Millis now);

private:
    int m_roomNameChars;
    int m_userNameChars;
    int m_sessionsPerPerson;
    KeyedRate<QString> m_rate; ///< by network
    KickList m_kicks;
    QHash<PersonId, int> m_sessions;
};

} // namespace Parlance
