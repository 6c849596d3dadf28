// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpgateway.h"

#include "base/incident.h"
#include "base/logging.h"
#include "net/listener.h"
#include "net/virtualsocket.h"

#include <QHttpServerRequest>
#include <QHttpServerResponse>
#include <QRegularExpression>
#include <QScopedValueRollback>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

using Method = QHttpServerRequest::Method;

Method methodOf(const QByteArray &name)
{
    if (name == "POST")
        return Method::Post;
    if (name == "PUT")
        return Method::Put;
    if (name == "DELETE")
        return Method::Delete;
    if (name == "PATCH")
        return Method::Patch;
    return Method::Get;
}

/// The request as Qt may see it: one line, one Host, no field that could change how it is read.
QByteArray canonicalRequest(const HttpRequest &request)
{
    const QByteArray method = request.head.method == "HEAD" ? QByteArray("GET") : request.head.method;
    QByteArray text = method + ' ' + request.head.canonicalPath() + " HTTP/1.1\r\nHost: parlance\r\n";
    if (!request.body.isEmpty())
        text += "Content-Length: " + QByteArray::number(request.body.size()) + "\r\n";
    return text + "\r\n" + request.body;
}

} // namespace

HttpGateway::HttpGateway(const RouteTable &routes) : m_routes(routes)
{
    for (const Route &route : routes.routes())
        registerRoute(route);
}

HttpGateway::~HttpGateway() = default;

void HttpGateway::attach(Listener &listener)
{
    m_listener = &listener;
    QObject *owner = listener.parent();
    m_server.bind(&listener);
    listener.setParent(owner); // bind() adopts it, but it is the front door's
}

void HttpGateway::registerRoute(const Route &route)
{
    static const QRegularExpression variable(u"\\{[^}]*\\}"_s);
    QString pattern = route.pattern;
    const auto code = [this, entry = &route]() {
        m_reply = run(*entry, *m_request);
        // Qt carries the essence; what else the reply has is added when it comes back out of the socket.
        return QHttpServerResponse(m_reply->mime, m_reply->body, QHttpServerResponse::StatusCode(m_reply->status));
    };
    const qsizetype variables = pattern.count(variable);
    pattern.replace(variable, u"<arg>"_s);
    const Method method = methodOf(route.method);
    switch (variables) { // Qt wants as many arguments
    case 0: m_server.route(pattern, method, code); break;
    case 1: m_server.route(pattern, method, [code](const QString &) { return code(); }); break;
    case 2: m_server.route(pattern, method, [code](const QString &, const QString &) { return code(); }); break;
    default:
        Q_ASSERT(variables == 3);
        m_server.route(pattern, method, [code](const QString &, const QString &, const QString &) { return code(); });
    }
}

/// The arguments are taken from the proven path, so that no other decoding of it has a say.
HttpReply HttpGateway::run(const Route &route, const HttpRequest &request)
{
    try {
        return route.handler(request, matchPattern(route.pattern, request.head.segments).value_or(QStringList()));
    } catch (...) {
        return errorReply(reportIncident(lcNet(), "a route"));
    }
}

const Route *HttpGateway::find(const HttpRequest &request) const
{
    const QByteArray method = request.head.method == "HEAD" ? QByteArray("GET") : request.head.method;
    for (const Route &route : m_routes.routes()) {
        if (route.method == method && matchPattern(route.pattern, request.head.segments))
            return &route;
    }
    return nullptr;
}

bool HttpGateway::prepare(const HttpRequest &request, const Ready &ready)
{
    const Route *route = find(request);
    if (!route || !route->prepare)
        return false;
    try {
        return route->prepare(request, matchPattern(route->pattern, request.head.segments).value_or(QStringList()),
                              ready);
    } catch (...) {
        reportIncident(lcNet(), "a route");
        return false; // its handler answers that nothing was found for it
    }
}

QByteArray HttpGateway::handle(const HttpRequest &request)
{
    const HttpReply reply = dispatch(request);
    return serialise(reply, request.head.keepAlive, request.head.method != "HEAD");
}

HttpReply HttpGateway::dispatch(const HttpRequest &request)
{
    const QList<QByteArray> allowed = m_routes.methods(request.head.segments);
    if (allowed.isEmpty())
        return errorReply(Error {ErrorCode::NotFound, u"there is nothing at this path"_s});
    if (request.head.method == "OPTIONS")
        return {204, {}, {}, {{"Allow", allowed.join(", ") + ", OPTIONS"}}};
    if (!allowed.contains(request.head.method)) {
        HttpReply reply = errorReply(
            Error {ErrorCode::MethodNotAllowed, u"this path does not know the method"_s});
        reply.fields.append({"Allow", allowed.join(", ") + ", OPTIONS"});
        return reply;
    }

    // Qt takes nothing from a listener that is closed; a request that had begun before is still answered.
    return m_listener->isListening() ? viaQt(request) : run(*find(request), request);
}

HttpReply HttpGateway::viaQt(const HttpRequest &request)
{
    const QScopedValueRollback current(m_request, &request);
    m_reply.reset();
    auto *socket = new VirtualSocket(request.peer);
    m_listener->addPendingConnection(socket);
    socket->feed(canonicalRequest(request));
    const QByteArray answer = socket->takeOutput();
    socket->disconnectPeer(); // QHttpServer deletes the socket with its own connection state
    if (!m_reply || !answer.startsWith("HTTP/1.1 " + QByteArray::number(m_reply->status)))
        return errorReply(Error {ErrorCode::Internal, u"the request was not answered"_s});
    return *std::exchange(m_reply, {});
}

} // namespace Parlance
