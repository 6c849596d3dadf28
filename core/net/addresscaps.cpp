// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/addresscaps.h"

namespace Parlance {

QByteArray networkKey(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4); // true for v4-mapped addresses too
    if (isV4)
        return QByteArray(reinterpret_cast<const char *>(&v4), sizeof v4);
    const Q_IPV6ADDR v6 = address.toIPv6Address();
    return QByteArray(reinterpret_cast<const char *>(v6.c), 8);
}

bool AddressCaps::acquire(const QHostAddress &address)
{
    int &open = m_open[networkKey(address)];
    if (open >= m_perAddress)
        return false;
    ++open;
    return true;
}

void AddressCaps::release(const QHostAddress &address)
{
    const auto it = m_open.find(networkKey(address));
    if (it != m_open.end() && --*it == 0)
        m_open.erase(it);
}

} // namespace Parlance
