// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/outbox.h"

#include <QUuid>

#include <algorithm>

namespace Parlance::Client {

namespace {

constexpr Clock::Millis kLeastHold {250}; ///< a server that says "at once" is not asked in a tight loop
constexpr Clock::Millis kFirstHold {1'000}; ///< where the server names no time
constexpr Clock::Millis kLongestHold {60'000};

/// What ends without the person's doing; the web page has the same list.
bool isPassing(ErrorCode code)
{
    switch (code) {
    case ErrorCode::RateLimited:
    case ErrorCode::Unavailable:
    case ErrorCode::ShuttingDown:
    case ErrorCode::StorageFull:
    case ErrorCode::Internal: return true;
    default: return false;
    }
}

Cid makeCid()
{
    return Cid(QUuid::createUuid().toString(QUuid::WithoutBraces));
}

} // namespace

Outbox::Outbox(const Clock &clock) : m_clock(clock), m_bucket({}, clock.monotonic()), m_backoff(kFirstHold, kLongestHold)
{
}

std::optional<Outbox::Entry> Outbox::add(const QString &content)
{
    if (m_entries.size() >= kMaxEntries)
        return std::nullopt;
    m_entries.append({makeCid(), content, m_clock.wallClock().count(), State::Queued});
    return m_entries.constLast();
}

void Outbox::restore(const QList<Entry> &entries)
{
    for (Entry entry : entries) {
        if (entry.cid.isNull() || entry.content.isEmpty() || m_entries.size() >= kMaxEntries)
            continue;
        if (entry.state == State::InFlight)
            entry.state = State::Queued;
        m_entries.append(entry);
    }
}

bool Outbox::acknowledge(const Cid &cid)
{
    if (!discard(cid))
        return false;
    m_backoff.reset();
    return true;
}

std::optional<Outbox::Entry> Outbox::refuse(const Cid &cid, const Error &error)
{
    const qsizetype i = indexOf(cid);
    if (i < 0)
        return std::nullopt;
    if (isPassing(error.code)) {
        const Millis now = m_clock.monotonic();
        m_entries[i].state = State::Queued;
        if (error.retryAfter.count() > 0)
            m_holdUntil = now + std::clamp(error.retryAfter, kLeastHold, kLongestHold);
        else if (now >= m_holdUntil) // of several that were in flight the first decides
            m_holdUntil = now + std::max(m_backoff.next(), kLeastHold);
    } else {
        m_entries[i].state = State::Failed;
        m_entries[i].error = error;
    }
    return m_entries.at(i);
}

std::optional<Outbox::Entry> Outbox::retry(const Cid &cid)
{
    const qsizetype i = indexOf(cid);
    if (i < 0 || m_entries.at(i).state != State::Failed)
        return std::nullopt;
    Entry entry = m_entries.takeAt(i);
    if (entry.error.code == ErrorCode::Conflict)
        entry.cid = makeCid();
    entry.state = State::Queued;
    entry.error = {};
    m_entries.append(entry);
    return entry;
}

bool Outbox::discard(const Cid &cid)
{
    const qsizetype i = indexOf(cid);
    if (i < 0)
        return false;
    m_entries.removeAt(i);
    return true;
}

void Outbox::connectionLost()
{
    for (Entry &entry : m_entries) {
        if (entry.state == State::InFlight)
            entry.state = State::Queued;
    }
    m_holdUntil = Millis {0};
}

void Outbox::setRate(const Rate &rate)
{
    if (rate == m_rate)
        return;
    m_rate = rate;
    m_bucket = TokenBucket(rate, m_clock.monotonic());
}

std::optional<Outbox::Entry> Outbox::takeNext()
{
    const Millis now = m_clock.monotonic();
    const qsizetype i = firstDue(now);
    if (i < 0 || now < m_holdUntil || m_bucket.take(now).count() > 0)
        return std::nullopt;
    m_entries[i].state = State::InFlight;
    m_entries[i].sentAt = now;
    return m_entries.at(i);
}

std::optional<Outbox::Millis> Outbox::waitFor()
{
    const Millis now = m_clock.monotonic();
    std::optional<Millis> soonest;
    for (const Entry &entry : m_entries) {
        if (entry.state == State::Failed)
            continue;
        const Millis wait = entry.state == State::Queued ? Millis {0} : entry.sentAt + kEchoTime - now;
        soonest = std::min(wait, soonest.value_or(wait));
    }
    if (!soonest)
        return std::nullopt;
    TokenBucket probe = m_bucket; // take() on the copy only asks
    return std::max({Millis {0}, *soonest, m_holdUntil - now, probe.take(now)});
}

int Outbox::pendingCount() const
{
    return int(std::count_if(m_entries.cbegin(), m_entries.cend(),
                             [](const Entry &entry) { return entry.state != State::Failed; }));
}

qsizetype Outbox::indexOf(const Cid &cid) const
{
    const auto it = std::find_if(m_entries.cbegin(), m_entries.cend(),
                                 [&cid](const Entry &entry) { return entry.cid == cid; });
    return it == m_entries.cend() ? -1 : it - m_entries.cbegin();
}

qsizetype Outbox::firstDue(Millis now) const
{
    const auto it = std::find_if(m_entries.cbegin(), m_entries.cend(), [now](const Entry &entry) {
        return entry.state == State::Queued || (entry.state == State::InFlight && now - entry.sentAt >= kEchoTime);
    });
    return it == m_entries.cend() ? -1 : it - m_entries.cbegin();
}

} // namespace Parlance::Client
