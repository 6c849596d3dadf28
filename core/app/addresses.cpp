// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/addresses.h"

#include <QNetworkInterface>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

bool isV4(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv4Protocol;
}

/// The concrete addresses behind "all".
QList<QHostAddress> expand(const QHostAddress &address)
{
    const bool any = address == QHostAddress(QHostAddress::Any);
    const bool any4 = address == QHostAddress(QHostAddress::AnyIPv4);
    const bool any6 = address == QHostAddress(QHostAddress::AnyIPv6);
    if (!any && !any4 && !any6)
        return {address};
    QList<QHostAddress> found;
    const QList<QHostAddress> local = QNetworkInterface::allAddresses();
    for (const QHostAddress &candidate : local) {
        const bool wanted = any || (any4 && isV4(candidate)) || (any6 && !isV4(candidate));
        if (wanted && !candidate.isLinkLocal())
            found.append(candidate);
    }
    return found;
}

int rank(const QHostAddress &address)
{
    return (address.isLoopback() ? 2 : 0) + (isV4(address) ? 0 : 1);
}

} // namespace

QList<QHostAddress> listenAddresses(const Config &config)
{
    if (config.listen.isEmpty())
        return {QHostAddress(QHostAddress::Any)};
    QList<QHostAddress> addresses;
    for (const QString &text : config.listen)
        addresses.append(QHostAddress(text));
    return addresses;
}

QStringList pageUrls(const Config &config, quint16 port)
{
    QList<QHostAddress> addresses;
    for (const QHostAddress &listened : listenAddresses(config)) {
        for (const QHostAddress &address : expand(listened)) {
            if (!addresses.contains(address))
                addresses.append(address);
        }
    }
    std::stable_sort(addresses.begin(), addresses.end(),
                     [](const QHostAddress &a, const QHostAddress &b) { return rank(a) < rank(b); });
    QStringList urls;
    for (const QHostAddress &address : std::as_const(addresses)) {
        const QString host = isV4(address) ? address.toString() : u'[' + address.toString() + u']';
        urls.append(u"http://%1:%2"_s.arg(host).arg(port));
    }
    return urls;
}

} // namespace Parlance
