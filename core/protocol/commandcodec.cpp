// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/commandcodec.h"

#include "protocol/flatcommand.h"
#include "protocol/jsonguard.h"
#include "protocol/jsonwriter.h"

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

CommandFault fault(ErrorCode code, const QString &detail, const QString &field, const QString &cid = {})
{
    return {Error {code, detail, field}, cid};
}

DecodedCommand decodePost(const QJsonObject &object, const QString &cid)
{
    const QJsonValue content = object.value("content"_L1);
    if (!content.isString())
        return fault(ErrorCode::BadRequest, u"content must be a string"_s, u"content"_s, cid);
    return Command(PostCommand {content.toString(), cid});
}

/// What `edit`, `delete` and `react` are about.
Result<QString> targetOf(const QJsonObject &object)
{
    const QString id = object.value("id"_L1).toString();
    if (id.isEmpty() || id.size() > WireLimits::kMessageIdChars)
        return Error {ErrorCode::BadRequest, u"id must be the id of a message"_s, u"id"_s};
    return id;
}

DecodedCommand decodeEdit(const QJsonObject &object, const QString &cid)
{
    const Result<QString> id = targetOf(object);
    if (!id)
        return CommandFault {id.error(), cid};
    const QJsonValue content = object.value("content"_L1);
    if (!content.isString())
        return fault(ErrorCode::BadRequest, u"content must be a string"_s, u"content"_s, cid);
    return Command(EditCommand {id.value(), content.toString(), cid});
}

DecodedCommand decodeDelete(const QJsonObject &object, const QString &cid)
{
    const Result<QString> id = targetOf(object);
    if (!id)
        return CommandFault {id.error(), cid};
    return Command(DeleteCommand {id.value(), cid});
}

DecodedCommand decodeReact(const QJsonObject &object, const QString &cid)
{
    const Result<QString> id = targetOf(object);
    if (!id)
        return CommandFault {id.error(), cid};
    const QJsonValue emoji = object.value("emoji"_L1);
    if (!emoji.isString())
        return fault(ErrorCode::BadRequest, u"emoji must be a string"_s, u"emoji"_s, cid);
    const QJsonValue on = object.value("on"_L1);
    if (!on.isBool() && !on.isUndefined())
        return fault(ErrorCode::BadRequest, u"on must be true or false"_s, u"on"_s, cid);
    return Command(ReactCommand {id.value(), emoji.toString(), on.toBool(true), cid});
}

/// One overload per command; each writes the members between the braces, but for the cid.
class Encoder
{
public:
    explicit Encoder(JsonWriter &writer) : m_out(writer) {}

    QString operator()(const PostCommand &post) const
    {
        m_out.key("type"_L1).rawString("message").member("content"_L1, QStringView(post.content));
        return post.cid;
    }
    QString operator()(const TypingCommand &typing) const
    {
        m_out.key("type"_L1).rawString("typing").member("on"_L1, typing.on);
        return {};
    }
    QString operator()(const EditCommand &edit) const
    {
        m_out.key("type"_L1).rawString("edit").member("id"_L1, QStringView(edit.id));
        m_out.member("content"_L1, QStringView(edit.content));
        return edit.cid;
    }
    QString operator()(const DeleteCommand &gone) const
    {
        m_out.key("type"_L1).rawString("delete").member("id"_L1, QStringView(gone.id));
        return gone.cid;
    }
    QString operator()(const ReactCommand &react) const
    {
        m_out.key("type"_L1).rawString("react").member("id"_L1, QStringView(react.id));
        m_out.member("emoji"_L1, QStringView(react.emoji)).member("on"_L1, react.on);
        return react.cid;
    }

private:
    JsonWriter &m_out;
};

} // namespace

DecodedCommand decodeCommand(QStringView json, int maxDepth)
{
    if (std::optional<Command> usual = readFlatCommand(json))
        return *std::move(usual);
    return decodeCommand(json.toUtf8(), maxDepth);
}

DecodedCommand decodeCommand(QByteArrayView json, int maxDepth)
{
    const Result<QJsonObject> parsed = parseGuardedObject(json, maxDepth);
    if (!parsed)
        return CommandFault {parsed.error(), {}};
    const QJsonObject &object = parsed.value();

    const QJsonValue cidValue = object.value("cid"_L1);
    const QString cid = cidValue.toString();
    if (!cidValue.isUndefined() && !cidValue.isNull()) {
        if (!isCid(cid))
            return fault(ErrorCode::BadRequest,
                         u"cid must be 1 to %1 printable ASCII characters"_s.arg(WireLimits::kCidChars), u"cid"_s);
    }

    const QJsonValue type = object.value("type"_L1);
    if (!type.isString())
        return fault(ErrorCode::BadRequest, u"type must be a string"_s, u"type"_s, cid);
    const QString name = type.toString();
    if (name == "message"_L1)
        return decodePost(object, cid);
    if (name == "typing"_L1) {
        const QJsonValue on = object.value("on"_L1);
        if (!on.isBool() && !on.isUndefined())
            return fault(ErrorCode::BadRequest, u"on must be true or false"_s, u"on"_s, cid);
        return Command(TypingCommand {on.toBool(true)});
    }
    if (name == "edit"_L1)
        return decodeEdit(object, cid);
    if (name == "delete"_L1)
        return decodeDelete(object, cid);
    if (name == "react"_L1)
        return decodeReact(object, cid);
    return fault(ErrorCode::UnknownType, u"unknown type \"%1\""_s.arg(name.left(32)), u"type"_s, cid);
}

QByteArray encodeCommand(const Command &command)
{
    JsonWriter writer;
    writer.beginObject();
    if (const QString cid = std::visit(Encoder(writer), command); !cid.isEmpty())
        writer.member("cid"_L1, QStringView(cid));
    return writer.endObject().take();
}

} // namespace Parlance
