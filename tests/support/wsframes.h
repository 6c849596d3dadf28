// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace Parlance {

/// What a client puts on the wire, right or wrong (RFC 6455 section 5.2).
struct WsFrame
{
    int opcode = 1;
    QByteArray payload;
    bool final = true;
    bool masked = true;
    int reserved = 0; ///< the three RSV bits
};

QByteArray toBytes(const WsFrame &frame);
/// A masked text frame.
QByteArray wsText(const QByteArray &payload);
QByteArray wsClose(quint16 code);

/// A good upgrade; \a fields are further header lines, each with its CR LF.
QByteArray upgradeHead(const QByteArray &path, const QByteArray &fields = {});
/// The one that asks for parlance.v1.
inline constexpr char kParlance[] = "Sec-WebSocket-Protocol: parlance.v1\r\n";

/// The frames in what a server sent behind its 101, read by the letter: final, unmasked, shortest length.
struct WsFrames
{
    QList<WsFrame> list;
    QByteArray rest;
    QString fault;

    /// The JSON objects of the text frames.
    QList<QJsonObject> events() const;
    /// The code of the close frame; 0: there is none.
    int closeCode() const;
};

/// \a bytes begin with the first frame.
WsFrames readFrames(const QByteArray &bytes);
/// The same behind the head of a 101; a fault where there is none.
WsFrames framesAfterUpgrade(const QByteArray &bytes);

} // namespace Parlance
