// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/rawtalk.h"
#include "support/wsclient.h"
#include "support/wsframes.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Speaks = WsClient::Speaks;

} // namespace

/// Who says too much is told when it may go on, and sent away where it does not listen; what is kept is bounded.
class TestFloods : public QObject
{
    Q_OBJECT

private slots:
    void flood();
    void commandFlood();
    void floodOfCommands();

    void historyIsBounded();
};

void TestFloods::flood()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.messages = {10, 10s}; });
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    for (int i = 1; i <= 12; ++i)
        client.send(wsText(message(QString::number(i), u"c-%1"_s.arg(i))));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 12);
    QList<QJsonObject> errors;
    for (const QJsonObject &event : framesAfterUpgrade(client.received()).events()) {
        if (event[u"message_type"_s].toString() == u"error")
            errors.append(event);
    }
    QCOMPARE(errors.size(), 2);
    QCOMPARE(errors.at(0)[u"code"_s].toString(), u"rate_limited"_s);
    QCOMPARE(errors.at(0)[u"cid"_s].toString(), u"c-11"_s);
    QCOMPARE(errors.at(0)[u"retry_after_ms"_s].toInt(), 1000);

    server.advance(1s); // the time that it said
    client.send(wsText(message(u"patient"_s)));
    QTRY_COMPARE(ben.contents().size(), 11);
    client.send(wsText(message(u"impatient"_s)).repeated(97));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 12 + 1 + 97);
    QCOMPARE(framesAfterUpgrade(client.received()).closeCode(), 0);
    client.send(wsText(message(u"impatient"_s)).repeated(50));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).closeCode(), 4429);
    QCOMPARE(ben.contents().size(), 11);
}

/// Commands that cost no message cost the connection all the same.
void TestFloods::commandFlood()
{
    NetServer server([](NetServer::Settings &settings) { settings.net.commands = {5, 10s}; });
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    for (int i = 0; i < 6; ++i)
        client.send(wsText(message(u" "_s)));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 1);
    const QJsonObject error = framesAfterUpgrade(client.received()).events().constFirst();
    QCOMPARE(error[u"code"_s].toString(), u"rate_limited"_s);
    QVERIFY(error[u"retry_after_ms"_s].toInt() > 0);
    for (int i = 0; i < 100; ++i)
        client.send(wsText(message(u" "_s)));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).closeCode(), 4429);
}

/// Of whatever kind: commands are counted before they are understood.
void TestFloods::floodOfCommands()
{
    NetServer server([](NetServer::Settings &settings) { settings.net.commands = {20, 10s}; });
    WsClient ben(server.ws(u"general"_s, u"ben"_s), Speaks::Parlance);
    QTRY_VERIFY(ben.isConnected());
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(wsText("{\"type\":\"typing\"}").repeated(20));
    QTRY_COMPARE(server.metrics().count(Metrics::CommandsReceived), 20u);
    QVERIFY(framesAfterUpgrade(client.received()).list.isEmpty());
    client.send(wsText(message(u"one too many"_s)) + toBytes({2, "binary"}) + wsText("no JSON"));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 3);
    for (const QJsonObject &event : framesAfterUpgrade(client.received()).events()) {
        QCOMPARE(event[u"code"_s].toString(), u"rate_limited"_s);
        QCOMPARE(event[u"retry_after_ms"_s].toInt(), 500);
    }
    server.advance(500ms);
    client.send(wsText(message(u"in time"_s)));
    QTRY_COMPARE(ben.contents(), QStringList {u"in time"_s});
    client.send(wsText("{}").repeated(200));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).closeCode(), 4429);
}

/// A room that fills the memory forgets its own oldest messages.
void TestFloods::historyIsBounded()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.historyBytes = 10'000; });
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    for (int i = 1; i <= 20; ++i)
        anna.say(QString(1000, QChar(u'a' + i)));
    QTRY_COMPARE(anna.contents().size(), 20);
    const MessageList kept = server.chat().newest(parseRoomName(u"general").value(), 1000);
    QCOMPARE(kept.size(), 4);
    QCOMPARE(kept.constLast().seq, 20u);
    QVERIFY(server.chat().historyBytes() <= 10'000);
}

QTEST_GUILESS_MAIN(TestFloods)
#include "tst_floods.moc"
