// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Parlance {

/// A client's frame in which every field of RFC 6455 section 5.2 is the test's own, right or wrong.
struct RawFrame
{
    /// How the length is written.
    enum class Length { Shortest, In7Bits, In16Bits, In64Bits };

    int opcode = 1;
    QByteArray payload;
    bool final = true;
    int reserved = 0; ///< the three RSV bits
    QByteArray mask = "\x12\x34\x56\x78"; ///< four bytes; empty: not masked
    Length length = Length::Shortest;
    quint64 claims = ~quint64(0); ///< the length to write instead of the payload's
};

QByteArray toBytes(const RawFrame &frame);

/// A masked frame as it should be.
QByteArray frame(int opcode, const QByteArray &payload, bool final = true);
/// A close with \a code, and \a reason as it is.
QByteArray closeWith(quint16 code, const QByteArray &reason = {});

/// A chat message of \a content; blanks behind the JSON make it \a size bytes long (0: as long as it is).
QByteArray chat(const QByteArray &content, qsizetype size = 0);

} // namespace Parlance
