// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/netserver.h"
#include "support/puppet.h"
#include "support/rawtalk.h"
#include "support/wsclient.h"
#include "support/wsframes.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// When a ping is due and when silence is over, to the millisecond.
class TestHeartbeat : public QObject
{
    Q_OBJECT

private slots:
    void silence();
    void dripIsNoSignOfLife();
    void pongKeepsAlive();
};

void TestHeartbeat::silence()
{
    NetServer server;
    Puppet silent(server, "silent");
    QTRY_VERIFY(silent.isIn());
    server.advance(24'999ms);
    QVERIFY(silent.frames().list.constLast().opcode != 9);
    server.advance(1ms);
    QCOMPARE(silent.frames().list.constLast().opcode, 9);
    server.advance(34'999ms);
    QCOMPARE(silent.frames().closeCode(), 0);
    server.advance(1ms);
    QCOMPARE(silent.frames().closeCode(), 4408);
    QCOMPARE(server.metrics().count(Metrics::HeartbeatsMissed), 1u);
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 0u);
    QCOMPARE(server.chat().sessionCount(), 1);
    server.advance(3s);
    QTRY_VERIFY(silent.isGone());
    QCOMPARE(server.chat().sessionCount(), 0);
}

/// A frame that comes byte by byte and never ends holds a connection no longer than silence.
void TestHeartbeat::dripIsNoSignOfLife()
{
    NetServer server;
    Puppet dripping(server, "drip");
    QTRY_VERIFY(dripping.isIn());
    const QByteArray frame = wsText(message(QString(1000, u'x')));
    for (int i = 0; i < 6; ++i) {
        QCOMPARE(dripping.frames().closeCode(), 0);
        dripping.stream().say(frame.mid(i, 1));
        server.advance(10s);
    }
    QCOMPARE(dripping.frames().closeCode(), 4408);
    QCOMPARE(server.metrics().count(Metrics::HeartbeatsMissed), 1u);
}

void TestHeartbeat::pongKeepsAlive()
{
    NetServer server;
    WsClient client(server.ws(u"general"_s, u"anna"_s)); // Qt answers pings by itself
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    for (int i = 0; i < 10; ++i) {
        const quint64 before = server.metrics().count(Metrics::BytesReceived);
        server.advance(25s);
        QTRY_VERIFY(server.metrics().count(Metrics::BytesReceived) > before);
    }
    QCOMPARE(server.chat().sessionCount(), 1);
    QVERIFY(client.isConnected());
}

QTEST_GUILESS_MAIN(TestHeartbeat)
#include "tst_heartbeat.moc"
