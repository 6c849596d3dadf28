// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/config.h"

#include <QHostAddress>
#include <QList>
#include <QStringList>

namespace Parlance {

/// What to listen on: the configured addresses, or all of IPv4 and IPv6.
QList<QHostAddress> listenAddresses(const Config &config);

/// The URLs of the page, one per address that can be reached: those of other hosts' use first, IPv4 before
/// IPv6, loopback last. Link-local IPv6 addresses are left out, since a URL cannot name their interface.
QStringList pageUrls(const Config &config, quint16 port);

} // namespace Parlance
