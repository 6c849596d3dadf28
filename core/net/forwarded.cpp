// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/forwarded.h"

#include <algorithm>

namespace Parlance {

namespace {

/// The address in 192.0.2.1, 192.0.2.1:80, 2001:db8::1 or [2001:db8::1]:80; null for all else.
QHostAddress parseNode(QByteArray text)
{
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        text = end < 0 ? QByteArray() : text.sliced(1, end - 1);
    } else if (text.count(':') == 1) {
        text.truncate(text.indexOf(':'));
    }
    const QHostAddress address(QString::fromLatin1(text));
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (!isV4)
        return address;
    // 127.1 and the like read as something else than they are; a mapped address is the one it maps.
    const QHostAddress plain(v4);
    return text.contains(':') || plain.toString().toLatin1() == text ? plain : QHostAddress();
}

/// The nodes of the `for` parameters, in order; an element without one is an empty text.
QList<QByteArray> forwardedNodes(const RequestHead &head)
{
    QList<QByteArray> nodes;
    for (const QByteArray &element : head.list("Forwarded")) {
        QByteArray node;
        for (const QByteArray &pair : element.split(';')) {
            const QByteArray clean = pair.trimmed();
            if (clean.left(4).toLower() == "for=")
                node = clean.mid(4);
        }
        if (node.size() >= 2 && node.startsWith('"') && node.endsWith('"'))
            node = node.sliced(1, node.size() - 2);
        nodes.append(node);
    }
    return nodes;
}

QHostAddress walk(const QList<QByteArray> &nodes, const QHostAddress &peer, const Subnets &proxies)
{
    QHostAddress client = peer;
    for (auto node = nodes.crbegin(); node != nodes.crend() && isIn(client, proxies); ++node) {
        const QHostAddress address = parseNode(*node);
        if (address.isNull())
            break;
        client = address;
    }
    return client;
}

} // namespace

bool isIn(const QHostAddress &address, const Subnets &subnets)
{
    return std::any_of(subnets.begin(), subnets.end(),
                       [&address](const auto &subnet) { return address.isInSubnet(subnet); });
}

QHostAddress clientAddress(const RequestHead &head, const QHostAddress &peer, const Subnets &proxies)
{
    if (!isIn(peer, proxies))
        return peer;
    const bool hasOld = head.hasField("X-Forwarded-For");
    const bool hasNew = head.hasField("Forwarded");
    const QHostAddress byOld = hasOld ? walk(head.list("X-Forwarded-For"), peer, proxies) : peer;
    const QHostAddress byNew = hasNew ? walk(forwardedNodes(head), peer, proxies) : peer;
    if (hasOld && hasNew)
        return byOld == byNew ? byOld : peer;
    return hasOld ? byOld : byNew;
}

} // namespace Parlance
