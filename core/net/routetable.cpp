// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/routetable.h"

#include <QStringTokenizer>

namespace Parlance {

/// Takes no memory for a pattern that does not match: each request is held against all of them.
std::optional<QStringList> matchPattern(const QString &pattern, const QStringList &segments)
{
    QStringList arguments;
    qsizetype place = 0;
    for (const QStringView part : qTokenize(pattern, u'/', Qt::SkipEmptyParts)) {
        if (place == segments.size())
            return std::nullopt;
        const QString &segment = segments.at(place++);
        if (part.startsWith(u'{')) {
            if (segment.isEmpty())
                return std::nullopt;
            arguments.append(segment);
        } else if (part != segment) {
            return std::nullopt;
        }
    }
    if (place != segments.size())
        return std::nullopt;
    return arguments;
}

void RouteTable::add(const QByteArray &method, const QString &pattern, RoutePreparation prepare, RouteHandler handler)
{
    add(method, pattern, std::move(handler));
    m_routes.last().prepare = std::move(prepare);
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
