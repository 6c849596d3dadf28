// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness/referenceframes.h"

namespace Parlance::Fuzz {

namespace {

quint64 bigEndian(const QByteArray &bytes, qsizetype at, int count)
{
    quint64 number = 0;
    for (int i = 0; i < count; ++i)
        number = number * 256 + quint8(bytes.at(at + i));
    return number;
}

} // namespace

ReferenceStream referenceStream(const QByteArray &bytes, qint64 maxMessage)
{
    ReferenceStream stream;
    const auto failAt = [&stream](ReferenceStream::Fault fault, qsizetype at) {
        stream.fault = fault;
        stream.faultAt = at;
        return stream;
    };
    ReferenceMessage open; // the message whose fragments are being read
    for (qsizetype at = 0; at + 2 <= bytes.size();) {
        const int first = quint8(bytes.at(at));
        const int second = quint8(bytes.at(at + 1));
        const int opcode = first % 16;
        const bool isFinal = first >= 128;
        const bool isControl = opcode >= 8;
        const bool isReserved = (opcode > 2 && opcode < 8) || opcode > 10 || (first / 16) % 8 != 0;
        if (isReserved || second < 128 || (isControl && (!isFinal || second % 128 > 125)))
            return failAt(ReferenceStream::Protocol, at + 2);
        if (!isControl && (opcode == 0) != (open.opcode != 0))
            return failAt(ReferenceStream::Protocol, at + 2);

        const int lengthBytes = second % 128 == 127 ? 8 : second % 128 == 126 ? 2 : 0;
        const qsizetype payloadAt = at + 2 + lengthBytes + 4;
        if (payloadAt > bytes.size())
            break;
        const quint64 length =
            lengthBytes == 0 ? quint64(second % 128) : bigEndian(bytes, at + 2, lengthBytes);
        const quint64 least = lengthBytes == 8 ? 65536
            : lengthBytes == 2                 ? 126
                                               : 0; // the shortest form is a must
        if (length < least || length >= 0x8000000000000000U)
            return failAt(ReferenceStream::Protocol, payloadAt);
        if (!isControl && length + quint64(open.payload.size()) > quint64(maxMessage))
            return failAt(ReferenceStream::TooLarge, payloadAt);
        if (!isControl && opcode != 0)
            open.opcode = opcode;
        if (length > quint64(bytes.size() - payloadAt))
            break;
        QByteArray payload = bytes.mid(payloadAt, qsizetype(length));
        for (qsizetype i = 0; i < payload.size(); ++i)
            payload[i] = char(payload.at(i) ^ bytes.at(payloadAt - 4 + i % 4));
        at = payloadAt + qsizetype(length);
        if (isControl) {
            stream.messages.append({opcode, payload, at});
            continue;
        }
        open.payload += payload;
        if (isFinal) {
            stream.messages.append({open.opcode, open.payload, at});
            open = {};
        }
    }
    return stream;
}

BareFrame bareFrame(const QByteArray &bytes, qsizetype at)
{
    BareFrame frame;
    if (at + 2 > bytes.size())
        return frame;
    frame.first = quint8(bytes.at(at));
    frame.isMasked = quint8(bytes.at(at + 1)) >= 128;
    const int code = quint8(bytes.at(at + 1)) % 128;
    const int lengthBytes = code == 127 ? 8 : code == 126 ? 2 : 0;
    frame.headSize = 2 + lengthBytes + (frame.isMasked ? 4 : 0);
    if (at + frame.headSize > bytes.size())
        return frame;
    const quint64 length = lengthBytes == 0 ? quint64(code) : bigEndian(bytes, at + 2, lengthBytes);
    const bool isShortest = lengthBytes == 0 || length > (lengthBytes == 8 ? 0xFFFFU : 125U);
    if (!isShortest || length > quint64(bytes.size() - at - frame.headSize))
        return frame;
    frame.payload = bytes.mid(at + frame.headSize, qsizetype(length));
    for (qsizetype i = 0; frame.isMasked && i < frame.payload.size(); ++i)
        frame.payload[i] = char(frame.payload.at(i) ^ bytes.at(at + frame.headSize - 4 + i % 4));
    frame.size = frame.headSize + qsizetype(length);
    return frame;
}

} // namespace Parlance::Fuzz
