// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverhost.h"
#include "support/wsclient.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <memory>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = ServerControl::State;

/// The server in a thread of its own, as the console starts and stops it.
class TestServerHost : public QObject
{
    Q_OBJECT

private slots:
    void startAndStop_data();
    void startAndStop();
    void stopTellsTheClients();
    void startAgain();
    void portInUse();
    void commandsOutOfTurn();
    void adminFollowsTheServer();
    void kickFromTheConsole();
    void goneWhileRunning();
    void goneWhileStarting();
    void goneWhileStopping();

private:
    Config local() const;
};

namespace {

/// The states that a host went through.
QStringList namesOf(const QSignalSpy &spy)
{
    QStringList names;
    for (const QList<QVariant> &arguments : spy)
        names.append(QString::fromLatin1(QMetaEnum::fromType<State>().valueToKey(int(arguments.at(0).value<State>()))));
    return names;
}

QUrl chatUrl(const ServerHost &host, const QString &name)
{
    return QUrl(u"ws://127.0.0.1:%1/ws/general/%2"_s.arg(host.port()).arg(name));
}

} // namespace

Config TestServerHost::local() const
{
    Config config;
    config.listen = {u"127.0.0.1"_s};
    config.port = 0;
    config.name = u"Test"_s;
    config.storage = u"memory"_s;
    return config;
}

void TestServerHost::startAndStop_data()
{
    QTest::addColumn<bool>("epoll");
    QTest::newRow("epoll") << true;
    QTest::newRow("Qt's event loop") << false;
}

void TestServerHost::startAndStop()
{
    QFETCH(bool, epoll);
    Config config = local();
    config.eventLoop = epoll ? EventLoopKind::Epoll : EventLoopKind::Qt;
    ServerHost host(config);
    QSignalSpy states(&host, &ServerControl::stateChanged);
    QCOMPARE(host.state(), State::Stopped);
    QCOMPARE(host.port(), 0);
    QVERIFY(host.urls().isEmpty());

    host.start();
    QCOMPARE(host.state(), State::Starting);
    QTRY_COMPARE(host.state(), State::Running);
    QVERIFY(host.port() != 0);
    QCOMPARE(host.urls(), QStringList {u"http://127.0.0.1:%1"_s.arg(host.port())});
    WsClient anna(chatUrl(host, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    anna.say(u"hello"_s);
    QTRY_COMPARE(anna.contents(), QStringList {u"hello"_s});
    anna.socket().close();
    QTRY_VERIFY(anna.isClosed());

    host.stop();
    QCOMPARE(host.state(), State::Stopping);
    QTRY_COMPARE(host.state(), State::Stopped);
    QVERIFY(host.urls().isEmpty());
    QCOMPARE(host.port(), 0);
    QCOMPARE(namesOf(states), (QStringList {u"Starting"_s, u"Running"_s, u"Stopping"_s, u"Stopped"_s}));
}

void TestServerHost::stopTellsTheClients()
{
    ServerHost host(local());
    host.start();
    QTRY_COMPARE(host.state(), State::Running);
    WsClient anna(chatUrl(host, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    host.stop();
    QTRY_VERIFY(anna.isClosed());
    QCOMPARE(anna.closeCode(), 4503);
    QTRY_COMPARE(host.state(), State::Stopped);
}

void TestServerHost::startAgain()
{
    ServerHost host(local());
    for (int run = 0; run < 3; ++run) {
        host.start();
        QTRY_COMPARE(host.state(), State::Running);
        host.setPort(host.port()); // the same from now on
        WsClient anna(chatUrl(host, u"anna"_s));
        QTRY_VERIFY(anna.isConnected());
        host.stop();
        QTRY_COMPARE(host.state(), State::Stopped);
    }
}

void TestServerHost::portInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Config config = local();
    config.port = other.serverPort();
    ServerHost host(config);
    QSignalSpy failed(&host, &ServerControl::failed);
    QSignalSpy states(&host, &ServerControl::stateChanged);
    host.start();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().code, ErrorCode::AddressInUse);
    QTRY_COMPARE(host.state(), State::Stopped);
    QCOMPARE(namesOf(states), (QStringList {u"Starting"_s, u"Stopped"_s}));
    QVERIFY(!host.admin().isAttached());

    host.setPort(0);
    host.start();
    QTRY_COMPARE(host.state(), State::Running);
}

void TestServerHost::commandsOutOfTurn()
{
    ServerHost host(local());
    QSignalSpy states(&host, &ServerControl::stateChanged);
    host.stop();
    QCOMPARE(host.state(), State::Stopped);
    host.start();
    host.start();
    host.stop(); // not while it starts
    QCOMPARE(host.state(), State::Starting);
    QTRY_COMPARE(host.state(), State::Running);
    host.start();
    host.stop();
    host.stop();
    host.start(); // not while it stops
    QTRY_COMPARE(host.state(), State::Stopped);
    QCOMPARE(states.size(), 4);
}

void TestServerHost::adminFollowsTheServer()
{
    ServerHost host(local());
    QSignalSpy attached(&host.admin(), &AdminService::attachedChanged);
    QSignalSpy snapshots(&host.admin(), &AdminService::snapshot);
    host.start();
    QTRY_COMPARE(snapshots.size(), 1);
    QVERIFY(host.admin().isAttached());
    const auto shot = snapshots.at(0).at(0).value<AdminSnapshot>();
    QCOMPARE(shot.serverName, u"Test"_s);
    QCOMPARE(shot.urls, host.urls());
    host.stop();
    QTRY_COMPARE(host.state(), State::Stopped);
    QVERIFY(!host.admin().isAttached());
    QCOMPARE(attached.size(), 2);
    host.start();
    QTRY_COMPARE(snapshots.size(), 2);
    QCOMPARE(attached.size(), 3);
}

void TestServerHost::kickFromTheConsole()
{
    ServerHost host(local());
    host.start();
    QTRY_COMPARE(host.state(), State::Running);
    WsClient anna(chatUrl(host, u"anna"_s));
    QSignalSpy finished(&host.admin(), &AdminService::finished);
    QTRY_VERIFY(anna.isConnected());
    anna.say(u"here"_s);
    QTRY_COMPARE(anna.contents().size(), 1);
    host.admin().kick(parseRoomName(u"general").take(), parseUserName(u"anna").take(), u"bye"_s, 60s);
    QTRY_VERIFY(anna.isClosed());
    QCOMPARE(anna.closeCode(), 4430);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished.at(0).at(1).value<Status>());
}

void TestServerHost::goneWhileRunning()
{
    auto host = std::make_unique<ServerHost>(local());
    host->start();
    QTRY_COMPARE(host->state(), State::Running);
    const quint16 port = host->port();
    WsClient anna(chatUrl(*host, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    host.reset();
    QTRY_VERIFY(anna.isClosed());
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost, port));
}

void TestServerHost::goneWhileStarting()
{
    for (int i = 0; i < 10; ++i) {
        ServerHost host(local());
        host.start();
    }
}

void TestServerHost::goneWhileStopping()
{
    auto host = std::make_unique<ServerHost>(local());
    host->start();
    QTRY_COMPARE(host->state(), State::Running);
    WsClient anna(chatUrl(*host, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    host->stop();
    host.reset();
    QTRY_VERIFY(anna.isClosed());
}

QTEST_GUILESS_MAIN(TestServerHost)
#include "tst_serverhost.moc"
