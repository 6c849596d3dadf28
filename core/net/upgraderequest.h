// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/names.h"
#include "net/netlimits.h"
#include "net/requesthead.h"

#include <QString>

#include <variant>

namespace Parlance {

/// What a proven WebSocket upgrade asks for.
struct UpgradeRequest
{
    QByteArray key; ///< Sec-WebSocket-Key
    bool isParlance = false; ///< offers the subprotocol parlance.v1
    QString room; ///< as it stands in the path, not checked
    QString name;
    quint64 since = 0;
    QString epoch; ///< empty: no resume
    QString resumeToken; ///< empty: none, or not of the form of one
    QString agent; ///< User-Agent, cut at 200 characters
};

/// An HTTP answer instead of the upgrade.
struct UpgradeRefusal
{
    int status = 400;
    Error error;
    QList<HeaderField> fields = {};
};

/// Checks what RFC 6455 section 4.2.1 and the contract demand of \a head.
///
/// Refused: another method than GET, another version than 13 (426), a key that is not 16 bytes of base64,
/// an Origin that is neither the Host's nor in \a origins (403), a path that is not /ws/{room}/{username}
/// (404), a token in the query, a since that is no number.
std::variant<UpgradeRequest, UpgradeRefusal> readUpgrade(const RequestHead &head, const QStringList &origins);

/// The head that Qt may see, for a handshake that is already proven. \a id comes back as the path.
QByteArray canonicalUpgrade(const UpgradeRequest &request, quint64 id);

} // namespace Parlance
