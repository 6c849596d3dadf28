// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"
#include "base/clock.h"
#include "base/result.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>

namespace Parlance {

class ChatManager;

/// The hub's half of operating a server: takes snapshots, collects changes into batches, does the actions.
///
/// Costs next to nothing while nobody is attached. Thread: the hub.
class AdminFeed final : public QObject
{
    Q_OBJECT

public:
    /// What the feed cannot see for itself.
    struct Surroundings
    {
        QString serverName;
        QString version;
        QStringList urls;
        /// Fills in connections, deliveries, bytes, refusals and memory.
        std::function<void(Statistics &)> measure;
        Clock::Millis rejoinAfter {60'000}; ///< for kicks that say nothing else
    };

    /// \a manager and \a clock must outlive the feed.
    AdminFeed(ChatManager &manager, const Clock &clock, Surroundings surroundings, QObject *parent = nullptr);

    /// Emits snapshot(), then changed() and statistics() until detach(). Once per attach a snapshot.
    void attach();
    void detach();

    Status kick(const RoomName &room, const UserName &user, const QString &reason,
                std::optional<Clock::Millis> rejoinAfter);
    Status notice(const Notice &notice, const RoomName &room);
    Status closeRoom(const RoomName &room, const QString &reason);

    /// Tells an attached operator what was refused.
    void noteRefusal(const Refusal &refusal);

signals:
    void snapshot(const Parlance::AdminSnapshot &snapshot);
    void changed(const Parlance::AdminBatch &batch);
    void statistics(const Parlance::Statistics &statistics);
    /// The outcome of an action that an attached service asked for.
    void finished(Parlance::ActionId action, const Parlance::Status &outcome);

private:
    void connectChat();
    void flush();
    void measureSecond();
    Statistics measureNow() const;
    AdminSnapshot takeSnapshot() const;
    void addComing(const Coming &coming);
    qint64 now() const { return m_clock.wallClock().count(); }

    ChatManager &m_manager;
    const Clock &m_clock;
    Surroundings m_surroundings;
    const Clock::Millis m_startedAt;
    int m_attached = 0;
    QTimer m_batchTimer;
    QTimer m_secondTimer;

    QSet<RoomName> m_dirtyRooms;
    QSet<RoomName> m_closedRooms;
    QSet<RoomName> m_newRooms; ///< opened since the last batch
    QSet<SessionId> m_dirtySessions;
    QSet<SessionId> m_newSessions; ///< opened since the last batch
    AdminBatch m_batch; ///< the lists that are kept in order
    Statistics m_last;
    quint64 m_messages = 0;
    int m_peakSessions = 0;
};

} // namespace Parlance
