// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/clientsession.h"

#include "base/incident.h"
#include "base/logging.h"
#include "net/closereason.h"
#include "net/fanout.h"
#include "net/metrics.h"
#include "wire/wire.h"
#include "protocol/commandcodec.h"
#include "protocol/eventcodec.h"
#include "protocol/flatcommand.h"
#include "protocol/frame.h"
#include "protocol/limits.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kFloodsPerMinute = 100; ///< messages refused for their rate before the connection ends
constexpr int kFetchedMessages = 2'000; ///< of one page out of the store, which is bounded in bytes besides
constexpr int kHeldEvents = 64; ///< what may wait for the end of a replay

QString gapReason(Replay::Gap gap)
{
    switch (gap) {
    case Replay::Gap::Epoch: return u"epoch"_s;
    case Replay::Gap::Retention: return u"retention"_s;
    case Replay::Gap::Ahead: return u"ahead"_s;
    case Replay::Gap::None:
    case Replay::Gap::Fresh: break;
    }
    return {};
}

} // namespace

ClientSession::ClientSession(std::unique_ptr<WebSocketChannel> channel, const Context &context, ClientKind kind,
                             Owner &owner)
    : m_context(context)
    , m_owner(owner)
    , m_kind(kind)
    , m_channel(std::move(channel))
    , m_faults(WireLimits::kFaultsPerMinute)
    , m_floods(kFloodsPerMinute)
    , m_commands(context.limits.commands, context.clock.monotonic())
{
    m_channel->setOwner(this);
}

ClientSession::~ClientSession()
{
    leaveFanOut();
}

void ClientSession::begin(const Joined &joined, const QString &resumeToken, quint64 since, const QString &epoch)
{
    m_id = joined.session;
    m_room = joined.room;
    const qint64 now = m_context.clock.wallClock().count();
    if (m_kind == ClientKind::Parlance) {
        WelcomeEvent welcome;
        welcome.session = QString::number(quint64(joined.session));
        welcome.username = joined.name.text();
        welcome.room = joined.room.text();
        welcome.role = u"guest"_s;
        welcome.resumeToken = resumeToken;
        welcome.epoch = joined.epoch;
        if (const Room *room = m_context.manager.room(joined.room)) {
            welcome.topic = room->settings.topic;
            welcome.slowModeS = room->settings.slowModeS;
            welcome.frozen = room->settings.isFrozen;
        }
        welcome.head = joined.head;
        welcome.server = {m_context.identity.name, m_context.identity.version, now, m_context.manager.durability()};
        welcome.limits = m_context.identity.limits;
        welcome.features = m_context.identity.features;
        welcome.users = joined.users;
        sendEvent(welcome);
    }
    Replay replay = m_context.manager.replay(joined.room, since, epoch, m_context.limits.replay);
    if (since > 0 && epoch.isEmpty())
        replay.gap = Replay::Gap::Epoch; // a place that means nothing without its epoch
    if (const QString reason = gapReason(replay.gap); !reason.isEmpty() && m_kind == ClientKind::Parlance)
        sendEvent(ResyncEvent {reason});
    m_replay = std::make_unique<Replaying>();
    m_replay->joined = joined;
    m_replay->pending = replay.messages;
    m_replay->complete = replay.complete;
    m_replay->to = replay.after;
    continueReplay();
}

/// One page at a time, the next when the reader has taken the last, so that a long absence costs neither
/// memory here nor a frame that Qt clients cannot read. What is posted meanwhile comes with a later page.
void ClientSession::continueReplay()
{
    while (m_replay && !m_replay->isFetching && !isClosing() && m_channel->queuedBytes() == 0) {
        if (m_replay->pending.isEmpty()) {
            const Room *room = m_context.manager.room(m_room);
            if (!room || room->head == m_replay->to) {
                goLive();
                return;
            }
            const Replay rest = m_context.manager.replay(m_room, m_replay->to, m_replay->joined.epoch, 0);
            if (rest.gap != Replay::Gap::None) {
                close(CloseCode::TooSlow, u"you read too slowly"_s);
                return;
            }
            if (rest.isInStore) {
                fetchPage();
                return;
            }
            m_replay->pending = rest.messages;
        }
        sendPage();
    }
}

/// What is older than what the room has at hand comes out of the store, a page at a time.
void ClientSession::fetchPage()
{
    m_replay->isFetching = true;
    HistoryQuery query;
    query.room = m_room;
    query.after = m_replay->to;
    query.count = kFetchedMessages;
    query.bytes = WireLimits::kPageBytes;
    query.withChanges = true;
    const std::weak_ptr<const bool> waiting = m_replay->isWaiting;
    m_context.manager.fetchHistory(query, [this, waiting](const Result<HistoryPage> &page) {
        if (!waiting.expired()) // or the session may be gone
            onFetched(page);
    });
}

void ClientSession::onFetched(const Result<HistoryPage> &page)
{
    m_replay->isFetching = false;
    if (!page) {
        refuse(page.error());
        return;
    }
    const MessageList &messages = page.value().messages;
    if (messages.isEmpty() || messages.constFirst().seq != m_replay->to + 1) {
        close(CloseCode::TooSlow, u"you read too slowly"_s); // it was trimmed meanwhile
        return;
    }
    m_replay->pending = messages;
    continueReplay();
}

void ClientSession::sendPage()
{
    const MessageList &messages = m_replay->pending;
    QByteArray page;
    qsizetype count = 0;
    quint64 events = 0;
    for (const Message &entry : messages) {
        const qsizetype before = page.size();
        if (entry.isReadable())
            appendMessage(page, entry);
        else if (m_kind == ClientKind::Parlance)
            appendTextFrame(page, encodeEvent(eventOf(entry)));
        if (count > 0 && page.size() > WireLimits::kPageBytes) {
            page.truncate(before);
            break;
        }
        events += page.size() > before ? 1 : 0;
        ++count;
    }
    if (m_replay->from == 0)
        m_replay->from = messages.constFirst().seq;
    m_replay->to = messages.at(count - 1).seq;
    m_context.metrics.add(Metrics::EventsDelivered, events);
    m_replay->pending = messages.mid(count);
    if (!page.isEmpty())
        m_channel->send(page);
}

void ClientSession::goLive()
{
    const std::unique_ptr<Replaying> done = std::move(m_replay);
    m_live = true;
    m_context.fanOut.add(m_room, m_channel.get(), m_kind);
    if (m_kind == ClientKind::Parlance)
        sendEvent(HistoryEndEvent {done->from, done->to, done->complete});
    if (!done->held.isEmpty())
        m_channel->send(done->held);
    tellWhoChanged(done->joined);
}

/// Who came and went while the pages were on their way.
void ClientSession::tellWhoChanged(const Joined &joined)
{
    const QStringList &known = joined.users;
    const Room *room = m_context.manager.room(m_room);
    if (known.isEmpty() || !room || room->peopleChanges() == joined.peopleChanges)
        return;
    const QStringList users = room->userNames();
    const qint64 now = m_context.clock.wallClock().count();
    const QSet<QString> before(known.cbegin(), known.cend());
    const QSet<QString> after(users.cbegin(), users.cend());
    PresenceEvent presence {(after - before).values(), (before - after).values(), int(users.size()), now};
    presence.joined.sort();
    presence.left.sort();
    if (m_kind == ClientKind::Parlance) {
        sendEvent(presence);
        return;
    }
    if (users.size() > m_context.manager.limits().quietRoom)
        return;
    for (const QString &user : std::as_const(presence.joined))
        sendEvent(UserJoinedEvent {user, now});
    for (const QString &user : std::as_const(presence.left))
        sendEvent(UserLeftEvent {user, now});
}

void ClientSession::leaveFanOut()
{
    m_replay.reset();
    if (std::exchange(m_live, false))
        m_context.fanOut.remove(m_room, m_channel.get());
}

void ClientSession::refuse(const Error &error)
{
    sendEvent(ErrorEvent {error, {}});
    close(closeCodeFor(error.code), error.detail);
}

void ClientSession::sendEvent(const Event &event)
{
    m_context.metrics.add(Metrics::EventsDelivered);
    m_channel->send(textFrame(encodeEvent(event)));
}

bool ClientSession::sendInTurn(const Event &event)
{
    if (!m_replay) {
        sendEvent(event);
        return true;
    }
    if (m_replay->heldEvents == kHeldEvents)
        return false;
    ++m_replay->heldEvents;
    m_context.metrics.add(Metrics::EventsDelivered);
    appendTextFrame(m_replay->held, encodeEvent(event));
    return true;
}

void ClientSession::sendError(const Error &error, const QString &cid)
{
    m_context.metrics.refused(error, address());
    sendEvent(ErrorEvent {error, cid});
}

void ClientSession::close(CloseCode code, const QString &reason)
{
    leaveFanOut();
    m_channel->close(code, reason);
}

/// Before anything is decoded, so that a flood of whatever kind costs little.
bool ClientSession::mayCommand(const QString &text)
{
    m_context.metrics.add(Metrics::CommandsReceived);
    const Clock::Millis now = m_context.clock.monotonic();
    const Clock::Millis wait = m_commands.take(now);
    if (wait.count() == 0)
        return true;
    // Whose message it was the client must know, or it would wait for its echo for ever.
    const std::optional<Command> command = readFlatCommand(text);
    const auto *post = command ? std::get_if<PostCommand>(&*command) : nullptr;
    sendError(Error {ErrorCode::RateLimited, u"too many commands, slow down"_s, {}, wait, Limit::Commands},
              post ? post->cid : QString());
    if (m_floods.add(now)) {
        m_context.metrics.hit(Limit::Floods);
        close(CloseCode::Flooding, u"too many commands"_s);
    }
    return false;
}

void ClientSession::onText(const QString &text)
{
    if (!mayCommand(text))
        return;
    try {
        const DecodedCommand decoded = decodeCommand(text, m_context.limits.jsonDepth);
        if (const auto *fault = std::get_if<CommandFault>(&decoded)) {
            onFault(fault->error, fault->cid);
            return;
        }
        perform(std::get<Command>(decoded));
    } catch (...) {
        sendError(reportIncident(lcNet(), "a command"), {});
    }
}

void ClientSession::onBinary()
{
    if (!mayCommand({}))
        return;
    onFault(Error {ErrorCode::BadRequest, u"commands are JSON in text frames"_s}, {});
}

void ClientSession::onClosed()
{
    leaveFanOut();
    m_owner.onSessionClosed(this);
}

void ClientSession::perform(const Command &command)
{
    if (const auto *post = std::get_if<PostCommand>(&command)) {
        const Status done = m_context.manager.post(id(), post->content, Cid(post->cid));
        if (!done)
            refuseToSay(done.error(), post->cid);
        else if (m_live)
            m_context.fanOut.promote(m_room, m_channel.get());
    } else if (const auto *edit = std::get_if<EditCommand>(&command)) {
        change({ChangeKind::Edit, MessageId(edit->id)}, edit->content, edit->cid);
    } else if (const auto *gone = std::get_if<DeleteCommand>(&command)) {
        change({ChangeKind::Deletion, MessageId(gone->id)}, {}, gone->cid);
    } else if (const auto *react = std::get_if<ReactCommand>(&command)) {
        const ChangeKind kind = react->on ? ChangeKind::Reaction : ChangeKind::ReactionGone;
        change({kind, MessageId(react->id), 0, react->emoji}, {}, react->cid);
    } else if (const auto *typing = std::get_if<TypingCommand>(&command)) {
        if (const Status done = m_context.manager.setTyping(id(), typing->on); !done)
            sendError(done.error(), {});
    }
}

/// A plain client would not hear what became of it.
void ClientSession::change(const Change &change, const QString &content, const QString &cid)
{
    if (m_kind != ClientKind::Parlance) {
        onFault(Error {ErrorCode::UnknownType, u"changes of messages need the subprotocol parlance.v1"_s, u"type"_s}, cid);
        return;
    }
    if (const Status done = m_context.manager.change(id(), change, content, Cid(cid)); !done)
        refuseToSay(done.error(), cid);
}

/// Who does not stop is sent away.
void ClientSession::refuseToSay(const Error &error, const QString &cid)
{
    sendError(error, cid);
    if (error.code == ErrorCode::RateLimited && m_floods.add(m_context.clock.monotonic())) {
        m_context.metrics.hit(Limit::Floods);
        close(CloseCode::Flooding, u"too many messages"_s);
    }
}

void ClientSession::onFault(const Error &error, const QString &cid)
{
    sendError(error, cid);
    if (m_faults.add(m_context.clock.monotonic())) {
        m_context.metrics.hit(Limit::Faults);
        close(CloseCode::BadRequest, u"too many faulty commands"_s);
    }
}

} // namespace Parlance
