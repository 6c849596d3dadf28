// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/room.h"

#include "protocol/limits.h"

#include <algorithm>
#include <limits>

using namespace std::chrono_literals;

namespace Parlance::Client {

namespace {

constexpr Clock::Millis kTypingRepeat = 3s;
constexpr int kMaxUnread = 9999;

/// What a server says may be any number.
int toInt(qint64 told)
{
    return int(std::clamp(told, qint64(0), qint64(std::numeric_limits<int>::max())));
}

} // namespace

Room::Room(const ServerAddress &address, const QString &name, const QString &user, const Clock &clock,
           const ConnectionTiming &timing, QObject *parent)
    : QObject(parent)
    , m_name(name)
    , m_clock(clock)
    , m_outbox(clock)
    , m_typing(clock)
    , m_connection(address, name, user, clock, timing)
{
    m_messages.setOwnName(user);
    m_pumpTimer.setSingleShot(true);
    connect(&m_pumpTimer, &QTimer::timeout, this, &Room::pump);
    connect(&m_typing, &TypingList::changed, this, &Room::typingChanged);
    connect(&m_people, &UserModel::countChanged, this, &Room::changed);

    connect(&m_connection, &RoomConnection::stateChanged, this, &Room::stateChanged);
    connect(&m_connection, &RoomConnection::welcomed, this, &Room::welcomed);
    connect(&m_connection, &RoomConnection::messagesArrived, this, &Room::messagesArrived);
    connect(&m_connection, &RoomConnection::messageRepeated, this, [this](const MessageEvent &message) {
        if (m_outbox.acknowledge(Cid(message.cid))) {
            m_messages.insertMissed(message);
            emit outboxChanged();
        }
    });
    connect(&m_connection, &RoomConnection::messageEdited, &m_messages, &MessageModel::edit);
    connect(&m_connection, &RoomConnection::messageDeleted, &m_messages, &MessageModel::remove);
    connect(&m_connection, &RoomConnection::messageReacted, &m_messages, &MessageModel::react);
    connect(&m_connection, &RoomConnection::caughtUp, this, &Room::caughtUp);
    connect(&m_connection, &RoomConnection::commandRefused, this, &Room::commandRefused);
    connect(&m_connection, &RoomConnection::presenceChanged, this, &Room::presenceChanged);
    connect(&m_connection, &RoomConnection::noticeReceived, this, &Room::noticeReceived);
    connect(&m_connection, &RoomConnection::userJoined, this, [this](const UserJoinedEvent &event) {
        m_people.add(event.username);
        m_messages.addPresence({event.username}, {}, event.timestamp);
    });
    connect(&m_connection, &RoomConnection::userLeft, this, [this](const UserLeftEvent &event) {
        m_people.remove(event.username);
        m_typing.set(event.username, false);
        m_messages.addPresence({}, {event.username}, event.timestamp);
    });
    connect(&m_connection, &RoomConnection::roomChanged, this, [this](const RoomChangedEvent &event) {
        m_welcome.topic = event.topic;
        m_welcome.slowModeS = event.slowModeS;
        m_welcome.frozen = event.frozen;
        emit changed();
    });
    connect(&m_connection, &RoomConnection::typingChanged, this, [this](const TypingEvent &event) {
        if (event.username != m_connection.userName())
            m_typing.set(event.username, event.on);
    });
}

int Room::maxContentChars() const
{
    const int told = toInt(m_welcome.limits.contentChars);
    return told > 0 ? told : WireLimits::kContentChars;
}

void Room::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    if (active) {
        m_unread = 0;
    } else {
        m_readUpTo = m_messages.lastSeq();
        m_messages.setReadUpTo(m_readUpTo);
    }
    emit changed();
}

void Room::setHasOlder(bool older)
{
    if (m_hasOlder == older)
        return;
    m_hasOlder = older;
    emit changed();
}

void Room::setDraft(const QString &draft)
{
    if (m_draft == draft)
        return;
    m_draft = draft;
    emit draftChanged();
}

void Room::restoreOutbox(const QList<Outbox::Entry> &entries)
{
    m_outbox.restore(entries);
    for (const Outbox::Entry &entry : m_outbox.entries())
        m_messages.addPending(entry);
}

bool Room::say(const QString &text)
{
    const QString content = text.trimmed();
    if (content.isEmpty())
        return false;
    const std::optional<Outbox::Entry> entry = m_outbox.add(content);
    if (!entry)
        return false;
    m_messages.addPending(*entry);
    m_toldTypingAt = {}; // the message itself tells the others that writing has ended
    emit outboxChanged();
    pump();
    return true;
}

void Room::retry(const QString &cid)
{
    const std::optional<Outbox::Entry> entry = m_outbox.retry(Cid(cid));
    if (!entry)
        return;
    m_messages.setPending(Cid(cid), entry->cid);
    emit outboxChanged();
    pump();
}

void Room::discard(const QString &cid)
{
    if (!m_outbox.discard(Cid(cid)))
        return;
    m_messages.removePending(Cid(cid));
    emit outboxChanged();
}

void Room::noteTyping(bool writing)
{
    const Clock::Millis now = m_clock.monotonic();
    const bool told = m_toldTypingAt.count() > 0;
    if (writing ? (told && now - m_toldTypingAt < kTypingRepeat) : !told)
        return;
    if (m_connection.send(TypingCommand {writing}))
        m_toldTypingAt = writing ? now : Clock::Millis {0};
}

/// Sends what may go now and comes back when the next may.
void Room::pump()
{
    m_pumpTimer.stop();
    if (!m_connection.isOnline())
        return;
    while (const std::optional<Outbox::Entry> entry = m_outbox.takeNext())
        m_connection.send(PostCommand {entry->content, entry->cid.toString()});
    if (const std::optional<Clock::Millis> wait = m_outbox.waitFor())
        m_pumpTimer.start(std::max(*wait, Clock::Millis {1}));
}

void Room::welcomed(const WelcomeEvent &welcome)
{
    if (m_welcome.epoch != welcome.epoch) { // another numbering: no seq of it has been read
        m_readUpTo = 0;
        m_messages.setReadUpTo(0);
    }
    m_welcome = welcome;
    m_name = welcome.room;
    m_messages.setOwnName(welcome.username);
    m_people.reset(welcome.users, welcome.username);
    m_outbox.setRate({toInt(welcome.limits.messagesBurst), Clock::Millis(toInt(welcome.limits.messagesPeriodMs))});
    emit changed();
}

void Room::messagesArrived(const QList<MessageEvent> &messages, Arrival arrival)
{
    bool acknowledged = false;
    for (const MessageEvent &message : messages) {
        if (!message.cid.isEmpty())
            acknowledged |= m_outbox.acknowledge(Cid(message.cid));
        m_typing.set(message.username, false);
    }
    if (arrival == Arrival::Replace) {
        m_unread = 0; // those that are still there are counted below
        m_messages.replace(messages);
    } else {
        m_messages.append(messages);
    }
    // What was said while this client was away is as new to the person as what is said now. Only the
    // history of the first join is not.
    if (m_knowsRoom) {
        for (const MessageEvent &message : messages)
            countUnread(message);
    }
    if (acknowledged)
        emit outboxChanged();
}

void Room::countUnread(const MessageEvent &message)
{
    if (m_active || message.username == m_connection.userName() || message.seq <= m_readUpTo)
        return;
    m_unread = std::min(m_unread + 1, kMaxUnread);
    emit messageMissed(message.username, message.content);
    emit changed();
}

void Room::caughtUp(const HistoryEndEvent &end, bool resumed)
{
    if (!resumed)
        setHasOlder(!end.complete);
    else if (!end.complete)
        m_messages.markGap();
    if (!m_knowsRoom && !m_active) {
        m_readUpTo = m_connection.lastSeq();
        m_messages.setReadUpTo(m_readUpTo);
    }
    m_knowsRoom = true;
}

void Room::commandRefused(const ErrorEvent &event)
{
    const std::optional<Outbox::Entry> entry = m_outbox.refuse(Cid(event.cid), event.error);
    if (!entry)
        return;
    if (entry->state == Outbox::State::Failed)
        m_messages.setFailed(entry->cid, entry->error);
    emit outboxChanged();
    pump();
}

void Room::presenceChanged(const PresenceEvent &event)
{
    for (const QString &name : event.joined)
        m_people.add(name);
    for (const QString &name : event.left) {
        m_people.remove(name);
        m_typing.set(name, false);
    }
    m_people.setServerCount(event.count);
}

void Room::stateChanged(const ConnectionState &state)
{
    if (state.link != Link::Online) {
        m_pumpTimer.stop();
        m_outbox.connectionLost();
        m_typing.clear();
        m_toldTypingAt = {};
    }
    emit changed();
    pump();
}

} // namespace Parlance::Client
