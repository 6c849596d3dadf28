// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/routetable.h"

namespace Parlance {

namespace {

QStringList splitPattern(const QString &pattern)
{
    return pattern.split(u'/', Qt::SkipEmptyParts);
}

} // namespace

std::optional<QStringList> matchPattern(const QString &pattern, const QStringList &segments)
{
    const QStringList parts = splitPattern(pattern);
    if (parts.size() != segments.size())
        return std::nullopt;
    QStringList arguments;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (parts.at(i).startsWith(u'{')) {
            if (segments.at(i).isEmpty())
                return std::nullopt;
            arguments.append(segments.at(i));
        } else if (parts.at(i) != segments.at(i)) {
            return std::nullopt;
        }
    }
    return arguments;
}

void RouteTable::add(const QByteArray &method, const QString &pattern, RouteHandler handler)
{
    m_routes.append({method, pattern, std::move(handler)});
}

QList<QByteArray> RouteTable::methods(const QStringList &segments) const
{
    QList<QByteArray> found;
    for (const Route &route : m_routes) {
        if (!matchPattern(route.pattern, segments))
            continue;
        found.append(route.method);
        if (route.method == "GET")
            found.append("HEAD");
    }
    return found;
}

} // namespace Parlance
