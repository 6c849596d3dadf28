// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/exitcodes.h"
#include "daemonprocess.h"
#include "support/wsclient.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// `parlanced` at work: serving on both event loops, ending as it is told.
class TestParlanced : public QObject
{
    Q_OBJECT

private slots:
    void sayWhereItListens();
    void serves_data();
    void serves();
    void terminationDrains_data();
    void terminationDrains();
    void askedTwiceItGoesAtOnce();
    void portIsFreeAfterwards();
    void jsonLog();
    void logIsQuietWhereAsked();
};

namespace {

const QStringList kLoops {u"epoll"_s, u"qt"_s};

} // namespace

void TestParlanced::sayWhereItListens()
{
    QTcpServer probe;
    const bool hasV6 = probe.listen(QHostAddress::LocalHostIPv6);
    DaemonProcess daemon;
    daemon.serve(hasV6 ? QStringList {u"--listen"_s, u"::1"_s} : QStringList());
    QTRY_COMPARE(daemon.urls().size(), hasV6 ? 2 : 1);
    QString expected = u"listening on http://127.0.0.1:%1\n"_s.arg(daemon.port());
    if (hasV6)
        expected += u"listening on http://[::1]:%1\n"_s.arg(daemon.port());
    QCOMPARE(daemon.output(), expected); // nothing before and nothing else
    // It is ready when it says so.
    WsClient anna(daemon.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    QCOMPARE(daemon.output(), expected);
}

void TestParlanced::serves_data()
{
    QTest::addColumn<QString>("loop");
    for (const QString &loop : kLoops)
        QTest::newRow(qPrintable(loop)) << loop;
}

void TestParlanced::serves()
{
    QFETCH(QString, loop);
    DaemonProcess daemon;
    daemon.serve({u"--event-loop"_s, loop, u"--name"_s, u"Chess club"_s});
    QTRY_VERIFY(daemon.isListening());
    std::vector<std::unique_ptr<WsClient>> clients;
    for (int i = 0; i < 20; ++i)
        clients.push_back(std::make_unique<WsClient>(daemon.ws(u"general"_s, u"user%1"_s.arg(i)),
                                                     i % 2 ? WsClient::Speaks::Parlance : WsClient::Speaks::Plain));
    for (const auto &client : clients)
        QTRY_VERIFY(client->isConnected());
    QTRY_COMPARE(clients.back()->events(u"welcome"_s).size(), 1);
    const QJsonObject welcome = clients.back()->events(u"welcome"_s).constFirst();
    QCOMPARE(welcome.value(u"server"_s).toObject().value(u"name"_s).toString(), u"Chess club"_s);
    for (const auto &client : clients)
        client->say(u"hello"_s);
    for (const auto &client : clients)
        QTRY_COMPARE(client->contents().size(), 20);

    QNetworkAccessManager http;
    http.setProxy(QNetworkProxy::NoProxy);
    const std::unique_ptr<QNetworkReply> reply(
        http.get(QNetworkRequest(QUrl(u"http://127.0.0.1:%1/api/rooms"_s.arg(daemon.port())))));
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
    QVERIFY(reply->readAll().contains("general"));
}

void TestParlanced::terminationDrains_data()
{
    QTest::addColumn<QString>("loop");
    QTest::addColumn<bool>("interrupt");
    for (const QString &loop : kLoops) {
        QTest::addRow("SIGTERM, %s", qPrintable(loop)) << loop << false;
        QTest::addRow("SIGINT, %s", qPrintable(loop)) << loop << true;
    }
}

void TestParlanced::terminationDrains()
{
    QFETCH(QString, loop);
    QFETCH(bool, interrupt);
    DaemonProcess daemon;
    daemon.serve({u"--event-loop"_s, loop});
    QTRY_VERIFY(daemon.isListening());
    WsClient plain(daemon.ws(u"general"_s, u"anna"_s));
    WsClient full(daemon.ws(u"general"_s, u"ben"_s), WsClient::Speaks::Parlance);
    QTRY_VERIFY(plain.isConnected());
    QTRY_COMPARE(full.events(u"history_end"_s).size(), 1);
    if (interrupt)
        daemon.signalInterrupt();
    else
        daemon.signalTermination();
    QTRY_VERIFY(plain.isClosed() && full.isClosed());
    QCOMPARE(plain.closeCode(), 4503);
    QCOMPARE(full.closeCode(), 4503);
    QCOMPARE(full.events(u"server_closing"_s).size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(daemon.hasEnded(), 15000); // 5 s are promised; the rest is for a busy machine
    QCOMPARE(daemon.exitCode(), int(ExitCode::Ok));
}

/// Of two with a client that never answers the goodbye, the one that was asked once still waits for it.
void TestParlanced::askedTwiceItGoesAtOnce()
{
    DaemonProcess once;
    DaemonProcess twice;
    QTcpSocket deafToOne;
    QTcpSocket deafToOther;
    for (const auto &[daemon, deaf] : {std::pair(&once, &deafToOne), std::pair(&twice, &deafToOther)}) {
        daemon->serve();
        QTRY_VERIFY(daemon->isListening());
        deaf->setProxy(QNetworkProxy::NoProxy);
        deaf->connectToHost(QHostAddress(QHostAddress::LocalHost), daemon->port());
        deaf->write("GET /ws/general/deaf HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        QTRY_VERIFY(deaf->bytesAvailable() > 0);
    }
    const qint64 handshake = deafToOther.bytesAvailable();
    twice.signalTermination();
    QTRY_VERIFY(deafToOther.bytesAvailable() > handshake); // it has begun to close
    twice.signalTermination();
    once.signalTermination();
    QTRY_VERIFY(twice.hasEnded());
    QCOMPARE(twice.exitCode(), int(ExitCode::Ok));
    QVERIFY(once.isRunning());
}

void TestParlanced::portIsFreeAfterwards()
{
    quint16 port = 0;
    for (int run = 0; run < 3; ++run) {
        DaemonProcess daemon;
        if (run == 0)
            daemon.serve();
        else
            daemon.start({u"--listen"_s, u"127.0.0.1"_s, u"--port"_s, QString::number(port)});
        QTRY_VERIFY2(daemon.isListening(), qPrintable(daemon.errors()));
        port = daemon.port();
        WsClient anna(daemon.ws(u"general"_s, u"anna"_s));
        QTRY_VERIFY(anna.isConnected());
        daemon.signalTermination();
        QTRY_VERIFY(daemon.hasEnded()); // the server closed first, so its side waits in TIME_WAIT
    }
}

void TestParlanced::jsonLog()
{
    DaemonProcess daemon;
    daemon.serve({u"--log-format"_s, u"json"_s, u"--log-level"_s, u"debug"_s});
    QTRY_VERIFY(daemon.isListening());
    WsClient anna(daemon.ws(u"general"_s, u"anna"_s), WsClient::Speaks::Parlance);
    QTRY_VERIFY(anna.isConnected());
    for (int i = 0; i < 30; ++i)
        anna.sendText(u"{\"type\":\"\n\u2028\"}"_s); // until it is thrown out
    QTRY_VERIFY(anna.isClosed());
    daemon.signalTermination();
    QTRY_VERIFY(daemon.hasEnded());
    const QStringList lines = daemon.errors().split(u'\n', Qt::SkipEmptyParts);
    QVERIFY(!lines.isEmpty());
    for (const QString &line : lines) {
        QJsonParseError error;
        const QJsonObject record = QJsonDocument::fromJson(line.toUtf8(), &error).object();
        QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(line));
        for (const QString &key : {u"time"_s, u"level"_s, u"category"_s, u"message"_s})
            QVERIFY2(record.value(key).isString(), qPrintable(line));
    }
    QVERIFY(!lines.filter(u"closing"_s).isEmpty());
}

void TestParlanced::logIsQuietWhereAsked()
{
    DaemonProcess daemon;
    daemon.serve({u"--log-level"_s, u"error"_s});
    QTRY_VERIFY(daemon.isListening());
    daemon.signalTermination();
    QTRY_VERIFY(daemon.hasEnded());
    QCOMPARE(daemon.errors(), QString());
}

QTEST_GUILESS_MAIN(TestParlanced)
#include "tst_parlanced.moc"
