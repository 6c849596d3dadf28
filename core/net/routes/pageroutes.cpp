// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/routes/pageroutes.h"

#include "net/routetable.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

QByteArray mimeOf(const QString &name)
{
    if (name.endsWith(u".html"))
        return "text/html; charset=utf-8";
    if (name.endsWith(u".css"))
        return "text/css; charset=utf-8";
    if (name.endsWith(u".js") || name.endsWith(u".mjs"))
        return "text/javascript; charset=utf-8";
    if (name.endsWith(u".svg"))
        return "image/svg+xml";
    if (name.endsWith(u".png"))
        return "image/png";
    if (name.endsWith(u".webmanifest"))
        return "application/manifest+json";
    if (name.endsWith(u".json"))
        return "application/json";
    return "application/octet-stream";
}

constexpr char kPagePolicy[] = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' blob:; "
                               "style-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
                               "form-action 'none'";

/// Whether the browser has it already (RFC 9110 section 13.1.2). A proxy that compresses makes the tag weak.
bool isKnown(const RequestHead &head, const QByteArray &etag)
{
    const QList<QByteArray> known = head.list("If-None-Match");
    return known.contains(etag) || known.contains("W/" + etag) || known.contains("*");
}

/// One file of the program, answered with an ETag so that a browser asks but need not load again.
RouteHandler fileRoute(const QString &resource)
{
    QFile file(resource);
    const QByteArray body = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    const QByteArray etag = '"' + QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex().left(32) + '"';
    const QByteArray mime = mimeOf(resource);
    return [body, etag, mime](const HttpRequest &request, const QStringList &) {
        const QList<HeaderField> fields {
            {"Cache-Control", "no-cache"}, {"ETag", etag}, {"Content-Security-Policy", kPagePolicy}};
        if (isKnown(request.head, etag))
            return HttpReply {304, mime, {}, fields};
        return HttpReply {200, mime, body, fields};
    };
}

} // namespace

void addPageRoutes(RouteTable &routes)
{
    const QString root = u":/web"_s;
    routes.get(u"/"_s, fileRoute(root + "/index.html"_L1));
    routes.get(u"/docs"_s, fileRoute(root + "/docs.html"_L1));
    routes.get(u"/openapi.json"_s, fileRoute(u":/openapi.json"_s));
    QDirIterator files(root, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString resource = files.next();
        if (!resource.endsWith(u".html"))
            routes.asset(resource.mid(root.size()), fileRoute(resource));
    }
}

} // namespace Parlance
