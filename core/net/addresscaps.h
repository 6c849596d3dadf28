// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QHostAddress>

#include <memory>

namespace Parlance {

/// The same for all addresses of one subscriber: an IPv4 address, mapped ones included, or an IPv6 /64.
QByteArray networkKey(const QHostAddress &address);

/// Counts open connections per IPv4 address or IPv6 /64, which is what one subscriber usually holds.
class AddressCaps
{
    using Table = QHash<QByteArray, int>;

public:
    /// One connection of an address, for as long as this is there. Empty when made by default.
    class Lease
    {
    public:
        Lease() = default;
        Lease(Lease &&other) noexcept = default;
        Lease &operator=(Lease &&other) noexcept
        {
            m_open.swap(other.m_open);
            m_key.swap(other.m_key);
            return *this;
        }
        ~Lease();

        explicit operator bool() const { return m_open != nullptr; }

    private:
        friend AddressCaps;
        Lease(std::shared_ptr<Table> open, QByteArray key) : m_open(std::move(open)), m_key(std::move(key)) {}

        std::shared_ptr<Table> m_open;
        QByteArray m_key;
    };

    explicit AddressCaps(int perAddress) : m_perAddress(perAddress), m_open(std::make_shared<Table>()) {}

    /// Empty when the address has as many as it may.
    Lease acquire(const QHostAddress &address);

private:
    int m_perAddress;
    std::shared_ptr<Table> m_open;
};

} // namespace Parlance
