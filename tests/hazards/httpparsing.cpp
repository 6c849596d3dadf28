// SPDX-License-Identifier: GPL-3.0-or-later
// How QHttpServer reads requests.
#include "hazardbytes.h"
#include "probe.h"
#include "support/rawclient.h"

#include <QHttpServer>
#include <QHttpServerResponse>
#include <QTcpServer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

namespace {

constexpr qsizetype kMegabyte = 1024 * 1024;

/// A server that notes what it was asked for.
struct Server
{
    QHttpServer http;
    QTcpServer *tcp = new QTcpServer;
    QStringList asked;

    Server()
    {
        using Method = QHttpServerRequest::Method;
        tcp->listen(QHostAddress(QHostAddress::LocalHost));
        http.bind(tcp);
        for (const char *path : {"/", "/smuggled"}) {
            const QString name = QString::fromLatin1(path);
            http.route(name, Method::Get, [this, name] { return note(name); });
        }
        http.route(u"/body"_s, Method::Post,
                   [this](const QHttpServerRequest &request) { return note(u"/body %1"_s.arg(request.body().size())); });
        http.route(u"/echo/<arg>"_s, Method::Get, [this](const QString &text) { return note(u"/echo "_s + text); });
        http.route(u"/admin"_s, Method::Get, [this] { return note(u"/admin"_s); });
    }

    QString note(const QString &what)
    {
        asked.append(what);
        return what;
    }
    QString log() const { return asked.isEmpty() ? u"nothing"_s : asked.join(u" then "_s); }
};

Finding smuggles(const QByteArray &request)
{
    Server server;
    RawClient client(server.tcp->serverPort());
    client.send(request);
    until([&server] { return server.asked.contains(u"/smuggled"_s); }, 2s);
    return finding(server.asked.contains(u"/smuggled"_s), u"one request was sent, handlers ran for: "_s + server.log());
}

Finding endlessHead()
{
    Server server;
    const qint64 before = residentBytes();
    RawClient client(server.tcp->serverPort());
    client.send("GET /" + QByteArray(4 * kMegabyte, 'a'));
    until([&client] { return client.isEnded() || client.unsentBytes() == 0; }, 20s);
    linger(1s);
    return finding(!client.isEnded() && client.unsentBytes() == 0,
                   u"a request line of 4 MiB without an end was taken, the connection is open, memory grew by %1 MiB"_s.arg(
                       (residentBytes() - before) / kMegabyte));
}

Finding noTimeout()
{
    Server server;
    RawClient head(server.tcp->serverPort());
    head.send("GET / HTTP/1.1\r\nHost: a\r\n");
    RawClient body(server.tcp->serverPort());
    body.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    RawClient idle(server.tcp->serverPort());
    linger(20s);
    const int open = int(!head.isEnded()) + int(!body.isEnded()) + int(!idle.isEnded());
    return finding(open == 3, u"after 20 s of silence %1 of 3 are open: half a head, half a body, nothing at all"_s.arg(open));
}

qint64 microsecondsFor(int chunks)
{
    Server server;
    RawClient client(server.tcp->serverPort());
    const auto before = cpuTime();
    client.send(Hazard::tinyChunks(chunks));
    until([&server] { return !server.asked.isEmpty(); }, 25s);
    return server.asked.isEmpty() ? -1 : (cpuTime() - before).count();
}

Finding chunkCost()
{
    const qint64 small = microsecondsFor(250'000);
    const qint64 large = microsecondsFor(1'000'000);
    if (small <= 0)
        return {Verdict::NotHere, u"250,000 chunks of one byte were not read in 25 s"_s};
    if (large < 0)
        return finding(true, u"250,000 chunks of one byte take %1 ms of CPU, 1,000,000 more than 25 s"_s.arg(small / 1000));
    return finding(large > 8 * small, u"250,000 chunks of one byte take %1 ms of CPU, 1,000,000 take %2 ms (4 times as many: %3 times the CPU)"_s
                       .arg(small / 1000).arg(large / 1000).arg(double(large) / double(small), 0, 'f', 1));
}

Finding unlimitedBody()
{
    Server server;
    const qint64 before = residentBytes();
    RawClient client(server.tcp->serverPort());
    client.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray::number(64 * kMegabyte) + "\r\n\r\n"
                + QByteArray(64 * kMegabyte, 'x'));
    const bool taken = until([&server] { return !server.asked.isEmpty(); }, 30s);
    linger(500ms);
    return finding(taken, u"a body of 64 MiB was taken; with the connection idle afterwards the process is %1 MiB larger"_s.arg(
                       (residentBytes() - before) / kMegabyte));
}

Finding noContinue()
{
    Server server;
    RawClient client(server.tcp->serverPort());
    client.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    const bool answered = until([&client] { return !client.received().isEmpty(); }, 3s);
    return finding(!answered, answered ? u"answered"_s : u"no 100 Continue within 3 s"_s);
}

Finding silentRefusal()
{
    Server server;
    RawClient client(server.tcp->serverPort());
    client.send("this is no HTTP\r\n\r\n");
    until([&client] { return client.isEnded() || !client.received().isEmpty(); }, 3s);
    return finding(client.isEnded() && client.received().isEmpty(),
                   client.received().isEmpty() ? u"closed without a word"_s : QString::fromLatin1(client.received().left(60)).simplified());
}

Finding laxHead()
{
    QStringList taken;
    const QList<std::pair<QString, QByteArray>> heads {
        {u"no Host"_s, "GET / HTTP/1.1\r\n\r\n"},
        {u"two Hosts"_s, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
        {u"HTTPx9y9"_s, "GET / HTTPx9y9\r\nHost: a\r\n\r\n"},
        {u"bare LF"_s, "GET / HTTP/1.1\nHost: a\n\n"},
        {u"blank before the colon"_s, "GET / HTTP/1.1\r\nHost : a\r\n\r\n"},
    };
    for (const auto &[name, head] : heads) {
        Server server;
        RawClient client(server.tcp->serverPort());
        client.send(head);
        if (until([&server] { return !server.asked.isEmpty(); }, 1s))
            taken.append(name);
    }
    return finding(!taken.isEmpty(), u"answered as good requests: "_s + taken.join(u", "_s));
}

Finding decodedPaths()
{
    QStringList seen;
    const auto asks = [&seen](const QByteArray &target, const QString &handler) {
        Server server;
        RawClient client(server.tcp->serverPort());
        client.send(Hazard::get(target));
        until([&client] { return !client.received().isEmpty(); }, 1s);
        const QString asked = server.asked.value(0);
        const bool reached = asked.startsWith(handler);
        if (reached)
            seen.append(QString::fromLatin1(target) + u" reaches "_s
                        + QString::fromLatin1(asked.toUtf8().toPercentEncoding("/ .")));
        return reached;
    };
    asks("/echo/%2e%2e", u"/echo"_s);
    asks("/echo/..%5c..", u"/echo"_s);
    asks("/echo/a%00b", u"/echo"_s);
    asks("/echo/a%0d%0ab", u"/echo"_s);
    asks("/admin%0A", u"/admin"_s);
    asks("//evil.example/admin", u"/admin"_s);
    return finding(!seen.isEmpty(), seen.join(u"; "_s));
}

Finding slashInArgument()
{
    Server server;
    RawClient client(server.tcp->serverPort());
    client.send(Hazard::get("/echo/a%2Fb"));
    until([&client] { return !client.received().isEmpty(); }, 2s);
    return finding(server.asked.isEmpty(), u"GET /echo/a%2Fb is answered "_s + QString::fromLatin1(client.received().left(22)).simplified());
}

} // namespace

std::vector<Probe> httpParsingProbes()
{
    return {
        {"H1", "request line and head without a limit", endlessHead},
        {"H2", "no timeout of any kind", noTimeout},
        {"H3", "quadratic CPU for tiny chunks", chunkCost},
        {"H4", "101 fields: all are forgotten, the body becomes a request", [] { return smuggles(Hazard::hundredAndOneFields()); }},
        {"H5", "Content-Length that is no number: the body becomes a request", [] { return smuggles(Hazard::oddLength("5, 5")); }},
        {"H6", "Transfer-Encoding by substring, and beside a length", [] { return smuggles(Hazard::oddCoding("xchunked")); }},
        {"H7", "chunk size that is no number ends the body", [] { return smuggles(Hazard::badChunkSize()); }},
        {"H8", "a body without a limit, kept while the connection idles", unlimitedBody},
        {"H9", "no 100 Continue", noContinue},
        {"H12", "what is malformed is closed without an answer", silentRefusal},
        {"H13", "malformed heads are taken as good", laxHead},
        {"H14", "the path is decoded before it is matched", decodedPaths},
        {"H14b", "%2F in an argument is a 404", slashInArgument},
    };
}

} // namespace Parlance
