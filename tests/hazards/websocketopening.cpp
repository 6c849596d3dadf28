// SPDX-License-Identifier: GPL-3.0-or-later
// QWebSocketServer until a WebSocket is open.
#include "hazardbytes.h"
#include "probe.h"
#include "qtwebsockets.h"
#include "support/rawclient.h"
#include "support/wsframes.h"

#include <QHttpServer>
#include <QPointer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

namespace {

Finding noHandshakeTimer()
{
    QtWebSockets server;
    RawClient client(server.tcp.serverPort());
    client.send(Hazard::upgrade("/").chopped(2));
    until([&client] { return client.isEnded(); }, 25s); // Qt's own timeout is said to be 10 s
    return finding(!client.isEnded(), client.isEnded() ? u"closed"_s : u"25 s after half a handshake the connection is open"_s);
}

Finding searchedAgain()
{
    const auto costOf = [](qsizetype before) {
        QtWebSockets server;
        RawClient client(server.tcp.serverPort());
        client.send("GET / HTTP/1.1\r\nX: " + QByteArray(before, 'x'));
        until([&server, before] { return !server.sockets.isEmpty() && server.sockets.first()->bytesAvailable() >= before; });
        linger(200ms);
        const auto start = cpuTime();
        for (int i = 0; i < 500 && !client.isEnded(); ++i) {
            const qint64 had = server.sockets.first()->bytesAvailable();
            client.send("x");
            until([&server, had] { return server.sockets.first()->bytesAvailable() > had; }, 1s);
        }
        return (cpuTime() - start).count() / 500;
    };
    const qint64 small = costOf(100);
    const qint64 large = costOf(700'000);
    return finding(large > 5 * small, u"one more byte of a head costs %1 us of CPU behind 100 bytes, %2 us behind 700,000"_s.arg(small).arg(large));
}

/// [upgrade][frame head][another upgrade as payload], with readyRead told twice, as QHttpServer does.
Finding twoSocketsOfOne(bool throughHttp)
{
    QtWebSockets server;
    QHttpServer http;
    auto *tcp = new QTcpServer;
    std::vector<std::unique_ptr<QWebSocket>> owned;
    QPointer<QTcpSocket> plain;
    int opened = 0;
    if (throughHttp) {
        tcp->listen(QHostAddress(QHostAddress::LocalHost));
        http.bind(tcp);
        http.route(u"/"_s, [] { return u"hello"_s; });
        QObject::connect(&http, &QHttpServer::newWebSocketConnection, &http, [&] {
            while (http.hasPendingWebSocketConnections()) {
                owned.push_back(http.nextPendingWebSocketConnection());
                ++opened;
            }
        });
    } else {
        server.tcp.disconnect();
        QObject::connect(&server.tcp, &QTcpServer::newConnection, &server.web, [&] { plain = server.tcp.nextPendingConnection(); });
        tcp->deleteLater();
    }
    RawClient client(throughHttp ? tcp->serverPort() : server.tcp.serverPort());
    const QByteArray bytes = Hazard::upgradeInAFrame("/");
    client.send(bytes);
    if (!throughHttp) {
        until([&] { return plain && plain->bytesAvailable() == bytes.size(); });
        server.web.handleConnection(plain); // tells readyRead, since there are bytes
        emit plain->readyRead();
    }
    until([&] { return opened + server.open.size() > 1; }, 2s);
    linger(200ms);
    const qsizetype sockets = opened + server.open.size();
    const qsizetype answers = client.received().count("HTTP/1.1 101");
    return finding(sockets > 1 || answers > 1, u"%1 WebSockets and %2 answers 101 on one connection"_s.arg(sockets).arg(answers));
}

Finding behindTheHead()
{
    QtWebSockets server;
    RawClient client(server.tcp.serverPort());
    client.send(Hazard::upgrade("/") + wsText("first") + toBytes({9, "ping"}));
    until([&client] { return client.received().contains("ping"); }, 2s);
    linger(200ms);
    const QByteArray rest = client.received().mid(client.received().indexOf("\r\n\r\n") + 4);
    const bool isMasked = rest.size() > 1 && (rest.at(1) & 0x80);
    return finding(server.texts.isEmpty() || isMasked, u"the text behind the head is %1; the pong is %2"_s
                       .arg(server.texts.isEmpty() ? u"lost"_s : u"delivered"_s,
                            rest.isEmpty() ? u"missing"_s : isMasked ? u"masked"_s : u"not masked"_s));
}

Finding foreignOrigin()
{
    QtWebSockets server;
    RawClient client(server.tcp.serverPort());
    client.send(upgradeHead("/", "Origin: http://evil.example\r\n"));
    until([&client] { return client.received().contains("\r\n\r\n") || client.isEnded(); });
    return finding(client.received().startsWith("HTTP/1.1 101"), QString::fromLatin1(client.received().left(12)));
}

QString answerTo(const QByteArray &head)
{
    QtWebSockets server;
    RawClient client(server.tcp.serverPort());
    client.send(head);
    until([&client] { return client.received().contains("\r\n\r\n") || client.isEnded(); }, 2s);
    if (client.received().isEmpty())
        return client.isEnded() ? u"closed without an answer"_s : u"no answer"_s;
    return QString::fromLatin1(client.received().mid(9, 3));
}

Finding handshakes(const QList<std::pair<QString, QByteArray>> &heads, const QStringList &good)
{
    QStringList seen;
    bool isReal = false;
    for (const auto &[name, head] : heads) {
        const QString answer = answerTo(head);
        seen.append(name + u": "_s + answer);
        isReal = isReal || !good.contains(answer);
    }
    return finding(isReal, seen.join(u"; "_s));
}

Finding badHandshakes()
{
    return handshakes({{u"no key"_s, Hazard::upgrade("/", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "")},
                       {u"key of 3 bytes"_s, Hazard::upgrade("/", "dGhlIHNhbXBsZSBub25jZQ==", "YWJj")},
                       {u"version 8"_s, Hazard::upgrade("/", ": 13", ": 8")},
                       {u"no version"_s, Hazard::upgrade("/", "Sec-WebSocket-Version: 13\r\n", "")},
                       {u"XXXXX9.9"_s, Hazard::upgrade("/", "HTTP/1.1", "XXXXX9.9")}},
                      {u"400"_s, u"426"_s, u"505"_s});
}

Finding goodHandshakes()
{
    return handshakes({{u"Upgrade: h2c, websocket"_s, Hazard::upgrade("/", ": websocket", ": h2c, websocket")},
                       {u"Upgrade: websocket,"_s, Hazard::upgrade("/", ": websocket", ": websocket,")},
                       {u"two Connection lines"_s, Hazard::upgrade("/", "Connection: Upgrade", "Connection: keep-alive\r\nConnection: Upgrade")}},
                      {u"101"_s});
}

Finding undrained()
{
    QtWebSockets server;
    server.drains = false;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 32; ++i) {
        clients.push_back(std::make_unique<RawClient>(server.tcp.serverPort()));
        clients.back()->send(Hazard::upgrade("/"));
    }
    linger(2s);
    const auto silent = std::count_if(clients.begin(), clients.end(), [](const auto &client) { return client->isEnded() && client->received().isEmpty(); });
    return finding(silent > 0, u"of 32 upgrades in one turn %1 were closed without an answer"_s.arg(silent));
}

} // namespace

std::vector<Probe> webSocketOpeningProbes()
{
    return {
        {"W7", "no handshake timeout for a socket that is handed over", noHandshakeTimer},
        {"W8", "each segment searches the whole head again", searchedAgain},
        {"W9", "two WebSockets on one socket: a payload is read as a handshake", [] { return twoSocketsOfOne(false); }},
        {"W9b", "the same through QHttpServer", [] { return twoSocketsOfOne(true); }},
        {"W10", "what follows the handshake at once is lost; its pong is masked", behindTheHead},
        {"W11", "every Origin is allowed", foreignOrigin},
        {"W12", "bad handshakes: no answer, or taken as good", badHandshakes},
        {"W13", "the 31st upgrade in a turn is closed without an answer", undrained},
        {"W23", "good handshakes are refused without an answer", goodHandshakes},
    };
}

} // namespace Parlance
