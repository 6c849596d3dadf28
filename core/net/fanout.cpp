// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/fanout.h"

#include "net/metrics.h"
#include "net/websocketchannel.h"

#include <utility>

namespace Parlance {

namespace {

constexpr size_t kFront = 16; ///< members who need not come further forward
// Memory is kept for batches to come, by the fan-out and not by each room: rooms that are silent need none.
constexpr qsizetype kSpareBytes = 128 * 1024; ///< of one batch
constexpr size_t kSpares = 16;

} // namespace

FanOut::FanOut(Metrics &metrics, QObject *parent) : QObject(parent), m_metrics(metrics) {}

FanOut::~FanOut() = default;

void FanOut::add(const RoomName &room, WebSocketChannel *channel, ClientKind kind)
{
    Group &group = m_rooms[room.key()].groups[size_t(kind)];
    channel->fanOutPlace = group.members.size();
    group.members.push_back({channel, group.batch.size()});
}

void FanOut::remove(const RoomName &room, WebSocketChannel *channel)
{
    const auto it = m_rooms.find(room.key());
    if (it == m_rooms.end())
        return;
    bool empty = true;
    for (Group &group : it->second.groups) {
        const size_t place = channel->fanOutPlace;
        if (place < group.members.size() && group.members[place].channel == channel) {
            sendTo(group.members[place], group.batch);
            group.members[place] = group.members.back();
            group.members[place].channel->fanOutPlace = place;
            group.members.pop_back();
        }
        empty = empty && group.members.empty();
    }
    if (!empty)
        return;
    if (m_lastSpoken == &it->second)
        m_lastSpoken = nullptr;
    m_rooms.erase(it);
}

/// Halfway to the front each time, so that the place goes to those who talk most.
void FanOut::promote(const RoomName &room, WebSocketChannel *channel)
{
    const size_t place = channel->fanOutPlace;
    if (place < kFront)
        return;
    const auto it = m_rooms.find(room.key());
    if (it == m_rooms.end())
        return;
    for (Group &group : it->second.groups) {
        if (place >= group.members.size() || group.members[place].channel != channel)
            continue;
        const size_t further = place / 2;
        std::swap(group.members[place], group.members[further]);
        group.members[place].channel->fanOutPlace = place;
        channel->fanOutPlace = further;
    }
}

void FanOut::send(const RoomName &room, QByteArrayView frame, Audience audience)
{
    if (!m_lastSpoken || room.key() != m_lastKey) {
        const auto it = m_rooms.find(room.key());
        if (it == m_rooms.end())
            return;
        m_lastSpoken = &it->second;
        m_lastKey = it->first;
    }
    append(m_lastKey, *m_lastSpoken, frame, audience);
}

void FanOut::sendToAll(QByteArrayView frame, Audience audience)
{
    for (auto &[key, room] : m_rooms)
        append(key, room, frame, audience);
}

void FanOut::append(const QString &key, RoomGroups &room, QByteArrayView frame, Audience audience)
{
    const auto put = [this, frame](Group &group) {
        if (group.members.empty())
            return;
        if (group.batch.isNull() && !m_spare.empty()) {
            group.batch = std::move(m_spare.back());
            m_spare.pop_back();
        }
        group.batch.append(frame);
        ++group.events;
    };
    if (audience != Audience::ParlanceOnly)
        put(room.groups[size_t(ClientKind::Plain)]);
    if (audience != Audience::PlainOnly)
        put(room.groups[size_t(ClientKind::Parlance)]);
    if (std::exchange(room.scheduled, true))
        return;
    // A posted event runs after everything that this pass of the loop has still to deliver.
    if (m_waiting.empty())
        QMetaObject::invokeMethod(this, &FanOut::flushAll, Qt::QueuedConnection);
    m_waiting.push_back(key);
}

void FanOut::flush(const RoomName &room)
{
    if (const auto it = m_rooms.find(room.key()); it != m_rooms.end()) {
        for (Group &group : it->second.groups)
            flushGroup(group);
    }
}

void FanOut::flushAll()
{
    const std::vector<QString> waiting = std::exchange(m_waiting, {});
    for (const QString &key : waiting) {
        const auto it = m_rooms.find(key);
        if (it == m_rooms.end())
            continue;
        it->second.scheduled = false;
        for (Group &group : it->second.groups)
            flushGroup(group);
    }
}

void FanOut::flushGroup(Group &group)
{
    QByteArray batch = std::exchange(group.batch, {});
    const quint64 events = std::exchange(group.events, 0);
    if (batch.isEmpty())
        return;
    m_metrics.add(Metrics::EventsDelivered, events * group.members.size());
    for (Member &member : group.members) {
        sendTo(member, batch);
        member.from = 0;
    }
    keepMemory(std::move(batch));
}

void FanOut::keepMemory(QByteArray batch)
{
    if (m_spare.size() == kSpares || batch.capacity() > kSpareBytes || !batch.isDetached()) // a slow reader shares it still
        return;
    batch.resize(0);
    m_spare.push_back(std::move(batch));
}

void FanOut::sendTo(const Member &member, const QByteArray &batch)
{
    if (member.from == 0 && !batch.isEmpty())
        member.channel->send(batch);
    else if (member.from < batch.size())
        member.channel->send(batch.mid(member.from));
}

} // namespace Parlance
