// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/eventcodec.h"

#include "protocol/limitfields.h"
#include "protocol/timestamp.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <chrono>
#include <limits>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

/// Reads one event's members and remembers whether a needed one was missing.
class Fields
{
public:
    explicit Fields(const QJsonObject &object) : m_object(object) {}

    QString needText(QLatin1StringView key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isString())
            m_missing = key;
        return value.toString();
    }
    quint64 needCount(QLatin1StringView key)
    {
        const QJsonValue value = m_object.value(key);
        const qint64 number = value.toInteger(-1);
        if (number < 0)
            m_missing = key;
        return quint64(qMax(number, qint64(0)));
    }
    int needSmallCount(QLatin1StringView key)
    {
        return int(qMin(needCount(key), quint64(std::numeric_limits<int>::max())));
    }
    qint64 needTime(QLatin1StringView key)
    {
        const std::optional<qint64> time = parseTimestamp(needText(key));
        if (!time)
            m_missing = key;
        return time.value_or(0);
    }
    QString text(QLatin1StringView key) const { return m_object.value(key).toString(); }
    /// Between 0 and a year, so that a sum with it cannot overflow.
    std::chrono::milliseconds duration(QLatin1StringView key) const
    {
        constexpr std::chrono::milliseconds kLongest = std::chrono::hours(24 * 365);
        return std::clamp(std::chrono::milliseconds(m_object.value(key).toInteger()), std::chrono::milliseconds(0), kLongest);
    }
    /// Not below 0.
    int count(QLatin1StringView key) const { return qMax(0, m_object.value(key).toInt()); }
    qint64 largeCount(QLatin1StringView key) const { return qMax(qint64(0), m_object.value(key).toInteger()); }
    bool flag(QLatin1StringView key, bool fallback = false) const { return m_object.value(key).toBool(fallback); }
    qint64 time(QLatin1StringView key) const { return parseTimestamp(text(key)).value_or(0); }
    QStringList texts(QLatin1StringView key) const
    {
        QStringList list;
        for (const QJsonValue value : m_object.value(key).toArray())
            list << value.toString();
        return list;
    }
    QList<Fields> inners(QLatin1StringView key) const
    {
        QList<Fields> list;
        for (const QJsonValue value : m_object.value(key).toArray())
            list.append(Fields(value.toObject()));
        return list;
    }
    Fields inner(QLatin1StringView key) const { return Fields(m_object.value(key).toObject()); }

    Result<Event> finish(Event event) const
    {
        if (!m_missing.isEmpty())
            return Error {ErrorCode::BadRequest, u"an event lacks \"%1\""_s.arg(m_missing), m_missing};
        return event;
    }

private:
    QJsonObject m_object;
    QString m_missing;
};

Result<Event> message(Fields f)
{
    MessageEvent e;
    e.id = f.needText("id"_L1);
    e.username = f.needText("username"_L1);
    e.content = f.needText("content"_L1);
    e.timestamp = f.needTime("timestamp"_L1);
    e.room = f.text("room"_L1);
    e.seq = f.needCount("seq"_L1);
    e.cid = f.text("cid"_L1);
    e.edited = qMax(qint64(0), f.time("edited"_L1));
    e.isDeleted = f.flag("deleted"_L1);
    for (const Fields &reaction : f.inners("reactions"_L1))
        e.reactions.append({reaction.text("emoji"_L1), reaction.texts("users"_L1)});
    return f.finish(e);
}

/// What the three have in common that change a message.
template <typename Change>
Change change(Fields &f)
{
    Change e;
    e.id = f.needText("id"_L1);
    e.targetSeq = f.needCount("target_seq"_L1);
    e.room = f.text("room"_L1);
    e.username = f.text("username"_L1);
    e.timestamp = f.time("timestamp"_L1);
    e.seq = f.needCount("seq"_L1);
    e.cid = f.text("cid"_L1);
    return e;
}

Result<Event> messageEdited(Fields f)
{
    auto e = change<MessageEditedEvent>(f);
    e.content = f.needText("content"_L1);
    return f.finish(e);
}

Result<Event> messageDeleted(Fields f)
{
    const auto e = change<MessageDeletedEvent>(f);
    return f.finish(e);
}

Result<Event> reaction(Fields f)
{
    auto e = change<ReactionEvent>(f);
    e.emoji = f.needText("emoji"_L1);
    e.on = f.flag("on"_L1, true);
    return f.finish(e);
}

Result<Event> userJoined(Fields f)
{
    UserJoinedEvent e {f.needText("username"_L1), f.time("timestamp"_L1)};
    return f.finish(e);
}

Result<Event> userLeft(Fields f)
{
    UserLeftEvent e {f.needText("username"_L1), f.time("timestamp"_L1)};
    return f.finish(e);
}

Result<Event> error(Fields f)
{
    ErrorEvent e;
    e.error.code = errorFromName(f.needText("code"_L1).toLatin1());
    e.error.detail = f.text("detail"_L1);
    e.error.field = f.text("field"_L1);
    e.error.retryAfter = f.duration("retry_after_ms"_L1);
    e.error.reason = f.text("reason"_L1);
    e.cid = f.text("cid"_L1);
    return f.finish(e);
}

Result<Event> welcome(Fields f)
{
    WelcomeEvent e;
    e.session = f.needText("session"_L1);
    e.username = f.needText("username"_L1);
    e.room = f.needText("room"_L1);
    e.role = f.text("role"_L1);
    e.resumeToken = f.text("resume_token"_L1);
    e.epoch = f.needText("epoch"_L1);
    e.head = f.needCount("head"_L1);
    const Fields server = f.inner("server"_L1);
    e.server = {server.text("name"_L1), server.text("version"_L1), server.time("time"_L1),
                server.text("durability"_L1)};
    const Fields limits = f.inner("limits"_L1);
    for (const LimitField &field : kLimitFields)
        e.limits.*field.member = limits.largeCount(field.name);
    e.features = f.texts("features"_L1);
    e.users = f.texts("users"_L1);
    e.topic = f.text("topic"_L1);
    e.slowModeS = f.count("slow_mode_s"_L1);
    e.frozen = f.flag("frozen"_L1);
    return f.finish(e);
}

Result<Event> historyEnd(Fields f)
{
    HistoryEndEvent e;
    e.from = f.needCount("from"_L1);
    e.to = f.needCount("to"_L1);
    e.complete = f.flag("complete"_L1, true);
    return f.finish(e);
}

Result<Event> resync(Fields f)
{
    ResyncEvent e {f.text("reason"_L1)};
    return f.finish(e);
}

Result<Event> roomChanged(Fields f)
{
    RoomChangedEvent e {f.text("topic"_L1), int(f.count("slow_mode_s"_L1)), f.flag("frozen"_L1), f.flag("locked"_L1), f.time("timestamp"_L1)};
    return f.finish(e);
}

Result<Event> typing(Fields f)
{
    TypingEvent e {f.needText("username"_L1), f.flag("on"_L1), f.time("timestamp"_L1)};
    return f.finish(e);
}

Result<Event> presence(Fields f)
{
    PresenceEvent e {f.texts("joined"_L1), f.texts("left"_L1), f.needSmallCount("count"_L1), f.time("timestamp"_L1)};
    return f.finish(e);
}

Result<Event> notice(Fields f)
{
    NoticeEvent e {f.needText("content"_L1), f.text("severity"_L1), f.flag("sticky"_L1),
                   qMax(qint64(0), f.time("until"_L1)), f.time("timestamp"_L1)};
    return f.finish(e);
}

Result<Event> kicked(Fields f)
{
    KickedEvent e {f.text("reason"_L1), f.duration("rejoin_after_ms"_L1).count(), f.time("timestamp"_L1),
                   f.text("cause"_L1)};
    return f.finish(e);
}

Result<Event> serverClosing(Fields f)
{
    ServerClosingEvent e {f.duration("retry_after_ms"_L1).count(), f.time("timestamp"_L1)};
    return f.finish(e);
}

} // namespace

Result<Event> decodeEvent(QByteArrayView json)
{
    using Decoder = Result<Event> (*)(Fields);
    static const QHash<QString, Decoder> decoders {
        {u"message"_s, message},         {u"user_joined"_s, userJoined}, {u"user_left"_s, userLeft},
        {u"error"_s, error},             {u"welcome"_s, welcome},        {u"history_end"_s, historyEnd},
        {u"resync"_s, resync},           {u"room_changed"_s, roomChanged}, {u"typing"_s, typing},          {u"presence"_s, presence},
        {u"notice"_s, notice},           {u"kicked"_s, kicked},          {u"server_closing"_s, serverClosing},
        {u"message_edited"_s, messageEdited}, {u"message_deleted"_s, messageDeleted}, {u"reaction"_s, reaction},
    };

    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), json.size()));
    if (!document.isObject())
        return Error {ErrorCode::BadRequest, u"an event is no JSON object"_s};
    const QJsonObject object = document.object();
    const QString type = object.value("message_type"_L1).toString();
    if (const Decoder decoder = decoders.value(type))
        return decoder(Fields(object));
    return Event(UnknownEvent {type});
}

} // namespace Parlance
