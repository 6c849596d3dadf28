// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace Parlance::Fuzz {

/// A whole message or a control frame, and where in the stream its last byte stands.
struct ReferenceMessage
{
    int opcode = 0;
    QByteArray payload;
    qsizetype end = 0; ///< bytes of the stream up to and with it
};

struct ReferenceStream
{
    enum Fault { None, Protocol, TooLarge } fault = None;
    qsizetype faultAt = 0; ///< bytes of the stream that are needed to see the fault
    QList<ReferenceMessage> messages; ///< before the fault, in order
};

/// Reads the frames of a client (RFC 6455 section 5), all bytes at once and without regard to cost.
/// \a maxMessage: bytes of one message.
ReferenceStream referenceStream(const QByteArray &bytes, qint64 maxMessage);

/// One frame of a server or of a client as it stands at the start of \a bytes, any opcode and no rules but
/// the form of the length; size 0 where it is not complete.
struct BareFrame
{
    int first = 0; ///< the first byte: FIN, reserved bits, opcode
    bool isMasked = false;
    QByteArray payload;
    qsizetype size = 0; ///< bytes of the frame
    qsizetype headSize = 0;
};
BareFrame bareFrame(const QByteArray &bytes, qsizetype at);

} // namespace Parlance::Fuzz
