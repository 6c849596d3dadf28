// SPDX-License-Identifier: GPL-3.0-or-later
// The WebSocket frame reader beside a plain reference that sees all bytes at once: the same messages and the
// same fault after each piece, however the bytes are cut.
#include "harness/check.h"
#include "harness/cuts.h"
#include "harness/referenceframes.h"
#include "net/framereader.h"

#include <algorithm>

using namespace Parlance;

namespace {

constexpr int kBinary = 2;
constexpr int kClose = 8;
constexpr int kPing = 9;
constexpr int kPong = 10;

QByteArray show(int opcode, const QByteArray &payload)
{
    return QByteArray::number(opcode) + ' ' + payload.toHex() + '\n';
}

/// What comes out is for Qt's reader: whole messages, masked, in the shortest form.
QByteArray showFrames(const QByteArray &out)
{
    QByteArray shown;
    for (qsizetype at = 0; at < out.size();) {
        const Fuzz::BareFrame frame = Fuzz::bareFrame(out, at);
        FUZZ_CHECK(frame.size > 0, out.toHex());
        FUZZ_CHECK(frame.isMasked && (frame.first & 0xF0) == 0x80, out.toHex());
        shown += show(frame.first & 0x0F, frame.payload);
        at += frame.size;
    }
    return shown;
}

/// The newer close codes reach Qt as 1000, the only change that is made to a payload.
QByteArray asPassedOn(const Fuzz::ReferenceMessage &message)
{
    const QByteArray code = message.payload.left(2).toHex();
    const bool isNewer =
        message.opcode == kClose && (code == "03f4" || code == "03f5" || code == "03f6"); // 1012 to 1014
    return isNewer ? QByteArray::fromHex("03e8") + message.payload.mid(2) : message.payload;
}

/// What one read of the bytes from \a from to \a to has to bring: all that ends there, of the pings only the
/// newest and that last, no pongs and nothing binary; no ping where a fault was met.
QByteArray expected(const Fuzz::ReferenceStream &stream, qsizetype from, qsizetype to)
{
    QByteArray shown;
    QByteArray ping;
    for (const Fuzz::ReferenceMessage &message : stream.messages) {
        if (message.end <= from || message.end > to || message.opcode == kPong || message.opcode == kBinary)
            continue;
        if (message.opcode == kPing)
            ping = show(kPing, message.payload);
        else
            shown += show(message.opcode, asPassedOn(message));
    }
    const bool isFaulty = stream.fault != Fuzz::ReferenceStream::None && stream.faultAt <= to;
    return isFaulty ? shown : shown + ping;
}

void check(const QByteArray &bytes, const Fuzz::ReferenceStream &stream, qint64 maxMessage, quint32 salt)
{
    Fuzz::Cuts cuts(bytes, salt);
    FrameReader reader(maxMessage);
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype left = bytes.size() - at;
        const qsizetype take = salt == 0 ? left : salt == 1 ? 1 : cuts.next(left);
        const QByteArray piece = bytes.mid(at, take);
        QByteArray out;
        const FrameReader::Fault fault = reader.read(piece, out);

        const bool isFaulty = stream.fault != Fuzz::ReferenceStream::None && stream.faultAt <= at + take;
        const int wanted = isFaulty ? int(stream.fault) : int(Fuzz::ReferenceStream::None);
        FUZZ_CHECK(int(fault) == wanted, QByteArray::number(at) + " to " + QByteArray::number(at + take));
        const QByteArray want = expected(stream, at, at + take);
        const QByteArray got = showFrames(out);
        FUZZ_CHECK(got == want, "got:\n" + got + "wanted:\n" + want);
        const auto binaries = std::count_if(stream.messages.begin(), stream.messages.end(), [=](const Fuzz::ReferenceMessage &m) {
            return m.opcode == kBinary && m.end > at && m.end <= at + take;
        });
        FUZZ_CHECK(reader.takeBinaries() == quint64(binaries), QByteArray::number(at));
        at += take;
        const auto complete = std::count_if(stream.messages.begin(), stream.messages.end(),
                                            [at](const Fuzz::ReferenceMessage &m) { return m.end <= at; });
        FUZZ_CHECK(reader.completed() == quint64(complete), QByteArray::number(at));
    }
}

static_assert(int(FrameReader::Fault::Protocol) == int(Fuzz::ReferenceStream::Protocol)
              && int(FrameReader::Fault::TooLarge) == int(Fuzz::ReferenceStream::TooLarge));

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    for (const qint64 maxMessage : {20, 300, 1 << 20}) {
        const Fuzz::ReferenceStream stream = Fuzz::referenceStream(bytes, maxMessage);
        for (quint32 salt = 0; salt < 3; ++salt) {
            if (salt != 1 || bytes.size() < 500) // one by one costs too much
                check(bytes, stream, maxMessage, salt);
        }
    }
    return 0;
}
