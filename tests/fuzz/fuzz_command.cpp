// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON command decoder and the guard before it, beside what Qt's parser makes of the same text; what is
// decoded can be encoded and decoded again.
#include "harness/check.h"
#include "harness/jsonshape.h"
#include "harness/lines.h"
#include "protocol/commandcodec.h"
#include "protocol/eventcodec.h"
#include "protocol/jsonguard.h"
#include "protocol/limits.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Parlance;

namespace {

bool isCid(const QString &cid)
{
    return cid.size() <= WireLimits::kCidChars && std::all_of(cid.cbegin(), cid.cend(), [](QChar c) {
               return c.unicode() > 0x20 && c.unicode() < 0x7F;
           });
}

bool same(const Command &a, const Command &b)
{
    if (a.index() != b.index())
        return false;
    if (const auto *post = std::get_if<PostCommand>(&a)) {
        const auto &other = std::get<PostCommand>(b);
        return Fuzz::withoutLoneSurrogates(post->content) == other.content && post->cid == other.cid;
    }
    return std::get<TypingCommand>(a).on == std::get<TypingCommand>(b).on;
}

/// A key that is added once more is refused, however it is written.
void checkKeyTwice(const QByteArray &plain, const QJsonObject &parsed)
{
    if (parsed.isEmpty())
        return;
    const QString key = parsed.constBegin().key();
    QByteArray escaped;
    for (const QChar c : key)
        escaped += "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
    const QByteArray twice = plain.chopped(1) + ",\"" + escaped + "\":1}";
    FUZZ_CHECK(QJsonDocument::fromJson(twice).object().size() == parsed.size(), twice);
    FUZZ_CHECK(!parseGuardedObject(twice), twice);
}

void checkGuard(const QByteArray &json, const QJsonObject &parsed)
{
    const Result<QJsonObject> guarded = parseGuardedObject(json);
    const Fuzz::JsonShape shape = Fuzz::shapeOf(parsed);
    if (guarded) {
        FUZZ_CHECK(guarded.value() == parsed, json);
        FUZZ_CHECK(shape.depth <= WireLimits::kJsonDepth && shape.keys <= WireLimits::kJsonKeys, json);
    } else {
        FUZZ_CHECK(guarded.error().code == ErrorCode::BadRequest && !guarded.error().detail.isEmpty(), json);
    }
    // Qt drops U+FEFF at the start of a key when it says what it is, not when it looks for one: two keys may
    // then look like one.
    if (json.contains("\"\xEF\xBB\xBF"))
        return;
    // Written by Qt the same object has no key twice: only the bounds can refuse it.
    const QByteArray plain = QJsonDocument(parsed).toJson(QJsonDocument::Compact);
    checkKeyTwice(plain, parsed);
    const bool isWithin = shape.depth <= WireLimits::kJsonDepth && shape.keys <= WireLimits::kJsonKeys;
    FUZZ_CHECK(bool(parseGuardedObject(plain)) == isWithin, plain);
}

void checkFault(const QByteArray &json, const CommandFault &fault)
{
    FUZZ_CHECK(fault.error.code == ErrorCode::BadRequest || fault.error.code == ErrorCode::UnknownType, json);
    FUZZ_CHECK(!fault.error.detail.isEmpty() && fault.error.detail.size() < 200, json);
    FUZZ_CHECK(isCid(fault.cid), json);
    // The client can read why.
    const Result<Event> told = decodeEvent(encodeEvent(ErrorEvent{fault.error, fault.cid}));
    FUZZ_CHECK(told && std::holds_alternative<ErrorEvent>(told.value()), json);
    const auto &event = std::get<ErrorEvent>(told.value());
    FUZZ_CHECK(event.error.detail == Fuzz::withoutLoneSurrogates(fault.error.detail), json);
    FUZZ_CHECK(event.error.code == fault.error.code && event.cid == fault.cid, json);
}

void checkCommand(const QByteArray &json, const Command &command, const QJsonObject &parsed)
{
    if (const auto *post = std::get_if<PostCommand>(&command)) {
        FUZZ_CHECK(parsed.value(QStringLiteral("content")).isString(), json);
        FUZZ_CHECK(post->content == parsed.value(QStringLiteral("content")).toString(), json);
        FUZZ_CHECK(post->cid == parsed.value(QStringLiteral("cid")).toString() && isCid(post->cid), json);
    }
    const QByteArray encoded = encodeCommand(command);
    const DecodedCommand again = decodeCommand(QByteArrayView(encoded));
    FUZZ_CHECK(std::holds_alternative<Command>(again), json + "\n" + encoded);
    FUZZ_CHECK(same(command, std::get<Command>(again)), json + "\n" + encoded);
}

/// The short way for common commands says the same as the long one.
void checkShortWay(const QByteArray &json, const DecodedCommand &decoded)
{
    // Qt's parser drops U+FEFF at the start of a text, the short way does not.
    if (!QByteArrayView(json).isValidUtf8() || json.contains("\xEF\xBB\xBF"))
        return;
    const DecodedCommand other = decodeCommand(QStringView(QString::fromUtf8(json)));
    FUZZ_CHECK(other.index() == decoded.index(), json);
    if (const auto *fault = std::get_if<CommandFault>(&decoded)) {
        FUZZ_CHECK(std::get<CommandFault>(other).error == fault->error, json);
        FUZZ_CHECK(std::get<CommandFault>(other).cid == fault->cid, json);
        return;
    }
    const Command &is = std::get<Command>(other);
    FUZZ_CHECK(is.index() == std::get<Command>(decoded).index(), json);
    if (const auto *post = std::get_if<PostCommand>(&is)) {
        const auto &was = std::get<PostCommand>(std::get<Command>(decoded));
        FUZZ_CHECK(post->content == was.content && post->cid == was.cid, json);
    } else {
        FUZZ_CHECK(std::get<TypingCommand>(is).on == std::get<TypingCommand>(std::get<Command>(decoded)).on,
                   json);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray json(reinterpret_cast<const char *>(data), qsizetype(size));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    const bool isObject = error.error == QJsonParseError::NoError && document.isObject();
    if (isObject)
        checkGuard(json, document.object());

    const DecodedCommand decoded = decodeCommand(QByteArrayView(json));
    checkShortWay(json, decoded);
    if (const auto *fault = std::get_if<CommandFault>(&decoded)) {
        checkFault(json, *fault);
    } else {
        FUZZ_CHECK(isObject, json);
        checkCommand(json, std::get<Command>(decoded), document.object());
    }
    return 0;
}
