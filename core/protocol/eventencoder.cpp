// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/eventcodec.h"

#include "protocol/frame.h"
#include "protocol/limitfields.h"

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

void writeTime(JsonWriter &writer, QLatin1StringView key, qint64 msecs)
{
    writer.key(key).timestamp(msecs);
}

void writeErrorFields(JsonWriter &writer, const Error &error)
{
    writer.key("code"_L1).rawString(errorName(error.code));
    writer.member("detail"_L1, QStringView(error.detail));
    if (!error.field.isEmpty())
        writer.member("field"_L1, QStringView(error.field));
    if (error.retryAfter.count() > 0)
        writer.member("retry_after_ms"_L1, qint64(error.retryAfter.count()));
    if (!error.reason.isEmpty())
        writer.member("reason"_L1, QStringView(error.reason));
}

/// One overload per event; each writes the members between the braces.
class Encoder
{
public:
    explicit Encoder(JsonWriter &writer) : m_out(writer) {}

    void operator()(const MessageEvent &) const {} // writeMessage()
    void operator()(const UnknownEvent &) const {}

    void operator()(const UserJoinedEvent &event) const
    {
        m_out.member("username"_L1, QStringView(event.username));
        type("user_joined", event.timestamp);
    }

    void operator()(const UserLeftEvent &event) const
    {
        m_out.member("username"_L1, QStringView(event.username));
        type("user_left", event.timestamp);
    }

    void operator()(const ErrorEvent &event) const
    {
        m_out.key("message_type"_L1).rawString("error");
        writeErrorFields(m_out, event.error);
        if (!event.cid.isEmpty())
            m_out.member("cid"_L1, QStringView(event.cid));
    }

    void operator()(const WelcomeEvent &event) const
    {
        type("welcome", event.server.time);
        m_out.member("session"_L1, QStringView(event.session))
            .member("username"_L1, QStringView(event.username))
            .member("room"_L1, QStringView(event.room))
            .member("role"_L1, QStringView(event.role))
            .member("resume_token"_L1, QStringView(event.resumeToken))
            .member("epoch"_L1, QStringView(event.epoch))
            .member("head"_L1, event.head);
        m_out.key("server"_L1)
            .beginObject()
            .member("name"_L1, QStringView(event.server.name))
            .member("version"_L1, QStringView(event.server.version));
        writeTime(m_out, "time"_L1, event.server.time);
        m_out.member("durability"_L1, QStringView(event.server.durability)).endObject();
        m_out.key("limits"_L1);
        writeLimits(m_out, event.limits);
        m_out.member("features"_L1, event.features)
            .member("users"_L1, event.users)
            .member("topic"_L1, QStringView(event.topic))
            .member("slow_mode_s"_L1, event.slowModeS)
            .member("frozen"_L1, event.frozen);
    }

    void operator()(const HistoryEndEvent &event) const
    {
        m_out.key("message_type"_L1).rawString("history_end");
        m_out.member("from"_L1, event.from).member("to"_L1, event.to).member("complete"_L1, event.complete);
    }

    void operator()(const ResyncEvent &event) const
    {
        m_out.key("message_type"_L1).rawString("resync");
        m_out.member("reason"_L1, QStringView(event.reason));
    }

    void operator()(const RoomChangedEvent &event) const
    {
        type("room_changed", event.timestamp);
        m_out.member("topic"_L1, QStringView(event.topic))
            .member("slow_mode_s"_L1, event.slowModeS)
            .member("frozen"_L1, event.frozen)
            .member("locked"_L1, event.locked);
    }

    void operator()(const TypingEvent &event) const
    {
        type("typing", event.timestamp);
        m_out.member("username"_L1, QStringView(event.username)).member("on"_L1, event.on);
    }

    void operator()(const PresenceEvent &event) const
    {
        type("presence", event.timestamp);
        m_out.member("joined"_L1, event.joined).member("left"_L1, event.left).member("count"_L1, event.count);
    }

    void operator()(const NoticeEvent &event) const
    {
        type("notice", event.timestamp);
        m_out.member("content"_L1, QStringView(event.content))
            .member("severity"_L1, QStringView(event.severity))
            .member("sticky"_L1, event.sticky);
        if (event.until > 0)
            writeTime(m_out, "until"_L1, event.until);
    }

    void operator()(const KickedEvent &event) const
    {
        type("kicked", event.timestamp);
        m_out.member("reason"_L1, QStringView(event.reason)).member("rejoin_after_ms"_L1, event.rejoinAfterMs);
        if (!event.cause.isEmpty())
            m_out.member("cause"_L1, QStringView(event.cause));
    }

    void operator()(const ServerClosingEvent &event) const
    {
        type("server_closing", event.timestamp);
        m_out.member("retry_after_ms"_L1, event.retryAfterMs);
    }

    void operator()(const MessageEditedEvent &event) const
    {
        change("message_edited", event);
        m_out.member("content"_L1, QStringView(event.content));
        cid(event.cid);
    }

    void operator()(const MessageDeletedEvent &event) const
    {
        change("message_deleted", event);
        cid(event.cid);
    }

    void operator()(const ReactionEvent &event) const
    {
        change("reaction", event);
        m_out.member("emoji"_L1, QStringView(event.emoji)).member("on"_L1, event.on);
        cid(event.cid);
    }

private:
    /// What the three have in common that change a message.
    template <typename Change>
    void change(const char *name, const Change &event) const
    {
        type(name, event.timestamp);
        m_out.member("id"_L1, QStringView(event.id))
            .member("target_seq"_L1, event.targetSeq)
            .member("room"_L1, QStringView(event.room))
            .member("username"_L1, QStringView(event.username))
            .member("seq"_L1, event.seq);
    }

    void cid(const QString &cid) const
    {
        if (!cid.isEmpty())
            m_out.member("cid"_L1, QStringView(cid));
    }

    void type(const char *name, qint64 timestamp) const
    {
        m_out.key("message_type"_L1).rawString(name);
        writeTime(m_out, "timestamp"_L1, timestamp);
    }

    JsonWriter &m_out;
};

void writeReactions(JsonWriter &writer, const QList<ReactionTally> &reactions)
{
    writer.key("reactions"_L1).beginArray();
    for (const ReactionTally &reaction : reactions)
        writer.beginObject().member("emoji"_L1, QStringView(reaction.emoji)).member("users"_L1, reaction.users).endObject();
    writer.endArray();
}

} // namespace

void writeMessage(JsonWriter &writer, const MessageView &message)
{
    writer.beginObject()
        .member("id"_L1, message.id)
        .member("username"_L1, message.username)
        .member("content"_L1, message.content);
    writer.key("timestamp"_L1).timestamp(message.timestamp);
    writer.key("message_type"_L1).rawString("message");
    writer.member("room"_L1, message.room).member("seq"_L1, message.seq);
    if (!message.cid.isEmpty())
        writer.member("cid"_L1, message.cid);
    if (message.edited > 0)
        writer.key("edited"_L1).timestamp(message.edited);
    if (message.isDeleted)
        writer.member("deleted"_L1, true);
    if (message.reactions && !message.reactions->isEmpty())
        writeReactions(writer, *message.reactions);
    writer.endObject();
}

void appendMessageFrame(QByteArray &out, const MessageView &message)
{
    const qsizetype start = openTextFrame(out);
    JsonWriter writer(std::move(out));
    writeMessage(writer, message);
    out = writer.take();
    finishTextFrame(out, start);
}

QByteArray encodeEvent(const Event &event)
{
    JsonWriter writer;
    if (const auto *message = std::get_if<MessageEvent>(&event)) {
        writeMessage(writer, *message);
        return writer.take();
    }
    if (std::holds_alternative<UnknownEvent>(event))
        return {};
    writer.beginObject();
    std::visit(Encoder(writer), event);
    return writer.endObject().take();
}

QByteArray encodeRestError(const Error &error)
{
    JsonWriter writer;
    writer.beginObject().key("error"_L1).beginObject();
    writeErrorFields(writer, error);
    return writer.endObject().endObject().take();
}

} // namespace Parlance
