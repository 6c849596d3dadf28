// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpanswer.h"
#include "support/speaker.h"
#include "support/wsframes.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Speaks = WsClient::Speaks;

UserName named(const QString &name)
{
    return parseUserName(name).take();
}

} // namespace

/// The events that only parlance.v1 has.
class TestV1Events : public QObject
{
    Q_OBJECT

private slots:
    void typing();
    void notice();
    void presence();

    void kicked();
    void kickedPlain();
    void roomClosed();
    void serverClosing();
};

void TestV1Events::typing()
{
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s), Speaks::Parlance);
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn() && ben.events(u"history_end"_s).size() == 1);
    anna.client.send({{u"type"_s, u"typing"_s}, {u"on"_s, true}});
    QTRY_COMPARE(ben.events(u"typing"_s).size(), 1);
    const QJsonObject event = ben.events(u"typing"_s).constFirst();
    QCOMPARE(event[u"username"_s].toString(), u"anna"_s);
    QCOMPARE(event[u"on"_s], QJsonValue(true));
    QVERIFY(event.contains(u"timestamp"_s));
    anna.client.send({{u"type"_s, u"typing"_s}, {u"on"_s, false}});
    QTRY_COMPARE(ben.events(u"typing"_s).size(), 2);
    QCOMPARE(ben.events(u"typing"_s).constLast()[u"on"_s], QJsonValue(false));
    anna.client.send({{u"type"_s, u"typing"_s}, {u"on"_s, u"yes"_s}});
    QTRY_COMPARE(anna.client.events(u"error"_s).size(), 1);
    QCOMPARE(anna.client.events(u"error"_s).constFirst()[u"field"_s].toString(), u"on"_s);
}

void TestV1Events::notice()
{
    NetServer server;
    Speaker anna(server);
    WsClient other(server.ws(u"other"_s, u"ben"_s), Speaks::Parlance);
    QTRY_VERIFY(anna.isIn() && other.events(u"history_end"_s).size() == 1);
    QVERIFY(server.chat().notice({u"Only here"_s, Severity::Warning, true, 1'800'000'060'000}, general()));
    QVERIFY(server.chat().notice({u"Everywhere"_s, Severity::Info, false, 0}, RoomName()));
    QTRY_COMPARE(anna.client.events(u"notice"_s).size(), 2);
    QTRY_COMPARE(other.events(u"notice"_s).size(), 1);
    const QJsonObject first = anna.client.events(u"notice"_s).constFirst();
    QCOMPARE(first[u"content"_s].toString(), u"Only here"_s);
    QCOMPARE(first[u"severity"_s].toString(), u"warning"_s);
    QCOMPARE(first[u"sticky"_s], QJsonValue(true));
    QCOMPARE(first[u"until"_s].toString(), u"2027-01-15T08:01:00.000Z"_s);
    QVERIFY(first.contains(u"timestamp"_s));
    QCOMPARE(other.events(u"notice"_s).constFirst()[u"content"_s].toString(), u"Everywhere"_s);
    QVERIFY(!other.events(u"notice"_s).constFirst().contains(u"until"_s));
}

void TestV1Events::presence()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.quietRoom = 3; });
    WsClient plain(server.ws(u"general"_s, u"plain"_s));
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn() && plain.isConnected());
    auto third = std::make_unique<WsClient>(server.ws(u"general"_s, u"third"_s));
    QTRY_COMPARE(anna.client.events(u"user_joined"_s).size(), 1);
    QTRY_COMPARE(plain.events(u"user_joined"_s).size(), 2);

    auto fourth = std::make_unique<WsClient>(server.ws(u"general"_s, u"fourth"_s));
    auto fifth = std::make_unique<WsClient>(server.ws(u"general"_s, u"fifth"_s));
    auto sixth = std::make_unique<WsClient>(server.ws(u"general"_s, u"sixth"_s));
    QTRY_COMPARE(server.chat().sessionCount(), 6);
    sixth.reset(); // came and went between two summaries
    QTRY_COMPARE(server.chat().sessionCount(), 5);
    QVERIFY(anna.client.events(u"presence"_s).isEmpty());
    server.chat().tick();
    QTRY_COMPARE(anna.client.events(u"presence"_s).size(), 1);
    QJsonObject event = anna.client.events(u"presence"_s).constFirst();
    QCOMPARE(event[u"joined"_s].toArray(), (QJsonArray {u"fifth"_s, u"fourth"_s}));
    QCOMPARE(event[u"left"_s].toArray(), QJsonArray());
    QCOMPARE(event[u"count"_s].toInt(), 5);
    server.chat().tick();

    fifth.reset();
    QTRY_COMPARE(server.chat().sessionCount(), 4);
    server.chat().tick();
    QTRY_COMPARE(anna.client.events(u"presence"_s).size(), 2); // and none for the tick with nothing to tell
    event = anna.client.events(u"presence"_s).constLast();
    QCOMPARE(event[u"left"_s].toArray(), QJsonArray {u"fifth"_s});
    QCOMPARE(event[u"count"_s].toInt(), 4);
    QCOMPARE(anna.client.events(u"user_joined"_s).size(), 1);
    QVERIFY(anna.client.events(u"user_left"_s).isEmpty());
    QCOMPARE(plain.events().size(), 2); // plain clients hear nothing of it
}

void TestV1Events::kicked()
{
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn() && ben.isConnected());
    QVERIFY(server.chat().kick(general(), named(u"anna"_s), u"enough"_s, 30s));
    QTRY_VERIFY(anna.client.isClosed());
    QCOMPARE(anna.client.closeCode(), 4430);
    QCOMPARE(anna.client.socket().closeReason(), u"enough"_s);
    const QJsonObject event = anna.client.events().constLast();
    QCOMPARE(typeOf(event), u"kicked"_s);
    QCOMPARE(event[u"reason"_s].toString(), u"enough"_s);
    QCOMPARE(event[u"rejoin_after_ms"_s].toInt(), 30'000);
    QCOMPARE(event[u"cause"_s].toString(), u"kicked"_s);
    QTRY_COMPARE(ben.events(u"user_left"_s).size(), 1);

    // By token under another name, and by name from the same address: not before the time is over.
    server.advance(29s);
    for (const auto &[name, query] : {std::pair(u"zoe"_s, u"resume="_s + anna.token()), std::pair(u"ANNA"_s, QString())}) {
        WsClient back(server.ws(u"general"_s, name, query), Speaks::Parlance);
        QTRY_VERIFY(back.isClosed());
        QCOMPARE(back.closeCode(), 4430);
        QCOMPARE(typesOf(back), QStringList {u"error"_s});
        QCOMPARE(back.events().constFirst()[u"code"_s].toString(), u"kicked"_s);
        QCOMPARE(back.events().constFirst()[u"retry_after_ms"_s].toInt(), 1000);
    }
    WsClient elsewhere(server.ws(u"other"_s, u"anna"_s, u"resume="_s + anna.token()), Speaks::Parlance);
    QTRY_COMPARE(elsewhere.events(u"welcome"_s).size(), 1); // out of one room, not out of the server
    server.advance(1s);
    WsClient later(server.ws(u"general"_s, u"anna"_s, u"resume="_s + anna.token()), Speaks::Parlance);
    QTRY_COMPARE(later.events(u"welcome"_s).size(), 1);
}

void TestV1Events::kickedPlain()
{
    NetServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QVERIFY(server.chat().kick(general(), named(u"anna"_s), {}, 30s));
    QTRY_VERIFY(anna.isClosed());
    QCOMPARE(anna.closeCode(), 4430);
    QVERIFY(!anna.socket().closeReason().isEmpty());
    QVERIFY(anna.events().isEmpty());
    RawClient back(server.port());
    back.send(upgradeHead("/ws/general/anna"));
    QTRY_COMPARE(readAnswers(back.received()).list.value(0).status, 403);
    QCOMPARE(readAnswers(back.received()).list.constFirst().field("retry-after"), QByteArray("30"));
}

void TestV1Events::roomClosed()
{
    NetServer server;
    Speaker anna(server);
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(anna.isIn() && ben.isConnected());
    QTRY_COMPARE(server.chat().sessionCount(), 2);
    anna.client.clear();
    QVERIFY(server.chat().closeRoom(general(), u"over"_s));
    QTRY_VERIFY(anna.client.isClosed() && ben.isClosed());
    QCOMPARE(anna.client.closeCode(), 4404);
    QCOMPARE(ben.closeCode(), 4404);
    QCOMPARE(anna.client.events(u"kicked"_s).size(), 1);
    QCOMPARE(anna.client.events(u"kicked"_s).constFirst()[u"cause"_s].toString(), u"room_closed"_s);
    QCOMPARE(anna.client.events(u"kicked"_s).constFirst()[u"rejoin_after_ms"_s].toInt(-1), 0);
    QVERIFY(anna.client.events(u"user_left"_s).isEmpty()); // nobody who is sent out hears of the others
    QTRY_COMPARE(server.sockets().sessionCount(), 0);
    QVERIFY(server.chat().rooms().isEmpty());
    Speaker again(server);
    QTRY_VERIFY(again.isIn());
}

void TestV1Events::serverClosing()
{
    NetServer server;
    QSignalSpy drained(&server.sockets(), &WebSocketGateway::drained);
    Speaker anna(server);
    RawClient deaf(server.port()); // does not answer the goodbye
    deaf.send(upgradeHead("/ws/general/deaf"));
    QTRY_VERIFY(anna.isIn());
    QTRY_COMPARE(server.chat().sessionCount(), 2);
    server.chat().beginShutdown();
    server.sockets().drain(2s);
    QTRY_VERIFY(anna.client.isClosed());
    QCOMPARE(anna.client.closeCode(), 4503);
    const QJsonObject event = anna.client.events().constLast();
    QCOMPARE(typeOf(event), u"server_closing"_s);
    QCOMPARE(event[u"retry_after_ms"_s].toInt(), 2000);
    QTRY_COMPARE(server.sockets().sessionCount(), 1);
    QCOMPARE(framesAfterUpgrade(deaf.received()).closeCode(), 4503);
    QCOMPARE(drained.size(), 0);
    server.advance(3s); // the grace of a goodbye
    QTRY_COMPARE(drained.size(), 1);
    QTRY_VERIFY(deaf.isEnded());
}

QTEST_GUILESS_MAIN(TestV1Events)
#include "tst_v1events.moc"
