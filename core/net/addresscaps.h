// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QHostAddress>

namespace Parlance {

/// The same for all addresses of one subscriber: an IPv4 address, mapped ones included, or an IPv6 /64.
QByteArray networkKey(const QHostAddress &address);

/// Counts open connections per IPv4 address or IPv6 /64, which is what one subscriber usually holds.
class AddressCaps
{
public:
    explicit AddressCaps(int perAddress) : m_perAddress(perAddress) {}

    /// False when the address has as many as it may.
    bool acquire(const QHostAddress &address);
    void release(const QHostAddress &address);

private:
    int m_perAddress;
    QHash<QByteArray, int> m_open;
};

} // namespace Parlance
