// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/frame.h"

#include <QtEndian>

#include <cstring>

namespace Parlance {

namespace {

constexpr char kFinal = char(0x80);
constexpr char kText = 0x1;
constexpr char kClose = 0x8;
constexpr char kPing = 0x9;
constexpr qsizetype kControlMax = 125;
constexpr qsizetype kUsualHead = 4; ///< of an event: 126 bytes to 64 KiB

qsizetype headBytes(quint64 length)
{
    return length < 126 ? 2 : length <= 0xFFFF ? 4 : 10;
}

/// Writes the head of a final frame; returns where its payload goes.
char *putHead(char *place, char opcode, qsizetype head, qsizetype length)
{
    place[0] = char(kFinal | opcode);
    switch (head) {
    case 2: place[1] = char(length); break;
    case 4:
        place[1] = 126;
        qToBigEndian(quint16(length), place + 2);
        break;
    default:
        place[1] = 127;
        qToBigEndian(quint64(length), place + 2);
    }
    return place + head;
}

/// Appends the head of a frame and room for its payload of \a length bytes; returns where that goes.
char *appendFrame(QByteArray &out, char opcode, qsizetype length)
{
    const qsizetype start = out.size();
    const qsizetype head = headBytes(quint64(length));
    out.resize(start + head + length); // grows as append() does, and asks less
    return putHead(out.data() + start, opcode, head, length);
}

void copy(char *to, QByteArrayView bytes)
{
    if (!bytes.isEmpty())
        std::memcpy(to, bytes.data(), size_t(bytes.size()));
}

} // namespace

void appendTextFrame(QByteArray &out, QByteArrayView payload)
{
    copy(appendFrame(out, kText, payload.size()), payload);
}

qsizetype openTextFrame(QByteArray &out)
{
    const qsizetype start = out.size();
    out.resize(start + kUsualHead);
    return start;
}

void finishTextFrame(QByteArray &out, qsizetype start)
{
    const qsizetype length = out.size() - start - kUsualHead;
    const qsizetype head = headBytes(quint64(length));
    if (head > kUsualHead)
        out.insert(start, head - kUsualHead, '\0');
    else if (head < kUsualHead)
        out.remove(start, kUsualHead - head);
    putHead(out.data() + start, kText, head, length);
}

QByteArray closeFrame(CloseCode code, const QString &reason)
{
    QByteArray text = reason.toUtf8();
    if (text.size() > kControlMax - 2) {
        qsizetype end = kControlMax - 2;
        while (end > 0 && (static_cast<unsigned char>(text.at(end)) & 0xC0) == 0x80)
            --end;
        text.truncate(end);
    }
    QByteArray out;
    char *place = appendFrame(out, kClose, text.size() + 2);
    qToBigEndian(quint16(code), place);
    copy(place + 2, text);
    return out;
}

QByteArray pingFrame(QByteArrayView payload)
{
    const QByteArrayView taken = payload.first(qMin(payload.size(), kControlMax));
    QByteArray out;
    copy(appendFrame(out, kPing, taken.size()), taken);
    return out;
}

} // namespace Parlance
