// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/requesthead.h"

namespace Parlance {

/// The token of `Authorization: Bearer …` (RFC 6750 section 2.1); empty where there is none.
inline QByteArray bearerToken(const RequestHead &head)
{
    const QByteArray given = head.field("Authorization");
    return given.left(7).toLower() == "bearer " ? given.mid(7).trimmed() : QByteArray();
}

} // namespace Parlance
