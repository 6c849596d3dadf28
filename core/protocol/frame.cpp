// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/frame.h"

#include <QtEndian>

#include <array>

namespace Parlance {

namespace {

constexpr char kFinal = char(0x80);
constexpr char kText = 0x1;
constexpr char kClose = 0x8;
constexpr char kPing = 0x9;
constexpr qsizetype kControlMax = 125;

void appendHead(QByteArray &out, char opcode, quint64 length)
{
    std::array<char, 10> head;
    head[0] = char(kFinal | opcode);
    qsizetype size = 2;
    if (length < 126) {
        head[1] = char(length);
    } else if (length <= 0xFFFF) {
        head[1] = 126;
        qToBigEndian(quint16(length), &head[2]);
        size = 4;
    } else {
        head[1] = 127;
        qToBigEndian(length, &head[2]);
        size = 10;
    }
    out.append(head.data(), size);
}

} // namespace

void appendTextFrame(QByteArray &out, QByteArrayView payload)
{
    appendHead(out, kText, quint64(payload.size()));
    out.append(payload);
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
    appendHead(out, kClose, quint64(text.size() + 2));
    std::array<char, 2> number;
    qToBigEndian(quint16(code), number.data());
    out.append(number.data(), 2);
    out.append(text);
    return out;
}

QByteArray pingFrame(QByteArrayView payload)
{
    QByteArray out;
    appendHead(out, kPing, quint64(qMin(payload.size(), kControlMax)));
    out.append(payload.first(qMin(payload.size(), kControlMax)));
    return out;
}

} // namespace Parlance
