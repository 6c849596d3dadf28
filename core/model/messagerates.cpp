// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/messagerates.h"

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

Status refused(const QString &detail, MessageRates::Millis wait, Limit limit)
{
    return Error {ErrorCode::RateLimited, detail, {}, wait, limit};
}

} // namespace

MessageRates::MessageRates(const ModelLimits &limits)
    : m_persons(limits.messages, limits.trackedKeys)
    , m_guests(limits.messages, limits.trackedKeys)
    , m_networks(limits.messagesPerAddress, limits.trackedKeys)
{
}

Status MessageRates::take(const PersonId &person, const QString &network, const QString &name, Millis now)
{
    const QString tooMany = u"too many messages, slow down"_s;
    if (!person.isNull()) {
        if (const Millis wait = m_persons.take(person, now); wait.count() > 0)
            return refused(tooMany, wait, Limit::Messages);
    }
    const GuestKey guest {network, name};
    if (const Millis wait = m_guests.take(guest, now); wait.count() > 0) {
        m_persons.giveBack(person);
        return refused(tooMany, wait, Limit::Messages);
    }
    if (const Millis wait = m_networks.take(network, now); wait.count() > 0) {
        m_persons.giveBack(person);
        m_guests.giveBack(guest);
        return refused(u"too many messages from this address, slow down"_s, wait, Limit::MessagesPerAddress);
    }
    return {};
}

void MessageRates::prune(Millis now)
{
    m_persons.prune(now);
    m_guests.prune(now);
    m_networks.prune(now);
}

} // namespace Parlance
