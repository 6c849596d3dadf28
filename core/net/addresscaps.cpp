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

AddressCaps::Lease AddressCaps::acquire(const QHostAddress &address)
{
    const QByteArray key = networkKey(address);
    if (m_open->value(key) >= m_perAddress)
        return {};
    ++(*m_open)[key];
    return Lease(m_open, key);
}

AddressCaps::Lease::~Lease()
{
    if (!m_open)
        return;
    const auto it = m_open->find(m_key);
    if (--*it == 0)
        m_open->erase(it);
}

} // namespace Parlance
