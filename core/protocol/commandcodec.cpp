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
    return fault(ErrorCode::UnknownType, u"unknown type \"%1\""_s.arg(name.left(32)), u"type"_s, cid);
}

QByteArray encodeCommand(const Command &command)
{
    JsonWriter writer;
    writer.beginObject();
    if (const auto *post = std::get_if<PostCommand>(&command)) {
        writer.key("type"_L1).rawString("message").member("content"_L1, QStringView(post->content));
        if (!post->cid.isEmpty())
            writer.member("cid"_L1, QStringView(post->cid));
    } else if (const auto *typing = std::get_if<TypingCommand>(&command)) {
        writer.key("type"_L1).rawString("typing").member("on"_L1, typing->on);
    }
    return writer.endObject().take();
}

} // namespace Parlance
