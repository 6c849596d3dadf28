// SPDX-License-Identifier: GPL-3.0-or-later
// The encoders of events and frames against the decoders: what is encoded is JSON that Qt reads too, and
// decodes to the same event; a frame around it has the same payload.
#include "harness/check.h"
#include "harness/eventlines.h"
#include "harness/referenceframes.h"
#include "protocol/eventcodec.h"
#include "protocol/frame.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Parlance;

namespace {

void checkEvent(const Event &event)
{
    const QByteArray json = encodeEvent(event);
    if (std::holds_alternative<UnknownEvent>(event)) {
        FUZZ_CHECK(json.isEmpty(), json);
        return;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    FUZZ_CHECK(error.error == QJsonParseError::NoError && document.isObject(), json);
    FUZZ_CHECK(document.object().value(QStringLiteral("message_type")).isString(), json);
    for (const char c : json)
        FUZZ_CHECK(static_cast<unsigned char>(c) >= 0x20, json); // one line, no control characters
    const Result<Event> decoded = decodeEvent(json);
    FUZZ_CHECK(decoded, json);
    const QByteArray was = Fuzz::describeEvent(event);
    const QByteArray is = Fuzz::describeEvent(decoded.value());
    FUZZ_CHECK(was == is, json + "\nwas:\n" + was + "\nis:\n" + is);
    FUZZ_CHECK(encodeEvent(decoded.value()) == json, json);

    const QByteArray behind = "behind";
    QByteArray stream = behind;
    appendTextFrame(stream, json);
    const Fuzz::BareFrame frame = Fuzz::bareFrame(stream, behind.size());
    FUZZ_CHECK(frame.first == 0x81 && !frame.isMasked && frame.payload == json, stream.toHex());
    FUZZ_CHECK(behind.size() + frame.size == stream.size() && stream.startsWith(behind), stream.toHex());
}

void checkRestError(const Error &error)
{
    const QByteArray json = encodeRestError(error);
    const QJsonObject object =
        QJsonDocument::fromJson(json).object().value(QStringLiteral("error")).toObject();
    FUZZ_CHECK(errorFromName(object.value(QStringLiteral("code")).toString().toLatin1()) == error.code, json);
    FUZZ_CHECK(object.value(QStringLiteral("detail")).toString() == Fuzz::withoutLoneSurrogates(error.detail),
               json);
}

void checkControlFrames(const QString &text)
{
    const QByteArray close = closeFrame(CloseCode::Kicked, text);
    const Fuzz::BareFrame frame = Fuzz::bareFrame(close, 0);
    FUZZ_CHECK(frame.first == 0x88 && !frame.isMasked && frame.size == close.size(), close.toHex());
    FUZZ_CHECK(frame.payload.size() >= 2 && frame.payload.size() <= 125, close.toHex());
    FUZZ_CHECK(frame.payload.startsWith(QByteArray::fromHex("114e")), close.toHex()); // 4430
    const QByteArray reason = frame.payload.mid(2);
    FUZZ_CHECK(text.toUtf8().startsWith(reason), close.toHex());
    FUZZ_CHECK(QByteArrayView(reason).isValidUtf8(), close.toHex()); // RFC 6455 section 5.5.1: UTF-8
    FUZZ_CHECK(reason.size() > 123 - 4 || reason == text.toUtf8(), close.toHex());

    const QByteArray payload = text.toUtf8();
    const QByteArray ping = pingFrame(payload);
    const Fuzz::BareFrame pinged = Fuzz::bareFrame(ping, 0);
    FUZZ_CHECK(pinged.first == 0x89 && !pinged.isMasked && pinged.size == ping.size(), ping.toHex());
    FUZZ_CHECK(pinged.payload == payload.left(125), ping.toHex());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Fuzz::Lines lines(QByteArrayView(reinterpret_cast<const char *>(data), qsizetype(size)));
    while (!lines.atEnd()) {
        const Event event = Fuzz::eventFromLines(lines);
        checkEvent(event);
        if (const auto *message = std::get_if<MessageEvent>(&event))
            checkControlFrames(message->content);
        if (const auto *refused = std::get_if<ErrorEvent>(&event))
            checkRestError(refused->error);
    }
    return 0;
}
