// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

ModelLimits limitsFor(const std::function<void(ModelLimits &)> &adjust)
{
    ModelLimits limits;
    limits.messages = {};
    limits.messagesPerAddress = {};
    limits.joins = {};
    if (adjust)
        adjust(limits);
    return limits;
}

QString idText(SessionId id)
{
    return u'#' + QString::number(quint64(id));
}

QString codeText(const Error &error)
{
    return QString::fromLatin1(errorName(error.code));
}

} // namespace

RoomName roomName(const QString &text)
{
    return parseRoomName(text).take();
}

UserName userName(const QString &text)
{
    return parseUserName(text).take();
}

Chat::Chat(const std::function<void(ModelLimits &)> &adjust) : manager(store, bus, clock, limitsFor(adjust))
{
    connectJournal();
}

TicketId Chat::request(const Visitor &visitor)
{
    const TicketId ticket {++m_lastTicket};
    JoinRequest join;
    join.room = roomName(visitor.room);
    join.name = userName(visitor.name);
    join.person = PersonId(visitor.person);
    join.kind = visitor.kind;
    join.address = visitor.address;
    join.network = visitor.network;
    join.agent = u"test"_s;
    manager.requestJoin(ticket, join);
    return ticket;
}

Result<Joined> Chat::tryJoin(const Visitor &visitor)
{
    const TicketId ticket = request(visitor);
    while (!store.opening.isEmpty())
        store.answerOpen();
    if (const auto refused = refusals.constFind(ticket); refused != refusals.cend())
        return *refused;
    return manager.completeJoin(ticket);
}

SessionId Chat::join(const Visitor &visitor)
{
    const Result<Joined> joined = tryJoin(visitor);
    if (!joined)
        qFatal("%s cannot join: %s", qPrintable(visitor.name), qPrintable(joined.error().detail));
    return joined.value().session;
}

void Chat::say(SessionId session, const QString &content, const QString &cid)
{
    if (const Status posted = manager.post(session, content, Cid(cid)); !posted)
        qFatal("cannot post: %s", qPrintable(posted.error().detail));
    store.commit();
}

QStringList Chat::news()
{
    return std::exchange(m_journal, {});
}

QStringList Chat::news(const QString &prefix)
{
    QStringList found;
    for (const QString &line : news()) {
        if (line.startsWith(prefix))
            found.append(line);
    }
    return found;
}

void Chat::connectJournal()
{
    const auto note = [this](const QStringList &words) { m_journal.append(words.join(u' ')); };
    const auto mark = [](bool quiet) { return quiet ? u"quiet"_s : u"told"_s; };
    ChatManager *from = &manager;
    QObject::connect(from, &ChatManager::joinReady, from,
                     [note](TicketId ticket) { note({u"joinReady"_s, QString::number(quint64(ticket))}); });
    QObject::connect(from, &ChatManager::joinRefused, from, [this, note](TicketId ticket, const Error &error) {
        refusals.insert(ticket, error);
        note({u"joinRefused"_s, QString::number(quint64(ticket)), codeText(error)});
    });
    QObject::connect(from, &ChatManager::roomOpened, from,
                     [note](const RoomInfo &room) { note({u"roomOpened"_s, room.name.text()}); });
    QObject::connect(from, &ChatManager::roomClosed, from,
                     [note](const RoomName &room) { note({u"roomClosed"_s, room.text()}); });
    QObject::connect(from, &ChatManager::sessionJoined, from, [note](const SessionInfo &info) {
        note({u"sessionJoined"_s, idText(info.id), info.room.text(), info.user.text()});
    });
    QObject::connect(from, &ChatManager::sessionLeft, from, [note](const SessionInfo &info) {
        note({u"sessionLeft"_s, idText(info.id), info.room.text(), info.user.text()});
    });
    QObject::connect(from, &ChatManager::userJoined, from,
                     [note, mark](const RoomName &room, const UserName &user, SessionId id, bool quiet) {
        note({u"userJoined"_s, room.text(), user.text(), idText(id), mark(quiet)});
    });
    QObject::connect(from, &ChatManager::userLeft, from,
                     [note, mark](const RoomName &room, const UserName &user, const QString &reason, bool quiet) {
        note({u"userLeft"_s, room.text(), user.text(), u'"' + reason + u'"', mark(quiet)});
    });
    QObject::connect(from, &ChatManager::presenceChanged, from,
                     [note](const RoomName &room, const Room::Presence &presence, int users) {
        note({u"presence"_s, room.text(), u'+' + presence.joined.join(u','), u'-' + presence.left.join(u','),
              QString::number(users)});
    });
    QObject::connect(from, &ChatManager::messagePosted, from, [note](const Message &message) {
        note({u"messagePosted"_s, message.room.text(), QString::number(message.seq), message.author.text(),
              message.content});
    });
    QObject::connect(from, &ChatManager::messageRepeated, from, [note](SessionId id, const Message &message) {
        note({u"messageRepeated"_s, idText(id), QString::number(message.seq)});
    });
    QObject::connect(from, &ChatManager::postFailed, from, [note](SessionId id, const Cid &cid, const Error &error) {
        note({u"postFailed"_s, idText(id), cid.toString(), codeText(error)});
    });
    QObject::connect(from, &ChatManager::typingChanged, from,
                     [note](SessionId id, bool on) { note({u"typing"_s, idText(id), on ? u"on"_s : u"off"_s}); });
    QObject::connect(from, &ChatManager::sessionSpoke, from,
                     [note](SessionId id) { note({u"sessionSpoke"_s, idText(id)}); });
    QObject::connect(from, &ChatManager::noticeRaised, from, [note](const Notice &notice, const RoomName &room) {
        note({u"notice"_s, room.isNull() ? u"all"_s : room.text(), notice.content});
    });
    QObject::connect(from, &ChatManager::sessionRemoved, from,
                     [note](SessionId id, RemovalCause cause, const QString &reason, qint64 rejoinAfterMs) {
        note({u"sessionRemoved"_s, idText(id), cause == RemovalCause::Kicked ? u"kicked"_s : u"closed"_s,
              u'"' + reason + u'"', QString::number(rejoinAfterMs)});
    });
}

} // namespace Parlance
