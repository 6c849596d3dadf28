// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness/eventlines.h"

#include "protocol/limitfields.h"

#include <limits>

namespace Parlance::Fuzz {

namespace {

constexpr qint64 kMost = std::numeric_limits<qint64>::max();
constexpr qint64 kMostInt = std::numeric_limits<int>::max();
constexpr qint64 kYear = 365LL * 24 * 3600 * 1000;

/// Fills the members of an event, one after the other.
class Filler
{
public:
    explicit Filler(Lines &lines)
        : m_lines(lines)
    {
    }

    void operator()(MessageEvent &e)
    {
        all(e.id, e.username, e.content), time(e.timestamp), all(e.room, e.seq, e.cid, e.isDeleted, e.reactions);
        if (m_lines.flag())
            e.edited = m_lines.number(1, kLastTime);
    }
    void operator()(UserJoinedEvent &e) { all(e.username), time(e.timestamp); }
    void operator()(UserLeftEvent &e) { all(e.username), time(e.timestamp); }
    void operator()(ErrorEvent &e)
    {
        e.error.code = ErrorCode(m_lines.number(0, int(ErrorCode::Internal)));
        all(e.error.detail, e.error.field);
        e.error.retryAfter = std::chrono::milliseconds(m_lines.number(0, kYear));
        all(e.cid);
    }
    void operator()(WelcomeEvent &e)
    {
        all(e.session, e.username, e.room, e.role, e.resumeToken, e.epoch, e.head, e.server.name,
            e.server.version);
        time(e.server.time);
        all(e.server.durability);
        for (const LimitField &field : kLimitFields)
            e.limits.*field.member = m_lines.number(0, kMost);
        all(e.features, e.users, e.topic, e.slowModeS, e.frozen);
    }
    void operator()(HistoryEndEvent &e) { all(e.from, e.to, e.complete); }
    void operator()(ResyncEvent &e) { all(e.reason); }
    void operator()(RoomChangedEvent &e) { all(e.topic, e.slowModeS, e.frozen, e.locked), time(e.timestamp); }
    void operator()(TypingEvent &e) { all(e.username, e.on), time(e.timestamp); }
    void operator()(PresenceEvent &e) { all(e.joined, e.left, e.count), time(e.timestamp); }
    void operator()(NoticeEvent &e)
    {
        all(e.content, e.severity, e.sticky);
        e.until = m_lines.number(0, kLastTime);
        time(e.timestamp);
    }
    void operator()(KickedEvent &e)
    {
        all(e.reason);
        e.rejoinAfterMs = m_lines.number(0, kYear);
        time(e.timestamp);
        all(e.cause);
    }
    void operator()(ServerClosingEvent &e)
    {
        e.retryAfterMs = m_lines.number(0, kYear);
        time(e.timestamp);
    }
    void operator()(MessageEditedEvent &e) { change(e), all(e.content); }
    void operator()(MessageDeletedEvent &e) { change(e); }
    void operator()(ReactionEvent &e) { change(e), all(e.emoji, e.on); }
    void operator()(UnknownEvent &e) { all(e.type); }

private:
    static constexpr qint64 kFirstTime = -62135596800000; // year 1: Qt knows no year 0
    static constexpr qint64 kLastTime = 253402300799999;

    template <typename Change>
    void change(Change &e)
    {
        all(e.id, e.targetSeq, e.room, e.username, e.seq, e.cid);
        time(e.timestamp);
    }

    void read(QString &text) { text = m_lines.text(); }
    void read(QList<ReactionTally> &tallies)
    {
        tallies.resize(m_lines.number(0, 3));
        for (ReactionTally &tally : tallies)
            all(tally.emoji, tally.users);
    }
    void read(QStringList &texts) { texts = m_lines.texts(); }
    void read(quint64 &count) { count = quint64(m_lines.number(0, kMost)); }
    void read(int &count) { count = int(m_lines.number(0, kMostInt)); }
    void read(bool &flag) { flag = m_lines.flag(); }
    void time(qint64 &moment) { moment = m_lines.number(kFirstTime, kLastTime); }
    template <typename... T>
    void all(T &...members)
    {
        (read(members), ...);
    }

    Lines &m_lines;
};

/// Writes the members of an event in the same order.
class Describer
{
public:
    void operator()(const MessageEvent &e)
    {
        all("message", e.id, e.username, e.content, e.timestamp, e.room, e.seq, e.cid, e.edited, e.isDeleted, e.reactions);
    }
    void operator()(const UserJoinedEvent &e) { all("user_joined", e.username, e.timestamp); }
    void operator()(const UserLeftEvent &e) { all("user_left", e.username, e.timestamp); }
    void operator()(const ErrorEvent &e)
    {
        all("error", int(e.error.code), e.error.detail, e.error.field, qint64(e.error.retryAfter.count()),
            e.cid);
    }
    void operator()(const WelcomeEvent &e)
    {
        all("welcome", e.session, e.username, e.room, e.role, e.resumeToken, e.epoch, e.head, e.server.name,
            e.server.version, e.server.time, e.server.durability);
        for (const LimitField &field : kLimitFields)
            write(e.limits.*field.member);
        all("and", e.features, e.users, e.topic, e.slowModeS, e.frozen);
    }
    void operator()(const HistoryEndEvent &e) { all("history_end", e.from, e.to, e.complete); }
    void operator()(const ResyncEvent &e) { all("resync", e.reason); }
    void operator()(const RoomChangedEvent &e) { all("room_changed", e.topic, e.slowModeS, e.frozen, e.locked, e.timestamp); }
    void operator()(const TypingEvent &e) { all("typing", e.username, e.on, e.timestamp); }
    void operator()(const PresenceEvent &e) { all("presence", e.joined, e.left, e.count, e.timestamp); }
    void operator()(const NoticeEvent &e)
    {
        all("notice", e.content, e.severity, e.sticky, e.until, e.timestamp);
    }
    void operator()(const KickedEvent &e) { all("kicked", e.reason, e.rejoinAfterMs, e.timestamp, e.cause); }
    void operator()(const ServerClosingEvent &e) { all("server_closing", e.retryAfterMs, e.timestamp); }
    void operator()(const MessageEditedEvent &e) { change("message_edited", e), all("of", e.content); }
    void operator()(const MessageDeletedEvent &e) { change("message_deleted", e); }
    void operator()(const ReactionEvent &e) { change("reaction", e), all("of", e.emoji, e.on); }
    void operator()(const UnknownEvent &e) { all("unknown", e.type); }

    QByteArray text;

private:
    template <typename Change>
    void change(const char *type, const Change &e)
    {
        all(type, e.id, e.targetSeq, e.room, e.username, e.seq, e.cid, e.timestamp);
    }

    void write(const QList<ReactionTally> &tallies)
    {
        write(tallies.size());
        for (const ReactionTally &tally : tallies)
            write(tally.emoji), write(tally.users);
    }
    // Half a surrogate pair comes to U+FFFD on the wire.
    void write(const QString &value)
    {
        text += withoutLoneSurrogates(value).toUtf8().toPercentEncoding(" ") + '\n';
    }
    void write(const QStringList &values)
    {
        text += QByteArray::number(values.size()) + '\n';
        for (const QString &value : values)
            write(value);
    }
    template <std::integral T>
    void write(T value)
    {
        text += QByteArray::number(qint64(value)) + '\n';
    }
    template <typename... T>
    void all(const char *type, const T &...members)
    {
        text += type + QByteArray("\n");
        (write(members), ...);
    }
};

template <typename T>
Event filled(Lines &lines)
{
    T event;
    Filler filler(lines);
    filler(event);
    return event;
}

} // namespace

Event eventFromLines(Lines &lines)
{
    const QString type = lines.text();
    const auto is = [&type](QStringView name) { return type == name; };
    return is(u"message")       ? filled<MessageEvent>(lines)
        : is(u"user_joined")    ? filled<UserJoinedEvent>(lines)
        : is(u"user_left")      ? filled<UserLeftEvent>(lines)
        : is(u"error")          ? filled<ErrorEvent>(lines)
        : is(u"welcome")        ? filled<WelcomeEvent>(lines)
        : is(u"history_end")    ? filled<HistoryEndEvent>(lines)
        : is(u"resync")         ? filled<ResyncEvent>(lines)
        : is(u"room_changed")   ? filled<RoomChangedEvent>(lines)
        : is(u"typing")         ? filled<TypingEvent>(lines)
        : is(u"presence")       ? filled<PresenceEvent>(lines)
        : is(u"notice")         ? filled<NoticeEvent>(lines)
        : is(u"kicked")         ? filled<KickedEvent>(lines)
        : is(u"server_closing") ? filled<ServerClosingEvent>(lines)
        : is(u"message_edited") ? filled<MessageEditedEvent>(lines)
        : is(u"message_deleted") ? filled<MessageDeletedEvent>(lines)
        : is(u"reaction")       ? filled<ReactionEvent>(lines)
                                : filled<UnknownEvent>(lines);
}

QByteArray describeEvent(const Event &event)
{
    Describer describer;
    std::visit([&describer](const auto &e) { describer(e); }, event);
    return describer.text;
}

} // namespace Parlance::Fuzz
