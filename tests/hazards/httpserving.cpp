// SPDX-License-Identifier: GPL-3.0-or-later
// How QHttpServer answers.
#include "hazardbytes.h"
#include "probe.h"
#include "support/rawclient.h"

#include <QBuffer>
#include <QHttpServer>
#include <QHttpServerResponse>
#include <QPromise>
#include <QTcpServer>
#include <QTimer>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

namespace {

using Method = QHttpServerRequest::Method;

struct Server
{
    QHttpServer http;
    QTcpServer *tcp = new QTcpServer;

    Server()
    {
        tcp->listen(QHostAddress(QHostAddress::LocalHost));
        http.bind(tcp);
        http.route(u"/"_s, [] { return u"hello"_s; });
    }
};

QString firstLine(const RawClient &client)
{
    return QString::fromLatin1(client.received().left(client.received().indexOf('\r')));
}

Finding closeIgnored()
{
    Server server;
    RawClient client(server.tcp->serverPort());
    client.send(Hazard::get("/", "Connection: close\r\n"));
    RawClient old(server.tcp->serverPort());
    old.send("GET / HTTP/1.0\r\n\r\n");
    until([&client, &old] { return client.received().contains("hello") && old.received().contains("hello"); });
    until([&client, &old] { return client.isEnded() && old.isEnded(); }, 3s);
    return finding(!client.isEnded() || !old.isEnded(), u"3 s after the answer the connection is %1 after Connection: close, %2 after HTTP/1.0"_s
                       .arg(client.isEnded() ? u"closed"_s : u"open"_s, old.isEnded() ? u"closed"_s : u"open"_s));
}

Finding bodyOfHead()
{
    Server server;
    RawClient head(server.tcp->serverPort());
    head.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    RawClient options(server.tcp->serverPort());
    options.send("OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n");
    RawClient trace(server.tcp->serverPort());
    trace.send("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n");
    until([&] { return !head.received().isEmpty() && !options.received().isEmpty() && !trace.received().isEmpty(); }, 3s);
    linger(200ms);
    const bool hasBody = head.received().endsWith("hello");
    return finding(hasBody, u"HEAD is answered %1 a body; OPTIONS: %2; TRACE: %3"_s
                       .arg(hasBody ? u"with"_s : u"without"_s, firstLine(options), trace.received().isEmpty() ? u"closed"_s : firstLine(trace)));
}

/// The client leaves before the future is finished.
Finding futureOutlivesTheClient()
{
    Server server;
    auto promise = std::make_shared<QPromise<QHttpServerResponse>>();
    promise->start();
    bool asked = false;
    server.http.route(u"/slow"_s, [promise, &asked] {
        asked = true;
        return promise->future();
    });
    {
        RawClient client(server.tcp->serverPort());
        client.send(Hazard::get("/slow"));
        until([&asked] { return asked; });
        client.reset();
    }
    linger(500ms); // Qt deletes the socket
    promise->addResult(QHttpServerResponse(u"late"_s));
    promise->finish();
    linger(500ms);
    return finding(false, u"the answer was dropped"_s);
}

Finding wholeFileInMemory()
{
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    constexpr qint64 size = 64 * 1024 * 1024;
    Server server;
    server.http.route(u"/file"_s, [](QHttpServerResponder &&responder) {
        auto *file = new QBuffer;
        file->setData(QByteArray(size, 'x'));
        file->open(QIODevice::ReadOnly);
        responder.write(file, "application/octet-stream");
    });
    RawClient::Options options;
    options.receiveBuffer = 8192;
    RawClient client(server.tcp->serverPort(), options);
    client.stopReading();
    const qint64 before = residentBytes();
    client.send(Hazard::get("/file"));
    const bool grew = until([before] { return residentBytes() - before > size + size / 2; }, 10s);
    return finding(grew, u"a reader that has stopped: the file of 64 MiB and what waits for it take %1 MiB"_s.arg(
                       (residentBytes() - before) / 1024 / 1024));
#else
    return {Verdict::NotHere, u"the probe is written for the API before 6.8"_s};
#endif
}

Finding splitResponse()
{
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    Server server;
    server.http.route(u"/split"_s, [] {
        QHttpServerResponse response(u"hello"_s);
        response.addHeader(QByteArray("X-Name"), QByteArray("a\r\nX-Injected: b"));
        return response;
    });
    RawClient client(server.tcp->serverPort());
    client.send(Hazard::get("/split"));
    until([&client] { return client.received().contains("hello"); });
    return finding(client.received().contains("\r\nX-Injected: b\r\n"), u"a value with CR LF becomes a field of its own"_s);
#else
    return {Verdict::NotHere, u"the probe is written for the API before 6.8"_s};
#endif
}

Finding sniffedType()
{
    Server server;
    server.http.route(u"/text"_s, [] { return QHttpServerResponse(QByteArray("<html><script>alert(1)</script>")); });
    RawClient client(server.tcp->serverPort());
    client.send(Hazard::get("/text"));
    until([&client] { return client.received().contains("alert"); });
    const QByteArray lower = client.received().toLower();
    return finding(lower.contains("text/html"), u"a body that begins with <html> is sent as text/html"_s);
}

Finding throwingHandler()
{
    Server server;
    server.http.route(u"/throw"_s, []() -> QString { throw std::runtime_error("a handler's mistake"); });
    RawClient client(server.tcp->serverPort());
    client.send(Hazard::get("/throw"));
    until([&client] { return !client.received().isEmpty() || client.isEnded(); }, 3s);
    return finding(false, u"the process lives, the answer is: "_s + firstLine(client));
}

Finding handlerBeforeUpgrade()
{
    Server server;
    int runs = 0;
    server.http.route(u"/ws"_s, [&runs] { return u"handler %1"_s.arg(++runs); });
    QObject::connect(&server.http, &QHttpServer::newWebSocketConnection, &server.http, [] {});
    RawClient client(server.tcp->serverPort());
    client.send(Hazard::upgrade("/ws"));
    until([&client] { return client.received().contains(" 101 "); }, 2s);
    return finding(runs > 0, u"the route's handler ran %1 times for an upgrade; the client read: %2"_s.arg(runs).arg(firstLine(client)));
}

} // namespace

std::vector<Probe> httpServingProbes()
{
    return {
        {"H10", "Connection: close and HTTP/1.0 are ignored", closeIgnored},
        {"H11", "HEAD is answered with a body; OPTIONS runs the handler", bodyOfHead},
        {"H15", "QFuture route: a freed socket is used when the client leaves first", futureOutlivesTheClient, true},
        {"H17", "a file is read whole into the memory for a slow reader", wholeFileInMemory},
        {"H18", "an upgrade runs the route's handler first", handlerBeforeUpgrade},
        {"H20", "CR LF in a header value splits the response", splitResponse},
        {"H21", "Content-Type is guessed from the body", sniffedType},
        {"H22", "an exception in a handler ends the process", throwingHandler, true},
    };
}

} // namespace Parlance
