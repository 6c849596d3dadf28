// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/puppet.h"
#include "support/rawclient.h"
#include "support/rawtalk.h"
#include "support/wsframes.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kQueue = 1024 * 1024; ///< limits.sendQueueBytes

} // namespace

/// Who does not read is dropped before it costs much; who reads slowly is not.
class TestSlowReaders : public QObject
{
    Q_OBJECT

private slots:
    void stopsReading();
    void sendQueueIsBounded();
    void burstIsNoSlowReader();
    void unreadPongsAreBounded();
    void noProgress();
    void someProgress();
};

void TestSlowReaders::stopsReading()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.ring = 20'000; });
    RawClient deaf(server.port(), {QHostAddress::LocalHost, 8 * 1024});
    deaf.stopReadingAfter(1);
    deaf.send(upgradeHead("/ws/general/deaf", kParlance));
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    RawClient reader(server.port());
    reader.send(upgradeHead("/ws/general/reader", kParlance));
    RawClient author(server.port());
    author.send(upgradeHead("/ws/general/author"));
    QTRY_VERIFY(hasJoined(reader) && hasJoined(author));

    const QByteArray frame = wsText(message(QString(1000, u'x')));
    for (int i = 1; i <= 100; ++i) {
        author.send(frame.repeated(100)); // 10 MB: more than the kernel keeps for the deaf one
        const QByteArray last = "\"seq\":" + QByteArray::number(i * 100) + '}';
        QTRY_VERIFY(reader.received().endsWith(last) && author.received().endsWith(last));
        author.take();
    }
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 1u);
    const QList<QJsonObject> events = framesAfterUpgrade(reader.received()).events();
    qint64 seq = 0;
    for (const QJsonObject &event : events) {
        if (event[u"message_type"_s].toString() == u"message")
            QCOMPARE(event[u"seq"_s].toInteger(), ++seq);
    }
    QCOMPARE(seq, 10'000);
    server.advance(500ms); // the goodbye is said by the next sweep
    server.advance(3s); // its grace
    QTRY_COMPARE(server.chat().userNames(parseRoomName(u"general").value()), (QStringList {u"reader"_s, u"author"_s}));
    QTRY_VERIFY(reader.received().contains("\"user_left\""));
}

void TestSlowReaders::sendQueueIsBounded()
{
    NetServer server;
    Puppet deaf(server, "deaf");
    QTRY_VERIFY(deaf.isIn());
    deaf.stream().setTakes(false);
    Puppet author(server, "author");
    QTRY_VERIFY(author.isIn());
    const QByteArray frame = wsText(message(QString(3000, u'x')));
    for (int i = 0; i < 1000 && server.metrics().count(Metrics::SlowReadersDropped) == 0; ++i) {
        author.stream().say(frame);
        turnLoop();
        QVERIFY(deaf.stream().queuedBytes() <= kQueue + 200); // and the goodbye
    }
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 1u);
    QVERIFY(deaf.stream().queuedBytes() > kQueue / 2);
    server.advance(500ms); // the goodbye is said by the next sweep
    server.advance(3s);
    QTRY_VERIFY(deaf.isGone());
    QCOMPARE(server.chat().sessionCount(), 1);
}

/// Much at once is no fault of who has read everything so far.
void TestSlowReaders::burstIsNoSlowReader()
{
    NetServer server;
    Puppet reader(server, "reader");
    Puppet author(server, "author");
    QTRY_VERIFY(reader.isIn() && author.isIn());
    author.stream().say(wsText(message(u"😀"_s.repeated(4000))).repeated(200)); // 3 MiB in one turn of the loop
    QTRY_COMPARE(reader.frames().events().size(), 2 + 1 + 200); // welcome, history_end, user_joined
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 0u);
    QCOMPARE(server.chat().sessionCount(), 2);
}

void TestSlowReaders::unreadPongsAreBounded()
{
    NetServer server;
    Puppet pinger(server, "pinger");
    QTRY_VERIFY(pinger.isIn());
    pinger.stream().setTakes(false);
    const QByteArray ping = toBytes({9, QByteArray(125, 'p')});
    for (int i = 0; i < 10'000; ++i) {
        pinger.stream().say(ping);
        QVERIFY(pinger.stream().queuedBytes() <= kQueue + 200);
    }
    QVERIFY(pinger.stream().queuedBytes() > kQueue / 2);
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 1u);
    server.advance(500ms);
    server.advance(3s);
    QTRY_VERIFY(pinger.isGone());
}

void TestSlowReaders::noProgress()
{
    NetServer server;
    Puppet deaf(server, "deaf");
    Puppet author(server, "author");
    QTRY_VERIFY(deaf.isIn() && author.isIn());
    deaf.stream().setTakes(false);
    author.stream().say(wsText(message(u"hello"_s)));
    QTRY_VERIFY(deaf.stream().queuedBytes() > 0);
    server.advance(0s);
    deaf.stream().say(toBytes({10, ""})); // talks, but does not read
    server.advance(14'999ms);
    QVERIFY(!deaf.isGone() && server.metrics().count(Metrics::SlowReadersDropped) == 0);
    server.advance(1ms);
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 1u);
    server.advance(3s);
    QTRY_VERIFY(deaf.isGone());
}

void TestSlowReaders::someProgress()
{
    NetServer server;
    Puppet slow(server, "slow");
    Puppet author(server, "author");
    QTRY_VERIFY(slow.isIn() && author.isIn());
    for (int i = 0; i < 10; ++i) {
        slow.stream().setTakes(false);
        author.stream().say(wsText(message(u"hello"_s)));
        QTRY_VERIFY(slow.stream().queuedBytes() > 0);
        server.advance(10s);
        slow.stream().setTakes(true);
        slow.stream().flush();
        slow.stream().say(toBytes({10, ""}));
        author.stream().say(toBytes({10, ""}));
        server.advance(1s);
    }
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 0u);
    QCOMPARE(server.chat().sessionCount(), 2);
}

QTEST_GUILESS_MAIN(TestSlowReaders)
#include "tst_slowreaders.moc"
