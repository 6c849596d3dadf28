// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/requesthead.h"

#include <QByteArrayView>
#include <QStringList>

namespace Parlance {

/// The name in a Host field: without port, brackets and a closing dot, in lower case.
QString hostName(QByteArrayView field);

/// Whether \a name can only mean this server, so that no page of somebody else's can be behind it: an IP
/// address, a name that the public DNS does not have (a single label, .local, .localhost, .home.arpa, .lan,
/// .internal), none at all, or one of \a known, which are in lower case.
///
/// A page whose own DNS name is turned to this server's address (DNS rebinding) is of the same origin for a
/// browser, and could read all. What it cannot do is to send another Host than that name.
bool isOwnHost(const QString &name, const QStringList &known);

/// Whether a browser sent \a head, as far as a page in it cannot prevent that this is seen. On plain HTTP a
/// same-origin GET carries neither Origin nor Sec-Fetch-Site, so those alone would not tell.
bool isFromBrowser(const RequestHead &head);

} // namespace Parlance
