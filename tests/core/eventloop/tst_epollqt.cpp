// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eventloop/epolltest.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QNetworkProxy>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QUdpSocket>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Sends every byte back.
class EchoServer : public QTcpServer
{
public:
    EchoServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->write(socket->readAll()); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }
};

/// Qt's own classes at work on the epoll dispatcher.
class TestEpollQt : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); }
    void echo();
    void refused();
    void remoteCloses();
    void abortWhileSending();
    void manyShortConnections();
    void localSocket();
    void udp();
    void processOutput();
    void processInput();
    void processKilled();
    void queuedConnections();
    void serverInThread();

private:
    static QByteArray pattern(int size, int seed)
    {
        QByteArray bytes(size, Qt::Uninitialized);
        for (int i = 0; i < size; ++i)
            bytes[i] = char(i * 31 + (i >> 8) * 7 + seed);
        return bytes;
    }
};

void TestEpollQt::echo()
{
    EchoServer server;
    constexpr int clients = 8;
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    QList<QByteArray> sent;
    QList<QByteArray> received(clients);
    for (int i = 0; i < clients; ++i) {
        sent.append(pattern(3000000 + i, i));
        sockets.push_back(std::make_unique<QTcpSocket>());
        QTcpSocket *socket = sockets.back().get();
        connect(socket, &QTcpSocket::connected, this, [socket, bytes = sent.last()] { socket->write(bytes); });
        connect(socket, &QTcpSocket::readyRead, this, [socket, i, &received] { received[i] += socket->readAll(); });
        socket->connectToHost(server.serverAddress(), server.serverPort());
    }
    const auto isComplete = [&sent, &received] {
        for (int i = 0; i < clients; ++i) {
            if (received[i].size() < sent[i].size())
                return false;
        }
        return true;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60000);
    QVERIFY(sent == received);
    sockets.clear();
    QTRY_COMPARE(server.findChildren<QTcpSocket *>().size(), 0);
}

void TestEpollQt::refused()
{
    quint16 port = 0;
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        port = server.serverPort();
    }
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    QTRY_COMPARE(socket.error(), QAbstractSocket::ConnectionRefusedError);
    QVERIFY(passesIn(30ms) < kIdlePasses);
}

void TestEpollQt::remoteCloses()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&server] {
        QTcpSocket *socket = server.nextPendingConnection();
        socket->write("bye");
        socket->disconnectFromHost();
    });
    QTcpSocket socket;
    const QSignalSpy disconnected(&socket, &QTcpSocket::disconnected);
    socket.connectToHost(server.serverAddress(), server.serverPort());
    QTRY_COMPARE(disconnected.size(), 1);
    QCOMPARE(socket.readAll(), QByteArray("bye"));
    QVERIFY(passesIn(30ms) < kIdlePasses);
}

void TestEpollQt::abortWhileSending()
{
    EchoServer server;
    QTcpSocket socket;
    connect(&socket, &QTcpSocket::connected, this, [&socket] { socket.write(QByteArray(10000000, 'x')); });
    connect(&socket, &QTcpSocket::readyRead, this, [&socket] { socket.abort(); });
    const QSignalSpy disconnected(&socket, &QTcpSocket::disconnected);
    socket.connectToHost(server.serverAddress(), server.serverPort());
    QTRY_COMPARE(disconnected.size(), 1);
    QTRY_COMPARE(server.findChildren<QTcpSocket *>().size(), 0);
    QVERIFY(passesIn(30ms) < kIdlePasses);
}

void TestEpollQt::manyShortConnections()
{
    EchoServer server;
    int done = 0;
    std::function<void()> start = [this, &server, &done, &start] {
        auto *socket = new QTcpSocket(this);
        connect(socket, &QTcpSocket::connected, socket, [socket] { socket->write("ping"); });
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            if (socket->bytesAvailable() == 4)
                socket->abort(); // its descriptor comes back at once, often in the same batch
        });
        connect(socket, &QTcpSocket::disconnected, socket, [socket, &done, &start] {
            socket->deleteLater();
            if (++done <= 480)
                start();
        });
        socket->connectToHost(server.serverAddress(), server.serverPort());
    };
    for (int i = 0; i < 20; ++i)
        start();
    QTRY_COMPARE_WITH_TIMEOUT(done, 500, 30000);
}

void TestEpollQt::localSocket()
{
    QLocalServer server;
    QVERIFY(server.listen(u"parlance-test-%1"_s.arg(QCoreApplication::applicationPid())));
    connect(&server, &QLocalServer::newConnection, this, [&server] {
        QLocalSocket *socket = server.nextPendingConnection();
        connect(socket, &QLocalSocket::readyRead, socket, [socket] { socket->write(socket->readAll()); });
    });
    QLocalSocket socket;
    socket.connectToServer(server.fullServerName());
    const QByteArray sent = pattern(1000000, 1);
    socket.write(sent);
    QByteArray received;
    connect(&socket, &QLocalSocket::readyRead, this, [&socket, &received] { received += socket.readAll(); });
    QTRY_COMPARE_WITH_TIMEOUT(received.size(), sent.size(), 30000);
    QVERIFY(received == sent);
}

void TestEpollQt::udp()
{
    QUdpSocket receiver;
    QVERIFY(receiver.bind(QHostAddress::LocalHost));
    int received = 0;
    connect(&receiver, &QUdpSocket::readyRead, this, [&receiver, &received] {
        while (receiver.hasPendingDatagrams()) {
            receiver.readDatagram(nullptr, 0);
            ++received;
        }
    });
    QUdpSocket sender;
    for (int i = 1; i <= 20; ++i) {
        sender.writeDatagram("x", receiver.localAddress(), receiver.localPort());
        QTRY_COMPARE(received, i);
    }
}

void TestEpollQt::processOutput()
{
    QProcess process;
    const QSignalSpy finished(&process, &QProcess::finished);
    process.start(u"/bin/sh"_s, {u"-c"_s, u"echo out; echo err >&2; head -c 1000000 /dev/zero; exit 3"_s});
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QCOMPARE(process.exitCode(), 3);
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.readAllStandardError(), QByteArray("err\n"));
    QCOMPARE(process.readAllStandardOutput(), QByteArray("out\n") + QByteArray(1000000, '\0'));
    QVERIFY(passesIn(30ms) < kIdlePasses);
}

void TestEpollQt::processInput()
{
    QProcess process;
    process.start(u"/bin/cat"_s, {});
    const QByteArray sent = pattern(1000000, 2);
    process.write(sent);
    process.closeWriteChannel();
    const QSignalSpy finished(&process, &QProcess::finished);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30000);
    QVERIFY(process.readAllStandardOutput() == sent);
}

void TestEpollQt::processKilled()
{
    QProcess process;
    const QSignalSpy finished(&process, &QProcess::finished);
    connect(&process, &QProcess::started, &process, &QProcess::kill);
    process.start(u"/bin/cat"_s, {});
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    QVERIFY(passesIn(30ms) < kIdlePasses);
}

void TestEpollQt::queuedConnections()
{
    constexpr int count = 20000;
    QThread thread;
    thread.setEventDispatcher(makeEpollDispatcher().release());
    QObject there;
    there.moveToThread(&thread);
    QObject here;
    int next = 0;
    bool inOrder = true;
    thread.start();
    for (int i = 0; i < count; ++i) {
        QMetaObject::invokeMethod(&there, [i, &here, &next, &inOrder] {
            QMetaObject::invokeMethod(&here, [i, &next, &inOrder] { inOrder = inOrder && i == next++; });
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(next, count, 30000);
    QVERIFY(inOrder);

    QEventLoop loop;
    std::function<void(int)> ping = [&there, &here, &loop, &ping](int left) { // one at a time: both threads sleep between
        if (left == 0)
            return loop.quit();
        QMetaObject::invokeMethod(&there, [left, &here, &ping] {
            QMetaObject::invokeMethod(&here, [left, &ping] { ping(left - 1); });
        });
    };
    ping(5000);
    loop.exec(); // hangs if one wake-up is lost

    int blocking = 0;
    QMetaObject::invokeMethod(&there, [&blocking] { blocking = 1; }, Qt::BlockingQueuedConnection);
    QCOMPARE(blocking, 1);
    thread.quit();
    QVERIFY(thread.wait());
}

void TestEpollQt::serverInThread()
{
    QThread thread;
    thread.setEventDispatcher(makeEpollDispatcher().release());
    thread.start();
    QObject context;
    context.moveToThread(&thread);
    std::unique_ptr<EchoServer> server;
    QMetaObject::invokeMethod(&context, [&server] { server = std::make_unique<EchoServer>(); },
                              Qt::BlockingQueuedConnection);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, server->serverPort());
    const QByteArray sent = pattern(5000000, 3);
    socket.write(sent);
    QByteArray received;
    connect(&socket, &QTcpSocket::readyRead, this, [&socket, &received] { received += socket.readAll(); });
    QTRY_COMPARE_WITH_TIMEOUT(received.size(), sent.size(), 30000);
    QVERIFY(received == sent);
    QMetaObject::invokeMethod(&context, [&server] { server.reset(); }, Qt::BlockingQueuedConnection);
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    thread.quit();
    QVERIFY(thread.wait());
}

int main(int argc, char **argv)
{
    return runOnEpoll<TestEpollQt>(argc, argv);
}
#include "tst_epollqt.moc"
