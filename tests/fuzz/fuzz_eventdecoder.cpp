// SPDX-License-Identifier: GPL-3.0-or-later
// The client's decoder with whatever a server might send: an event that it takes can be encoded, and then
// says the same.
#include "harness/check.h"
#include "harness/eventlines.h"
#include "protocol/eventcodec.h"
#include "protocol/timestamp.h"

using namespace Parlance;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray json(reinterpret_cast<const char *>(data), qsizetype(size));
    const Result<Event> decoded = decodeEvent(json);
    if (!decoded) {
        FUZZ_CHECK(decoded.error().code == ErrorCode::BadRequest && !decoded.error().detail.isEmpty(), json);
        return 0;
    }
    if (std::holds_alternative<UnknownEvent>(decoded.value()))
        return 0;
    const QByteArray encoded = encodeEvent(decoded.value());
    const Result<Event> again = decodeEvent(encoded);
    FUZZ_CHECK(again, json + '\n' + encoded);
    const QByteArray was = Fuzz::describeEvent(decoded.value());
    const QByteArray is = Fuzz::describeEvent(again.value());
    FUZZ_CHECK(was == is, json + '\n' + encoded + "\nwas:\n" + was + "\nis:\n" + is);

    // A time that stands anywhere in the text.
    const QString text = QString::fromUtf8(json).left(40);
    if (const std::optional<qint64> time = parseTimestamp(text)) {
        const QByteArray formatted = formatTimestamp(*time);
        FUZZ_CHECK(parseTimestamp(QString::fromLatin1(formatted)) == time, json + ' ' + formatted);
    }
    return 0;
}
