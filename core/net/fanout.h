// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/names.h"
#include "model/info.h"

#include <QByteArray>
#include <QObject>

#include <array>
#include <memory>
#include <unordered_map>
#include <vector>

namespace Parlance {

class Metrics;
class WebSocketChannel;

/// Brings what a room says to its members: one encoded frame per event, one write per member and pass of
/// the event loop.
///
/// Frames from a server are unmasked, so all members of one kind get the same bytes. Events of one pass
/// are appended to the room's batch; when the pass has produced everything, or flushAll() says so, each member
/// gets the batch as one shared array. Somebody who joins in the middle of a pass gets the batch from there on.
/// Who speaks comes to the front of the room, so that those who talk hear first that they were heard.
/// Thread: the hub.
class FanOut final : public QObject
{
    Q_OBJECT

public:
    enum class Audience { Everybody, PlainOnly, ParlanceOnly };

    explicit FanOut(Metrics &metrics, QObject *parent = nullptr);
    ~FanOut() override;

    /// \a channel must be removed before it is deleted.
    void add(const RoomName &room, WebSocketChannel *channel, ClientKind kind);
    /// Sends what the batch holds for the channel, then forgets it. Unknown channels are ignored.
    void remove(const RoomName &room, WebSocketChannel *channel);
    /// The channel's session has spoken: it is served earlier from now on. Not for use while a batch is sent.
    void promote(const RoomName &room, WebSocketChannel *channel);
    /// Appends \a frame, a whole one, to the room's batch.
    void send(const RoomName &room, QByteArrayView frame, Audience audience);
    /// The same for every room.
    void sendToAll(QByteArrayView frame, Audience audience);

    /// Sends all batches now, without waiting for the end of the pass: nothing more is expected in it.
    void flushAll();
    /// Sends the room's batch now, so that what follows on a single channel keeps the order of seq.
    void flush(const RoomName &room);

private:
    struct Member
    {
        WebSocketChannel *channel = nullptr;
        qsizetype from = 0; ///< bytes at the front of the batch that are not for them
    };
    /// The members of one kind and what waits for them.
    struct Group
    {
        std::vector<Member> members;
        QByteArray batch;
        quint64 events = 0;
    };
    struct RoomGroups
    {
        std::array<Group, 2> groups; ///< by ClientKind
        bool scheduled = false;
    };

    void append(const QString &key, RoomGroups &room, QByteArrayView frame, Audience audience);
    void flushGroup(Group &group);
    void keepMemory(QByteArray batch);
    static void sendTo(const Member &member, const QByteArray &batch);

    Metrics &m_metrics;
    std::unordered_map<QString, RoomGroups> m_rooms; ///< by name key
    std::vector<QByteArray> m_spare; ///< empty, with memory for the batches to come
    RoomGroups *m_lastSpoken = nullptr; ///< the room of the last send(): messages come in groups
    QString m_lastKey; ///< its name's
    std::vector<QString> m_waiting; ///< keys of rooms with a batch
};

} // namespace Parlance
