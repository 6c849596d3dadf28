// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>
#include <QStringView>

namespace Parlance {

// What the values of text settings must look like. Failures are ErrorCode::BadParameter; the detail reads on
// from the setting's name and never contains what may be a secret.

/// An address and a port to listen on.
struct Endpoint
{
    QString address; ///< an IP address, without brackets
    quint16 port = 0;
    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

/// `127.0.0.1:9100` or `[::1]:9100`; the port is 1 to 65535.
Result<Endpoint> parseEndpoint(const QString &text);

/// Whether \a address is an IP address of the machine itself: 127.0.0.0/8 or ::1.
bool isLoopbackAddress(const QString &address);

/// Canonical IPv4 or IPv6 addresses (with a scope where needed: fe80::1%eth0), each at most once.
Status checkAddresses(const QStringList &addresses);

/// `https://chat.example.org`, as browsers send it: lower case, no path, no slash at the end.
Status checkOrigins(const QStringList &origins);

/// DNS names in lower case, without port: `chat.example.org`.
Status checkHosts(const QStringList &hosts);

/// An address and how many of its first bits count.
struct Subnet
{
    QString address;
    int prefix = 0;
    friend bool operator==(const Subnet &, const Subnet &) = default;
};

/// `10.0.0.0/8` or `fd00::/8`; one address alone is a subnet of itself. No bit behind the prefix is set.
Result<Subnet> parseSubnet(const QString &text);

/// Each what parseSubnet() takes.
Status checkSubnets(const QStringList &subnets);

/// At most 64 characters, none of them a control character, no blank at either end.
Status checkServerName(const QString &name);

/// No control character, no blank at either end. Does not look at the disk.
Status checkPath(const QString &path);

/// Only `memory` passes in this version.
Status checkStorage(const QString &storage);

/// Empty, or what parseEndpoint() takes.
Status checkEndpoint(const QString &endpoint);

/// Empty, or 16 to 256 characters that can stand in an Authorization header.
Status checkToken(const QString &token);

} // namespace Parlance
