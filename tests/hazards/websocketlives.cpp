// SPDX-License-Identifier: GPL-3.0-or-later
// How QWebSocket ends, on both sides.
#include "qtwebsockets.h"
#include "support/wsframes.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QPointer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

namespace {

constexpr qint64 kMegabyte = 1024 * 1024;

/// The server closes while the client is still sending.
Finding resetInsteadOfClose()
{
    QtWebSocketPair pair;
    QObject::connect(pair.socket(), &QWebSocket::textMessageReceived, pair.socket(), [&pair] {
        // A handler that takes a while: more has come meanwhile, and is read by nobody any more.
        for (const QDeadlineTimer busy(100); !busy.hasExpired();) { }
        pair.socket()->close(QWebSocketProtocol::CloseCode(4430), u"enough"_s);
    });
    pair.client.stopReading();
    pair.client.send(wsText("first") + wsText(QByteArray(4 * kMegabyte, 'x')));
    linger(500ms);
    pair.client.resumeReading();
    until([&pair] { return pair.client.isEnded(); });
    const int code = readFrames(pair.client.received()).closeCode();
    return finding(pair.client.wasReset() || code != 4430, u"close while the peer sends: %1, the close frame is %2"_s
                       .arg(pair.client.wasReset() ? u"reset"_s : u"orderly end"_s, code == 4430 ? u"read"_s : u"lost"_s));
}

/// The server closes, and the peer does not read.
Finding closeWaitsForever()
{
    QtWebSocketPair pair(8192);
    pair.client.stopReading();
    for (int i = 0; i < 16; ++i)
        pair.socket()->sendBinaryMessage(QByteArray(kMegabyte, 'x'));
    pair.socket()->close();
    const QPointer<QTcpSocket> tcp = pair.tcp();
    linger(20s);
    const bool isKept = tcp && tcp->state() != QAbstractSocket::UnconnectedState;
    return finding(isKept, isKept ? u"20 s after close() the socket and %1 MiB are still there"_s.arg(tcp->bytesToWrite() / kMegabyte)
                                  : u"gone"_s);
}

/// A WebSocket is deleted with unsent bytes, and the peer leaves afterwards.
Finding leakedSocket()
{
    QtWebSocketPair pair(8192);
    pair.client.stopReading();
    for (int i = 0; i < 16; ++i)
        pair.socket()->sendBinaryMessage(QByteArray(kMegabyte, 'x'));
    const QPointer<QTcpSocket> tcp = pair.tcp();
    delete pair.server.open.takeFirst();
    linger(200ms);
    const bool isAliveAfterDelete = tcp;
    pair.client.reset();
    linger(3s);
    return finding(tcp, u"after delete the QTcpSocket %1; 3 s after the peer has gone it %2"_s
                       .arg(isAliveAfterDelete ? u"lives"_s : u"is gone"_s, tcp ? u"is still there"_s : u"is gone"_s));
}

Finding deletedInItsSlot()
{
    QtWebSocketPair pair;
    QWebSocket *socket = pair.socket();
    QObject::connect(socket, &QWebSocket::textMessageReceived, socket, [socket] { delete socket; });
    pair.client.send(wsText("first") + wsText("second"));
    linger(1s);
    return finding(false, u"the process lives"_s);
}

/// A server that says \a bytes to a QWebSocket as client, behind a good handshake or \a badAccept.
struct Client
{
    QTcpServer tcp;
    QTcpSocket *peer = nullptr;
    QWebSocket socket;

    Client(const QByteArray &bytes, bool badAccept = false)
    {
        tcp.listen(QHostAddress(QHostAddress::LocalHost));
        QObject::connect(&tcp, &QTcpServer::newConnection, &tcp, [this, bytes, badAccept] {
            peer = tcp.nextPendingConnection();
            QObject::connect(peer, &QTcpSocket::readyRead, peer, [this, bytes, badAccept] {
                const QByteArray head = peer->readAll();
                const qsizetype at = head.toLower().indexOf("sec-websocket-key:") + 18;
                if (at < 18)
                    return;
                const QByteArray key = head.mid(at, head.indexOf('\r', at) - at).trimmed();
                const QByteArray accept = QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1).toBase64();
                peer->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                            + (badAccept ? QByteArray("bm90IHRoZSBhbnN3ZXI=") : accept) + "\r\n\r\n");
                QTimer::singleShot(100, peer, [this, bytes] { peer->write(bytes); });
            });
        });
        socket.open(QUrl(u"ws://127.0.0.1:%1/"_s.arg(tcp.serverPort())));
    }
};

Finding closeCodesOfTheRegistry()
{
    QStringList seen;
    bool isReal = false;
    for (const int code : {1012, 1013, 4503}) {
        Client client(QByteArray("\x88\x02", 2) + char(code >> 8) + char(code & 0xFF));
        until([&client] { return client.socket.closeCode() != QWebSocketProtocol::CloseCodeNormal; });
        isReal = isReal || (code < 2000 && client.socket.closeCode() == 1002);
        seen.append(u"%1 is seen as %2"_s.arg(code).arg(int(client.socket.closeCode())));
    }
    return finding(isReal, seen.join(u", "_s));
}

Finding connectedAfterAFailedHandshake()
{
    Client client({}, true);
    bool isConnected = false;
    QObject::connect(&client.socket, &QWebSocket::connected, &client.socket, [&isConnected] { isConnected = true; });
    until([&client] { return client.peer && client.socket.error() != QAbstractSocket::UnknownSocketError; }, 3s);
    linger(2s);
    const bool isOpen = client.peer && client.peer->state() == QAbstractSocket::ConnectedState;
    return finding(isOpen && !isConnected, u"2 s after a wrong Sec-WebSocket-Accept the TCP connection is %1 (%2)"_s
                       .arg(isOpen ? u"open"_s : u"closed"_s, client.socket.errorString()));
}

} // namespace

std::vector<Probe> webSocketLifeProbes()
{
    return {
        {"W14", "closing while the peer sends resets the connection", resetInsteadOfClose},
        {"W14b", "closing waits for a reader that has stopped", closeWaitsForever},
        {"W15", "a Qt client takes 1012 and 1013 for a fault", closeCodesOfTheRegistry},
        {"W16", "deleting with unsent bytes leaks the QTcpSocket", leakedSocket},
        {"W20", "deleting in a slot of one's own message", deletedInItsSlot, true},
        {"W21", "a Qt client stays connected after a failed handshake", connectedAfterAFailedHandshake},
    };
}

} // namespace Parlance
