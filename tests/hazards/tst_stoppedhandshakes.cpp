// SPDX-License-Identifier: GPL-3.0-or-later
#include "hazardbytes.h"
#include "support/httpanswer.h"
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/wsframes.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What QSslServer and QWebSocketServer fall for does not reach them: the bytes of `qthazards`, sent to a
/// server of ours. A test is called like the fault that it is about.
class TestStoppedHandshakes : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_server = std::make_unique<NetServer>(); }
    void cleanup();

    void t2_silentCrowd();
    void w7_halfHandshake();
    void w8_endlessHandshake();
    void w9_upgradeInAFrame();
    void w10_behindTheHead();
    void handshakes_data();
    void handshakes();
    void w13_manyAtOnce();

private:
    std::unique_ptr<NetServer> m_server;
};

/// Whatever happened before, the server serves.
void TestStoppedHandshakes::cleanup()
{
    RawClient client(m_server->port());
    client.send(Hazard::get("/healthz"));
    QTRY_COMPARE(readAnswers(client.received()).list.value(0).status, 200);
}

void TestStoppedHandshakes::t2_silentCrowd()
{
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 40; ++i)
        silent.push_back(std::make_unique<RawClient>(m_server->port()));
    QTRY_COMPARE(m_server->door().connectionCount(), 40);
    RawClient client(m_server->port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_COMPARE(m_server->chat().sessionCount(), 1);
}

void TestStoppedHandshakes::w7_halfHandshake()
{
    RawClient client(m_server->port());
    client.send(Hazard::upgrade("/ws/general/anna").chopped(2));
    QTRY_VERIFY(m_server->metrics().count(Metrics::BytesReceived) > 100);
    m_server->advance(10s);
    QTRY_VERIFY(client.isEnded());
    QCOMPARE(readAnswers(client.received()).list.value(0).status, 408);
}

void TestStoppedHandshakes::w8_endlessHandshake()
{
    RawClient client(m_server->port());
    client.send("GET /ws/general/anna HTTP/1.1\r\nX: " + QByteArray(700'000, 'x'));
    QTRY_VERIFY(client.isEnded());
    QCOMPARE(readAnswers(client.received()).list.value(0).status, 431);
}

void TestStoppedHandshakes::w9_upgradeInAFrame()
{
    RawClient atOnce(m_server->port());
    atOnce.send(Hazard::upgradeInAFrame("/ws/general/anna"));
    QTRY_VERIFY(atOnce.isEnded());
    QCOMPARE(readAnswers(atOnce.received()).list.value(0).status, 400);
    QCOMPARE(atOnce.received().count("HTTP/1.1 "), 1);

    // And in order, with a payload that is small enough: bytes of a message, whatever they look like.
    RawClient client(m_server->port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(client.received().contains("\r\n\r\n"));
    client.send(toBytes({2, upgradeHead("/ws/general/ben")}));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).events().size(), 1);
    QCOMPARE(framesAfterUpgrade(client.received()).events().constFirst()[u"code"_s].toString(), u"bad_request"_s);
    QCOMPARE(client.received().count("HTTP/1.1 101"), 1);
    QCOMPARE(m_server->chat().sessionCount(), 1);
}

void TestStoppedHandshakes::w10_behindTheHead()
{
    RawClient client(m_server->port());
    client.send(Hazard::upgrade("/ws/general/anna") + wsText("first") + toBytes({9, "ping"}));
    QTRY_VERIFY(client.isEnded());
    QCOMPARE(readAnswers(client.received()).list.value(0).status, 400);
    QCOMPARE(m_server->chat().sessionCount(), 0);
}

void TestStoppedHandshakes::handshakes_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &what, const QByteArray &with, int status) {
        QTest::newRow(name) << Hazard::upgrade("/ws/general/anna", what, with) << status;
    };
    row("W11 foreign Origin", "\r\n\r\n", "\r\nOrigin: http://evil.example\r\n\r\n", 403);
    row("W12 no key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "", 400);
    row("W12 key of 3 bytes", "dGhlIHNhbXBsZSBub25jZQ==", "YWJj", 400);
    row("W12 version 8", ": 13", ": 8", 426);
    row("W12 no version", "Sec-WebSocket-Version: 13\r\n", "", 426);
    row("W12 XXXXX9.9", "HTTP/1.1", "XXXXX9.9", 400);
    row("W23 list", ": websocket", ": h2c, websocket", 101);
    row("W23 trailing member", ": websocket", ": websocket,", 101);
    row("W23 two Connection lines", "Connection: Upgrade", "Connection: keep-alive\r\nConnection: Upgrade", 101);
}

void TestStoppedHandshakes::handshakes()
{
    QFETCH(QByteArray, head);
    RawClient client(m_server->port());
    client.send(head);
    QTRY_VERIFY(!readAnswers(client.received()).list.isEmpty());
    QTEST(readAnswers(client.received()).list.constFirst().status, "status");
}

void TestStoppedHandshakes::w13_manyAtOnce()
{
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 100; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_server->port()));
        clients.back()->send(Hazard::upgrade("/ws/general/guest" + QByteArray::number(i)));
    }
    QTRY_COMPARE(m_server->chat().sessionCount(), 100);
}

QTEST_GUILESS_MAIN(TestStoppedHandshakes)
#include "tst_stoppedhandshakes.moc"
