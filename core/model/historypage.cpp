// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/historypage.h"

#include "model/room.h"

#include <algorithm>
#include <limits>

namespace Parlance {

namespace {

constexpr quint64 kNoSeq = std::numeric_limits<quint64>::max();

/// How many of \a messages fit into \a bytes, at least one; counted from the end where \a fromEnd.
qsizetype fitting(const MessageList &messages, qint64 bytes, bool fromEnd)
{
    qsizetype count = 0;
    for (; count < messages.size(); ++count) {
        bytes -= pageBytes(messages.at(fromEnd ? messages.size() - 1 - count : count));
        if (bytes < 0 && count > 0)
            break;
    }
    return count;
}

} // namespace

qint64 pageBytes(const Message &message)
{
    constexpr qint64 kKeys = 300; // and the names
    return message.content.size() * 3 + kKeys;
}

std::optional<HistoryPage> pageAtHand(const Room &room, const HistoryQuery &query)
{
    // What is wanted has seqs from `from` to before `to`, and `count` of them at one end.
    const quint64 first = room.first();
    const quint64 to = std::min(query.before > 0 ? query.before : kNoSeq, room.head + 1);
    const quint64 count = quint64(std::max(query.count, 0));
    quint64 from = first;
    if (query.after)
        from = std::max(from, *query.after == kNoSeq ? kNoSeq : *query.after + 1);
    else if (to > count)
        from = std::max(from, to - count);

    HistoryPage page {room.epoch, room.head, {}, first};
    if (from >= to || count == 0)
        return page;
    const quint64 atHand = room.history.isEmpty() ? room.head + 1 : room.history.first();
    if (from < atHand)
        return std::nullopt;
    page.messages = room.history.after(from - 1).first(qsizetype(std::min(to - from, count)));
    const qsizetype fit = fitting(page.messages, query.bytes, !query.after);
    page.messages = query.after ? page.messages.first(fit) : page.messages.last(fit);
    return page;
}

} // namespace Parlance
