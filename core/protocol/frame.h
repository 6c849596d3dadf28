// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/closecode.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace Parlance {

// Server frames of RFC 6455 section 5.2: unmasked and never fragmented, so that one encoding serves
// every member of a room.

/// Appends one text frame around \a payload (UTF-8, up to 2^63-1 bytes).
void appendTextFrame(QByteArray &out, QByteArrayView payload);

/// Begins a text frame whose payload is to be appended behind it and whose size is not known yet. Returns where
/// it begins, for finishTextFrame().
qsizetype openTextFrame(QByteArray &out);
/// The payload is complete.
void finishTextFrame(QByteArray &out, qsizetype start);

inline QByteArray textFrame(QByteArrayView payload)
{
    QByteArray out;
    appendTextFrame(out, payload);
    return out;
}

/// A close frame; \a reason is cut at 123 bytes of UTF-8, between two characters.
QByteArray closeFrame(CloseCode code, const QString &reason);

/// A ping frame; \a payload at most 125 bytes.
QByteArray pingFrame(QByteArrayView payload = {});

} // namespace Parlance
