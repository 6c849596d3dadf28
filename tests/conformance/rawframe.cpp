// SPDX-License-Identifier: GPL-3.0-or-later
#include "rawframe.h"

#include <QtEndian>

namespace Parlance {

namespace {

void appendLength(QByteArray &out, const RawFrame &frame)
{
    const quint64 length = frame.claims == ~quint64(0) ? quint64(frame.payload.size()) : frame.claims;
    RawFrame::Length form = frame.length;
    if (form == RawFrame::Length::Shortest)
        form = length < 126 ? RawFrame::Length::In7Bits
             : length <= 0xFFFF ? RawFrame::Length::In16Bits : RawFrame::Length::In64Bits;
    const char masked = frame.mask.isEmpty() ? '\0' : char(0x80);
    if (form == RawFrame::Length::In7Bits) {
        out += char(masked | char(length));
        return;
    }
    const qsizetype size = form == RawFrame::Length::In16Bits ? 2 : 8;
    out += char(masked | (size == 2 ? 126 : 127));
    for (qsizetype i = size - 1; i >= 0; --i)
        out += char((length >> (8 * i)) & 0xFF);
}

} // namespace

QByteArray toBytes(const RawFrame &frame)
{
    QByteArray out;
    out += char((frame.final ? 0x80 : 0) | (frame.reserved << 4) | frame.opcode);
    appendLength(out, frame);
    out += frame.mask;
    for (qsizetype i = 0; i < frame.payload.size(); ++i)
        out += frame.mask.isEmpty() ? frame.payload.at(i) : char(frame.payload.at(i) ^ frame.mask.at(i % 4));
    return out;
}

QByteArray frame(int opcode, const QByteArray &payload, bool final)
{
    return toBytes(RawFrame {opcode, payload, final});
}

QByteArray closeWith(quint16 code, const QByteArray &reason)
{
    QByteArray payload(2, '\0');
    qToBigEndian(code, payload.data());
    return frame(8, payload + reason);
}

QByteArray chat(const QByteArray &content, qsizetype size)
{
    const QByteArray json = R"({"type":"message","content":")" + content + R"("})";
    return json + QByteArray(qMax(qsizetype(0), size - json.size()), ' ');
}

} // namespace Parlance
