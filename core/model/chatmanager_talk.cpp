// SPDX-License-Identifier: GPL-3.0-or-later
// What is said: messages on their way, what is kept of them, typing and notices.
#include "model/chatmanager.h"

#include "base/text.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr std::chrono::seconds kTypingEvery {1}; ///< one session's beginnings are passed on at most this often

} // namespace

Status ChatManager::checkLength(const QString &content) const
{
    if (isLongerThan(content, m_limits.contentChars))
        return Error {ErrorCode::TooLong, u"content must have at most %1 characters"_s.arg(m_limits.contentChars),
                      u"content"_s, {}, Limit::ContentChars};
    return {};
}

Status ChatManager::post(SessionId id, const QString &content, const Cid &cid)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end())
        return Error {ErrorCode::NotJoined, u"you are not in a room"_s};
    if (m_shuttingDown)
        return shuttingDown();
    QString text = content.trimmed();
    if (text.isEmpty())
        return {};
    if (Status fits = checkLength(text); !fits)
        return fits;
    Session &session = it->second;
    const PersonId known = session.isStranger ? PersonId() : session.person;
    if (Status allowed = m_messageRates.take(known, session.network, session.asked.key(), m_clock.monotonic()); !allowed)
        return allowed;

    if (Status allowed = session.room->slowMode.take(session.room->settings, session.person, m_clock.monotonic()); !allowed)
        return allowed;

    ++session.info.messages;
    ++session.room->pendingDrafts;
    const quint64 number = m_drafts.add({id, session.room, cid});
    m_store.append({number, session.info.room, session.info.user, session.person, storable(std::move(text)), now(), cid});
    emit sessionSpoke(id);
    return {};
}

Status ChatManager::setTyping(SessionId id, bool on)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end())
        return Error {ErrorCode::NotJoined, u"you are not in a room"_s};
    Session &session = it->second;
    const Clock::Millis moment = m_clock.monotonic();
    if (on ? moment < session.nextTyping : !session.isTyping)
        return {};
    session.isTyping = on;
    if (on)
        session.nextTyping = moment + kTypingEvery;
    if (!isQuiet(*session.room))
        emit typingChanged(id, on);
    return {};
}

void ChatManager::onStored(const QList<StoredDraft> &batch)
{
    for (const StoredDraft &stored : batch) {
#ifdef PARLANCE_FAULT_ACKNOWLEDGE // the build with which tests/killloop proves that it can fail
        if (stored.id & kTooEarly) {
            emit messageRepeated(m_drafts.sessionOf(stored.id & ~kTooEarly), stored.message);
            continue;
        }
#endif
        const DraftBook::Entry draft = m_drafts.take(stored.id);
        if (const ChangeAnswer answer = m_changeAnswers.take(stored.id))
            answer(stored.message);
        if (stored.repeated) {
            emit messageRepeated(draft.session, stored.message);
        } else {
            m_bus.publish(stored.message);
            deliver(draft.room, stored.message);
        }
        settle(draft.room);
    }
    emit batchPosted();
}

void ChatManager::onAppendFailed(quint64 id, const Error &error)
{
    const DraftBook::Entry draft = m_drafts.take(id);
    if (const ChangeAnswer answer = m_changeAnswers.take(id))
        answer(error);
    else
        emit postFailed(draft.session, draft.cid, error);
    settle(draft.room);
}

/// A draft of \a room is not under way any more. Null where nobody knew the draft.
void ChatManager::settle(Room *room)
{
    if (!room)
        return;
    --room->pendingDrafts;
    dropIfUnused(*room);
}

void ChatManager::onDelivered(const Message &message)
{
    Room *room = m_rooms.find(message.room);
    deliver(room && room->state == Room::State::Open ? room : nullptr, message);
}

/// \a room is null where it is not open here.
void ChatManager::deliver(Room *room, const Message &message)
{
    if (room) {
        m_rooms.keep(*room, message);
        room->head = message.seq;
        room->lastActivity = message.timestamp;
    }
    if (message.change)
        emit messageChanged(message);
    else
        emit messagePosted(message);
}

Status ChatManager::notice(const Notice &notice, const RoomName &roomName)
{
    if (!roomName.isNull() && !room(roomName))
        return Error {ErrorCode::NotFound, u"there is no active room %1"_s.arg(roomName.text()), u"room"_s};
    Notice clean = notice;
    clean.content = notice.content.trimmed();
    if (clean.content.isEmpty())
        return Error {ErrorCode::Empty, u"a notice needs a text"_s, u"content"_s};
    if (isLongerThan(clean.content, m_limits.contentChars))
        return Error {ErrorCode::TooLong, u"a notice must have at most %1 characters"_s.arg(m_limits.contentChars),
                      u"content"_s};
    emit noticeRaised(clean, roomName);
    return {};
}

MessageList ChatManager::newest(const RoomName &name, int count) const
{
    const Room *found = room(name);
    return found ? found->history.newest(count) : MessageList();
}

std::optional<HistoryPage> ChatManager::historyAtHand(const HistoryQuery &query) const
{
    const Room *found = room(query.room);
    return found ? pageAtHand(*found, query) : std::nullopt;
}

void ChatManager::fetchHistory(const HistoryQuery &query, HistoryAnswer answer)
{
    m_fetches.insert(++m_lastFetch, std::move(answer));
    m_store.fetch(m_lastFetch, query);
}

void ChatManager::onFetched(quint64 number, const Result<HistoryPage> &page)
{
    if (const HistoryAnswer answer = m_fetches.take(number))
        answer(page);
}

void ChatManager::search(const SearchQuery &query, SearchAnswer answer)
{
    m_searches.insert(++m_lastFetch, std::move(answer));
    m_store.search(m_lastFetch, query);
}

void ChatManager::onFound(quint64 number, const Result<SearchHits> &hits)
{
    if (const SearchAnswer answer = m_searches.take(number))
        answer(hits);
}

Replay ChatManager::replay(const RoomName &name, quint64 since, const QString &epoch, int count) const
{
    const Room *found = room(name);
    return found ? replayOf(*found, since, epoch, count) : Replay();
}

} // namespace Parlance
