// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/wsframes.h"

#include <QJsonDocument>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr char kMask[] = {0x12, 0x34, 0x56, 0x78};

} // namespace

QByteArray toBytes(const WsFrame &frame)
{
    QByteArray out;
    out += char((frame.final ? 0x80 : 0) | (frame.reserved << 4) | frame.opcode);
    const char mask = frame.masked ? char(0x80) : char(0);
    const qsizetype size = frame.payload.size();
    if (size < 126) {
        out += char(mask | size);
    } else if (size <= 0xFFFF) {
        out += char(mask | 126);
        out.resize(4);
        qToBigEndian(quint16(size), out.data() + 2);
    } else {
        out += char(mask | 127);
        out.resize(10);
        qToBigEndian(quint64(size), out.data() + 2);
    }
    if (!frame.masked)
        return out + frame.payload;
    out.append(kMask, sizeof kMask);
    for (qsizetype i = 0; i < size; ++i)
        out += char(frame.payload.at(i) ^ kMask[i % 4]);
    return out;
}

QByteArray wsText(const QByteArray &payload)
{
    return toBytes({1, payload});
}

QByteArray wsClose(quint16 code)
{
    QByteArray payload(2, '\0');
    qToBigEndian(code, payload.data());
    return toBytes({8, payload});
}

QByteArray upgradeHead(const QByteArray &path, const QByteArray &fields)
{
    return "GET " + path
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + fields + "\r\n";
}

QList<QJsonObject> WsFrames::events() const
{
    QList<QJsonObject> objects;
    for (const WsFrame &frame : list) {
        if (frame.opcode == 1)
            objects.append(QJsonDocument::fromJson(frame.payload).object());
    }
    return objects;
}

int WsFrames::closeCode() const
{
    for (const WsFrame &frame : list) {
        if (frame.opcode == 8 && frame.payload.size() >= 2)
            return qFromBigEndian<quint16>(frame.payload.constData());
    }
    return 0;
}

WsFrames readFrames(const QByteArray &bytes)
{
    WsFrames frames;
    frames.rest = bytes;
    while (frames.rest.size() >= 2) {
        const auto first = static_cast<unsigned char>(frames.rest.at(0));
        const auto second = static_cast<unsigned char>(frames.rest.at(1));
        quint64 length = second & 0x7F;
        qsizetype head = length == 127 ? 10 : length == 126 ? 4 : 2;
        if (frames.rest.size() < head)
            return frames;
        if (head == 4)
            length = qFromBigEndian<quint16>(frames.rest.constData() + 2);
        else if (head == 10)
            length = qFromBigEndian<quint64>(frames.rest.constData() + 2);
        if ((head == 4 && length < 126) || (head == 10 && length <= 0xFFFF))
            frames.fault = u"a length that is not the shortest"_s;
        else if (second & 0x80)
            frames.fault = u"a masked frame from a server"_s;
        else if (first & 0x70)
            frames.fault = u"a reserved bit"_s;
        else if (!(first & 0x80))
            frames.fault = u"a fragment"_s;
        if (!frames.fault.isEmpty() || quint64(frames.rest.size() - head) < length)
            return frames;
        frames.list.append({first & 0x0F, frames.rest.mid(head, qsizetype(length)), true, false});
        frames.rest.remove(0, head + qsizetype(length));
    }
    return frames;
}

WsFrames framesAfterUpgrade(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (!bytes.startsWith("HTTP/1.1 101 ") || end < 0)
        return {{}, {}, u"no upgrade: "_s + QString::fromLatin1(bytes.left(200))};
    return readFrames(bytes.mid(end + 4));
}

} // namespace Parlance
