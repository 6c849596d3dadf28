// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin/localadmin.h"

#include "admin/adminfeed.h"

#include <QList>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

LocalAdmin::LocalAdmin(QObject *parent) : AdminService(parent) {}

LocalAdmin::~LocalAdmin()
{
    unbind();
}

void LocalAdmin::bind(AdminFeed *feed)
{
    unbind();
    m_feed = feed;
    // Events for a deleted receiver are dropped, so the binding object cuts off whatever is still queued.
    m_binding = new QObject(this);
    connect(feed, &AdminFeed::snapshot, m_binding, [this](const AdminSnapshot &s) { emit snapshot(s); });
    connect(feed, &AdminFeed::changed, m_binding, [this](const AdminBatch &batch) { emit changed(batch); });
    connect(feed, &AdminFeed::statistics, m_binding, [this](const Statistics &s) { emit statistics(s); });
    connect(feed, &AdminFeed::finished, m_binding, [this](ActionId id, const Status &outcome) { finish(id, outcome); });
    emit attachedChanged(true);
    QMetaObject::invokeMethod(feed, &AdminFeed::attach, Qt::QueuedConnection);
}

void LocalAdmin::unbind()
{
    AdminFeed *feed = std::exchange(m_feed, nullptr);
    if (!feed)
        return;
    delete std::exchange(m_binding, nullptr);
    QMetaObject::invokeMethod(feed, &AdminFeed::detach, Qt::QueuedConnection);
    QList<ActionId> lost(m_waiting.cbegin(), m_waiting.cend());
    std::sort(lost.begin(), lost.end()); // ids grow, so this is the order in which they were asked for
    for (const ActionId id : std::as_const(lost))
        finish(id, Error {ErrorCode::Unavailable, u"the server stopped before it answered"_s});
    emit attachedChanged(false);
}

template <typename Action>
ActionId LocalAdmin::perform(Action action)
{
    const ActionId id {++m_lastAction};
    m_waiting.insert(id);
    if (!m_feed) {
        QMetaObject::invokeMethod(this, [this, id] {
            finish(id, Error {ErrorCode::Unavailable, u"the server is not running"_s});
        }, Qt::QueuedConnection);
        return id;
    }
    // The outcome comes back through the feed's own signal, so that a feed which outlives this object
    // never touches it: the connection ends with the binding.
    QMetaObject::invokeMethod(
        m_feed, [feed = m_feed, id, action] { emit feed->finished(id, action(*feed)); }, Qt::QueuedConnection);
    return id;
}

void LocalAdmin::finish(ActionId id, const Status &outcome)
{
    if (m_waiting.remove(id))
        emit finished(id, outcome);
}

ActionId LocalAdmin::kick(const RoomName &room, const UserName &user, const QString &reason,
                          std::optional<std::chrono::milliseconds> rejoinAfter)
{
    return perform([room, user, reason, rejoinAfter](AdminFeed &feed) {
        return feed.kick(room, user, reason, rejoinAfter);
    });
}

ActionId LocalAdmin::notice(const Notice &notice, const RoomName &room)
{
    return perform([notice, room](AdminFeed &feed) { return feed.notice(notice, room); });
}

ActionId LocalAdmin::closeRoom(const RoomName &room, const QString &reason)
{
    return perform([room, reason](AdminFeed &feed) { return feed.closeRoom(room, reason); });
}

} // namespace Parlance
