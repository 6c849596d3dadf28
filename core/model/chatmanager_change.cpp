// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of what was said: edits, deletions, reactions.
#include "model/chatmanager.h"

#include "base/text.h"
#include "model/changerules.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

/// What can be said about a change without its message; makes of \a content what is stored.
Status ChatManager::checkChange(const Change &change, QString &content) const
{
    if (m_shuttingDown)
        return shuttingDown();
    if (change.kind == ChangeKind::Edit) {
        content = content.trimmed();
        if (content.isEmpty())
            return Error {ErrorCode::Empty, u"a message needs a text; delete it to take it back"_s, u"content"_s};
        if (Status fits = checkLength(content); !fits)
            return fits;
        content = storable(std::move(content));
        return {};
    }
    content.clear();
    if (change.kind != ChangeKind::Deletion && !isEmoji(change.emoji))
        return Error {ErrorCode::BadRequest, u"emoji must be one emoji"_s, u"emoji"_s};
    return {};
}

Status ChatManager::change(SessionId id, const Change &change, const QString &content, const Cid &cid)
{
    const auto it = m_sessions.find(id);
    if (it == m_sessions.end())
        return Error {ErrorCode::NotJoined, u"you are not in a room"_s};
    QString text = content;
    if (Status good = checkChange(change, text); !good)
        return good;
    const Session &session = it->second;
    if (Status allowed = mayChange(session.room->settings, change.kind); !allowed)
        return allowed;
    const PersonId known = session.isStranger ? PersonId() : session.person;
    if (Status allowed = m_messageRates.take(known, session.network, session.asked.key(), m_clock.monotonic()); !allowed)
        return allowed;
    ++session.room->pendingDrafts;
    const quint64 number = m_drafts.add({id, session.room, cid});
    m_store.append({number, session.info.room, session.info.user, session.person, text, now(), cid,
                    std::make_shared<const Change>(change)});
    return {};
}

void ChatManager::changeAs(const PersonId &person, const QString &network, const RoomName &name, const Change &change,
                           const QString &content, const Cid &cid, ChangeAnswer answer)
{
    PendingChange pending {person, change, content, cid, std::move(answer)};
    Status good = checkChange(change, pending.content);
    if (good && change.kind != ChangeKind::Deletion) { // who was sent out may still take back what they said
        JoinRequest who;
        who.room = name;
        who.person = person;
        good = m_joinRules.isWelcome(who, m_clock.monotonic());
    }
    if (good)
        good = m_messageRates.take(person, network, {}, m_clock.monotonic());
    Room *room = m_rooms.find(name);
    if (good && !room) {
        if (m_rooms.isFull()) {
            good = Error {ErrorCode::TooManyRooms, u"the server has no place for another room"_s, {}, {}, Limit::Rooms};
        } else {
            room = &m_rooms.add(name, now());
            m_store.openRoom(name, m_limits.ring);
        }
    }
    if (!good)
        pending.answer(good.error());
    else if (room->state == Room::State::Opening)
        m_pendingChanges[name.key()].append(pending);
    else
        performChange(*room, pending);
}

void ChatManager::performChange(Room &room, const PendingChange &pending)
{
    if (const Status allowed = mayChange(room.settings, pending.change.kind); !allowed) {
        pending.answer(allowed.error());
        return;
    }
    const Member *member = room.memberOf(pending.person);
    const bool isReaction = pending.change.kind == ChangeKind::Reaction || pending.change.kind == ChangeKind::ReactionGone;
    if (isReaction && !member) {
        pending.answer(Error {ErrorCode::NotJoined, u"who reacts must be in the room"_s});
        return;
    }
    ++room.pendingDrafts;
    const quint64 number = m_drafts.add({{}, &room, pending.cid});
    m_changeAnswers.insert(number, pending.answer);
    m_store.append({number, room.name(), member ? member->name : UserName(), pending.person, pending.content, now(),
                    pending.cid, std::make_shared<const Change>(pending.change)});
}

/// The room is open now, or cannot be opened.
void ChatManager::answerChanges(const RoomName &name, const Status &opened)
{
    const auto node = m_pendingChanges.extract(name.key());
    if (node.empty())
        return;
    for (const PendingChange &pending : node.mapped()) {
        Room *room = m_rooms.find(name);
        if (opened && room)
            performChange(*room, pending);
        else
            pending.answer(opened ? Error {ErrorCode::Unavailable, u"the room closed meanwhile"_s} : opened.error());
    }
}

} // namespace Parlance
