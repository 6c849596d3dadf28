// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/rate.h"
#include "base/result.h"
#include "client-gui/chat/backoff.h"

#include <QList>
#include <QString>

#include <optional>

namespace Parlance::Client {

/// Own messages from the moment of Enter until the server has committed them.
///
/// Each has a cid that it keeps when it is sent again, so that the server stores it once. They leave in
/// the order in which they were written and no faster than the server's message rate. Holds no timer:
/// the caller asks waitFor() and brings the time. Bound: kMaxEntries.
class Outbox
{
public:
    using Millis = Clock::Millis;
    static constexpr qsizetype kMaxEntries = 200;
    static constexpr Millis kEchoTime {12'000}; ///< what is in flight for longer is sent again; as the web page has it

    enum class State {
        Queued, ///< not sent on this connection
        InFlight, ///< sent, neither echo nor error yet
        Failed, ///< refused; waits for the person
    };
    struct Entry
    {
        Cid cid;
        QString content;
        qint64 writtenAt = 0; ///< milliseconds since the Unix epoch
        State state = State::Queued;
        Error error = {};
        Millis sentAt = Millis {0}; ///< monotonic; of an entry in flight
    };

    explicit Outbox(const Clock &clock);

    /// The new entry; nothing when the outbox is full.
    std::optional<Entry> add(const QString &content);
    /// From an earlier run; entries without content or cid, and those over the bound, are left out.
    void restore(const QList<Entry> &entries);

    /// The echo came: true when \a cid was waiting here.
    bool acknowledge(const Cid &cid);
    /// An error with that cid came. Returns the entry as it is now: Queued again where the trouble
    /// passes by itself (too fast, no store, shutting down, ...; all wait for the server's time or a back-off),
    /// else Failed. Nothing when \a cid is not here.
    std::optional<Entry> refuse(const Cid &cid, const Error &error);
    /// A failed entry goes back to the queue. After a conflict it gets a new cid, which is returned.
    std::optional<Entry> retry(const Cid &cid);
    bool discard(const Cid &cid);
    /// The connection is gone: what was in flight is sent again on the next one.
    void connectionLost();

    /// The server's limit, from `welcome`.
    void setRate(const Rate &rate);
    /// The next entry to send now, which is InFlight from here on: the oldest that is Queued or whose echo
    /// is overdue.
    std::optional<Entry> takeNext();
    /// How long until takeNext() gives something; nothing when nothing is queued or in flight.
    std::optional<Millis> waitFor();

    const QList<Entry> &entries() const { return m_entries; }
    /// Queued and in flight.
    int pendingCount() const;

private:
    qsizetype indexOf(const Cid &cid) const;
    qsizetype firstDue(Millis now) const;

    const Clock &m_clock;
    QList<Entry> m_entries;
    TokenBucket m_bucket;
    Rate m_rate;
    Backoff m_backoff; ///< for refusals without a time
    Millis m_holdUntil {0}; ///< monotonic
};

} // namespace Parlance::Client
