// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/historypage.h"

#include "model/room.h"

#include <algorithm>
#include <limits>

namespace Parlance {

namespace {

constexpr quint64 kNoSeq = std::numeric_limits<quint64>::max();

/// Takes the messages that a query wants, one after the other, until it has enough.
class Picker
{
public:
    Picker(const HistoryQuery &query, MessageList &found) : m_query(query), m_bytes(query.bytes), m_found(found) {}

    /// False where nothing more fits.
    bool take(const Message &message)
    {
        if (!m_query.withChanges && !message.isReadable())
            return true;
        m_bytes -= pageBytes(message);
        if (m_found.size() >= m_query.count || (m_bytes < 0 && !m_found.isEmpty()))
            return false;
        m_found.append(message);
        return true;
    }
    bool isFull() const { return m_found.size() >= m_query.count; }

private:
    const HistoryQuery &m_query;
    qint64 m_bytes;
    MessageList &m_found;
};

} // namespace

qint64 pageBytes(const Message &message)
{
    constexpr qint64 kKeys = 300; // and the names
    constexpr qint64 kReaction = 100;
    const qint64 reactions = message.aftermath ? message.aftermath->reactions.size() * kReaction : 0;
    return message.content.size() * 3 + kKeys + reactions;
}

std::optional<HistoryPage> pageAtHand(const Room &room, const HistoryQuery &query)
{
    const quint64 first = room.first();
    const quint64 atHand = room.history.isEmpty() ? room.head + 1 : room.history.first();
    const quint64 to = std::min(query.before > 0 ? query.before : kNoSeq, room.head + 1);
    HistoryPage page {room.epoch, room.head, {}, first};
    Picker picker(query, page.messages);
    if (query.after) {
        const quint64 from = std::max(first, *query.after == kNoSeq ? kNoSeq : *query.after + 1);
        if (from >= to || picker.isFull())
            return page;
        if (from < atHand)
            return std::nullopt;
        const MessageList above = room.history.after(from - 1);
        for (const Message &message : above) {
            if (message.seq >= to || !picker.take(message))
                break;
        }
        return page;
    }
    bool hasEnough = picker.isFull();
    const MessageList &all = room.history.all();
    for (auto it = all.crbegin(); it != all.crend() && !hasEnough; ++it) {
        if (it->seq < to)
            hasEnough = !picker.take(*it) || picker.isFull();
    }
    if (!hasEnough && first < std::min(atHand, to))
        return std::nullopt; // what is older is in the store alone
    std::reverse(page.messages.begin(), page.messages.end());
    return page;
}

} // namespace Parlance
