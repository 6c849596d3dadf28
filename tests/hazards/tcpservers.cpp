// SPDX-License-Identifier: GPL-3.0-or-later
// QTcpServer, QSslServer and the buffers of QTcpSocket.
#include "probe.h"
#include "support/rawclient.h"

#include <QAbstractEventDispatcher>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

namespace {

constexpr qint64 kMegabyte = 1024 * 1024;

struct Shortage
{
    int turns = 0; ///< of the event loop in half a second without descriptors
    int errors = 0; ///< times acceptError was emitted
    int acceptedAfterwards = 0; ///< of two who wait, five seconds later
};

/// \a isFresh: the lack of descriptors meets the very first accept().
Shortage shortage(bool isFresh)
{
    const rlimit few {128, 128};
    ::setrlimit(RLIMIT_NOFILE, &few);
    QTcpServer server;
    server.listen(QHostAddress(QHostAddress::LocalHost));
    Shortage seen;
    int accepted = 0;
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&server, &accepted] {
        while (QTcpSocket *socket = server.nextPendingConnection()) {
            ++accepted;
            socket->disconnectFromHost();
            socket->deleteLater();
        }
    });
    QObject::connect(&server, &QTcpServer::acceptError, &server, [&seen] { ++seen.errors; });
    std::unique_ptr<RawClient> first;
    if (!isFresh) {
        first = std::make_unique<RawClient>(server.serverPort());
        until([&accepted] { return accepted == 1; });
    }
    const int before = accepted;
    RawClient during(server.serverPort()); // in the backlog, with a descriptor of its own
    std::vector<int> hoard;
    for (int fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC); fd >= 0; fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC))
        hoard.push_back(fd);
    const auto counting = QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake,
                                           &server, [&seen] { ++seen.turns; });
    linger(500ms); // 25 turns of its own
    QObject::disconnect(counting);
    for (const int fd : hoard)
        ::close(fd);
    RawClient after(server.serverPort());
    until([&accepted, before] { return accepted >= before + 2; }, 5s);
    seen.acceptedAfterwards = accepted - before;
    return seen;
}

Finding deafAfterShortage()
{
    const Shortage seen = shortage(true);
    return finding(seen.acceptedAfterwards == 0,
                   u"where it meets the first accept(): acceptError came %1 times, 5 s after the shortage %2 of the 2 who wait are accepted"_s
                       .arg(seen.errors).arg(seen.acceptedAfterwards));
}

Finding spinningInShortage()
{
    const Shortage seen = shortage(false);
    return finding(seen.turns > 1000,
                   u"where it meets a later accept(): acceptError came %1 times, the event loop turned %2 times in 0.5 s; afterwards %3 of the 2 who wait are accepted"_s
                       .arg(seen.errors).arg(seen.turns).arg(seen.acceptedAfterwards));
}

struct CountingSslServer : QSslServer
{
    int accepted = 0;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        ++accepted;
        QSslServer::incomingConnection(descriptor);
    }
};

Finding silentHandshakes()
{
    CountingSslServer server;
    int &started = server.accepted;
    server.listen(QHostAddress(QHostAddress::LocalHost));
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 40; ++i)
        silent.push_back(std::make_unique<RawClient>(server.serverPort()));
    until([&started] { return started >= 40; }, 3s);
    const int soon = started;
    until([&started] { return started >= 40; }, 6s);
    return finding(soon < 40, u"of 40 silent connections %1 are accepted after 3 s, %2 after 9 s"_s.arg(soon).arg(started));
}

Finding unboundedWrites()
{
    QTcpServer server;
    server.listen(QHostAddress(QHostAddress::LocalHost));
    QTcpSocket *socket = nullptr;
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&] { socket = server.nextPendingConnection(); });
    RawClient::Options options;
    options.receiveBuffer = 8192;
    RawClient client(server.serverPort(), options);
    client.stopReading();
    until([&socket] { return socket != nullptr; });
    for (int i = 0; i < 64; ++i)
        socket->write(QByteArray(kMegabyte, 'x'));
    linger(200ms);
    const qint64 waiting = socket->bytesToWrite() / kMegabyte;
    socket->disconnectFromHost();
    linger(5s);
    const qint64 kept = socket->bytesToWrite() / kMegabyte;
    return finding(waiting > 32, u"%1 of 64 MiB wait for a reader that has stopped, %2 MiB still 5 s after disconnectFromHost()"_s
                       .arg(waiting).arg(kept));
}

} // namespace

std::vector<Probe> tcpServerProbes()
{
    return {
        {"T1", "after a lack of descriptors nobody is accepted any more", deafAfterShortage},
        {"T1b", "a lack of descriptors makes the loop spin, and nobody is told", spinningInShortage},
        {"T2", "30 silent connections stop a TLS server", silentHandshakes},
        {"T3", "write buffers have no bound, and outlive the close", unboundedWrites},
    };
}

} // namespace Parlance
