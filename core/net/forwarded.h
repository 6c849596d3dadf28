// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/netlimits.h"
#include "net/requesthead.h"

#include <QHostAddress>

namespace Parlance {

/// Whether \a address is in one of \a subnets.
bool isIn(const QHostAddress &address, const Subnets &subnets);

/// Who asks: \a peer, or where that is one of \a proxies the client that it asks for.
///
/// Of X-Forwarded-For, or Forwarded (RFC 7239), the addresses are read from the end, for each proxy appends
/// whom it has heard from: the first that is no proxy is the client, and whatever stands before it is only
/// what the client says. Something that is no address ends the reading. Where both fields are there and do
/// not agree, one of them came from the client, and neither is believed: then it is \a peer.
QHostAddress clientAddress(const RequestHead &head, const QHostAddress &peer, const Subnets &proxies);

} // namespace Parlance
