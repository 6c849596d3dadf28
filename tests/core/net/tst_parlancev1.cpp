// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpanswer.h"
#include "core/net/v1support.h"
#include "protocol/limitfields.h"
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/wsclient.h"
#include "support/wsframes.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Speaks = WsClient::Speaks;

QStringList typesOf(const WsClient &client)
{
    QStringList types;
    for (const QJsonObject &event : client.events())
        types.append(typeOf(event));
    return types;
}

UserName named(const QString &name)
{
    return parseUserName(name).take();
}

/// "anna" in "general", speaking parlance.v1.
class Speaker
{
public:
    explicit Speaker(NetServer &server) : m_server(server), client(server.ws(u"general"_s, u"anna"_s), Speaks::Parlance) {}
    bool isIn() const { return !client.events(u"history_end"_s).isEmpty(); }
    QJsonObject welcome() const { return client.events(u"welcome"_s).value(0); }
    QString epoch() const { return welcome()[u"epoch"_s].toString(); }
    QString token() const { return welcome()[u"resume_token"_s].toString(); }
    SessionId session() const { return SessionId {welcome()[u"session"_s].toString().toULongLong()}; }
    /// Straight to the chat, so that it is quick.
    void post(int count, const QString &content = {})
    {
        for (int i = 1; i <= count; ++i)
            QVERIFY(m_server.chat().post(session(), content.isEmpty() ? QString::number(i) : content, Cid()));
    }

private:
    NetServer &m_server;

public:
    WsClient client;
};

quint64 headOf(NetServer &server)
{
    const Room *room = server.chat().room(general());
    return room ? room->head : 0;
}

} // namespace

/// Part B of the wire contract, over real sockets.
class TestParlanceV1 : public QObject
{
    Q_OBJECT

private slots:
    void welcome();
    void historyThenEnd();
    void plainHearsOnlyPartA();

    void resume();
    void resumeWithNothingMissed();
    void sinceWithoutEpoch();
    void resync_data();
    void resync();

    void tokenKeepsTheName();
    void strangerGetsNumber();
    void samePersonTwice();

    void repeatedCid();
    void repeatedCidKeepsTheOrder();
    void repeatedCidAfterReconnect();
    void cidOfAnother();
    void cidWithOtherContent();

    void typing();
    void notice();
    void kicked();
    void kickedPlain();
    void roomClosed();
    void repeatKeepsOrder();
    void serverClosing();
    void presence();
};

void TestParlanceV1::welcome()
{
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    const QJsonObject event = anna.client.events().constFirst();
    QCOMPARE(typeOf(event), u"welcome"_s);
    QStringList keys = event.keys();
    keys.sort();
    QCOMPARE(keys, (QStringList {u"epoch"_s, u"features"_s, u"frozen"_s, u"head"_s, u"limits"_s, u"message_type"_s,
                                 u"resume_token"_s, u"role"_s, u"room"_s, u"server"_s, u"session"_s, u"slow_mode_s"_s,
                                 u"timestamp"_s, u"topic"_s, u"username"_s, u"users"_s}));
    QCOMPARE(event[u"username"_s].toString(), u"anna"_s);
    QCOMPARE(event[u"room"_s].toString(), u"general"_s);
    QCOMPARE(event[u"role"_s].toString(), u"guest"_s);
    QCOMPARE(event[u"head"_s].toInteger(-1), 0);
    QVERIFY(!event[u"epoch"_s].toString().isEmpty());
    QCOMPARE(event[u"resume_token"_s].toString().size(), 43);
    QCOMPARE(event[u"users"_s].toArray(), (QJsonArray {u"ben"_s, u"anna"_s}));
    QVERIFY(event[u"features"_s].isArray());
    QVERIFY(event[u"frozen"_s].isBool());
    QVERIFY(event[u"topic"_s].isString());
    QCOMPARE(event[u"slow_mode_s"_s].toInt(-1), 0);
    const QJsonObject about = event[u"server"_s].toObject();
    QCOMPARE(about.keys(), (QStringList {u"durability"_s, u"name"_s, u"time"_s, u"version"_s}));
    QCOMPARE(about[u"durability"_s].toString(), u"memory"_s);
    QCOMPARE(about[u"time"_s].toString(), u"2027-01-15T08:00:00.000Z"_s); // where the fake clock stands
    QCOMPARE(event[u"timestamp"_s], about[u"time"_s]);
    QCOMPARE(event[u"limits"_s].toObject().size(), qsizetype(kLimitFields.size()));
    QCOMPARE(event[u"limits"_s][u"content_chars"_s].toInt(), 4000);
}

void TestParlanceV1::historyThenEnd()
{
    NetServer server;
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    QCOMPARE(typesOf(anna.client), (QStringList {u"welcome"_s, u"history_end"_s}));
    QCOMPARE(anna.client.events().constLast()[u"from"_s].toInteger(-1), 0);
    QCOMPARE(anna.client.events().constLast()[u"to"_s].toInteger(-1), 0);
    QCOMPARE(anna.client.events().constLast()[u"complete"_s], QJsonValue(true));
    anna.post(60);
    QTRY_COMPARE(headOf(server), 60u);

    WsClient ben(server.ws(u"general"_s, u"ben"_s), Speaks::Parlance);
    QTRY_COMPARE(ben.events(u"history_end"_s).size(), 1);
    QCOMPARE(ben.events().size(), 52);
    QCOMPARE(typeOf(ben.events().constFirst()), u"welcome"_s);
    QCOMPARE(ben.events().constFirst()[u"head"_s].toInteger(), 60);
    QCOMPARE(seqsOf(ben.events()), numbers(11, 60));
    const QJsonObject end = ben.events().constLast();
    QCOMPARE(typeOf(end), u"history_end"_s);
    QCOMPARE(end[u"from"_s].toInteger(), 11);
    QCOMPARE(end[u"to"_s].toInteger(), 60);
    QCOMPARE(end[u"complete"_s], QJsonValue(false));
}

void TestParlanceV1::plainHearsOnlyPartA()
{
    NetServer server;
    WsClient plain(server.ws(u"general"_s, u"plain"_s));
    QTRY_VERIFY(plain.isConnected());
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    anna.client.send({{u"type"_s, u"typing"_s}});
    QVERIFY(server.chat().notice({u"Soon closed"_s, Severity::Info, false, 0}, general()));
    anna.post(1);
    QTRY_COMPARE(plain.contents().size(), 1);
    server.sockets().drain(2s);
    QTRY_VERIFY(plain.isClosed());
    QCOMPARE(typesOf(plain), (QStringList {u"user_joined"_s, u"message"_s}));
    QCOMPARE(plain.closeCode(), 4503);
}

// --- resume ----------------------------------------------------------------------------------------

void TestParlanceV1::resume()
{
    NetServer server;
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    anna.post(70);
    QTRY_COMPARE(headOf(server), 70u);
    WsClient ben(server.ws(u"general"_s, u"ben"_s, u"since=4&epoch="_s + anna.epoch()), Speaks::Parlance);
    QTRY_COMPARE(ben.events(u"history_end"_s).size(), 1);
    QCOMPARE(ben.events().size(), 1 + 66 + 1); // more than a newcomer would get, and nothing else
    QCOMPARE(seqsOf(ben.events()), numbers(5, 70));
    const QJsonObject end = ben.events().constLast();
    QCOMPARE(end[u"from"_s].toInteger(), 5);
    QCOMPARE(end[u"to"_s].toInteger(), 70);
    QCOMPARE(end[u"complete"_s], QJsonValue(true));
    anna.post(1);
    QTRY_COMPARE(seqsOf(ben.events()), numbers(5, 71)); // and goes on live
}

void TestParlanceV1::resumeWithNothingMissed()
{
    NetServer server;
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    anna.post(3);
    QTRY_COMPARE(headOf(server), 3u);
    WsClient ben(server.ws(u"general"_s, u"ben"_s, u"since=3&epoch="_s + anna.epoch()), Speaks::Parlance);
    QTRY_COMPARE(ben.events(u"history_end"_s).size(), 1);
    QCOMPARE(typesOf(ben), (QStringList {u"welcome"_s, u"history_end"_s}));
    QCOMPARE(ben.events().constLast()[u"to"_s].toInteger(), 3);
    anna.post(1);
    QTRY_COMPARE(seqsOf(ben.events()), numbers(4, 4));
}

void TestParlanceV1::sinceWithoutEpoch()
{
    NetServer server;
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    anna.post(60);
    QTRY_COMPARE(headOf(server), 60u);
    WsClient ben(server.ws(u"general"_s, u"ben"_s, u"since=58"_s), Speaks::Parlance);
    QTRY_COMPARE(ben.events(u"history_end"_s).size(), 1);
    QCOMPARE(seqsOf(ben.events()), numbers(11, 60));
    QCOMPARE(ben.events(u"resync"_s).size(), 1); // its 58 may have been another one's
    QCOMPARE(ben.events(u"resync"_s).constFirst()[u"reason"_s].toString(), u"epoch"_s);
    WsClient fresh(server.ws(u"general"_s, u"zoe"_s, u"since=0"_s), Speaks::Parlance);
    QTRY_COMPARE(fresh.events(u"history_end"_s).size(), 1);
    QVERIFY(fresh.events(u"resync"_s).isEmpty()); // knows nothing and says so
}

void TestParlanceV1::resync_data()
{
    QTest::addColumn<QString>("since");
    QTest::addColumn<bool>("sameEpoch");
    QTest::addColumn<QString>("reason"); // empty: no resync
    QTest::newRow("another epoch") << u"95"_s << false << u"epoch"_s;
    QTest::newRow("partly gone") << u"5"_s << true << u"retention"_s;
    QTest::newRow("just gone") << u"79"_s << true << u"retention"_s;
    QTest::newRow("just kept") << u"80"_s << true << QString();
    QTest::newRow("ahead") << u"101"_s << true << u"ahead"_s;
    QTest::newRow("far ahead") << u"18446744073709551615"_s << true << u"ahead"_s;
    QTest::newRow("at the head") << u"100"_s << true << QString();
}

void TestParlanceV1::resync()
{
    QFETCH(QString, since);
    QFETCH(bool, sameEpoch);
    QFETCH(QString, reason);
    NetServer server([](NetServer::Settings &settings) {
        settings.model.ring = 20;
        settings.net.replay = 10;
    });
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    anna.post(100);
    QTRY_COMPARE(headOf(server), 100u);
    const QString epoch = sameEpoch ? anna.epoch() : u"0123456789abcdef"_s;
    WsClient ben(server.ws(u"general"_s, u"ben"_s, u"since=%1&epoch=%2"_s.arg(since, epoch)), Speaks::Parlance);
    QTRY_COMPARE(ben.events(u"history_end"_s).size(), 1);
    if (reason.isEmpty()) {
        QVERIFY(ben.events(u"resync"_s).isEmpty());
        QCOMPARE(seqsOf(ben.events()), numbers(since.toLongLong() + 1, 100));
        return;
    }
    QCOMPARE(typeOf(ben.events().at(1)), u"resync"_s);
    QCOMPARE(ben.events().at(1)[u"reason"_s].toString(), reason);
    QCOMPARE(seqsOf(ben.events()), numbers(91, 100));
    QCOMPARE(ben.events(u"welcome"_s).constFirst()[u"epoch"_s].toString(), anna.epoch());
}

// --- persons ---------------------------------------------------------------------------------------

void TestParlanceV1::tokenKeepsTheName()
{
    NetServer server;
    WsClient watcher(server.ws(u"general"_s, u"watcher"_s));
    QTRY_VERIFY(watcher.isConnected());
    auto ghost = std::make_unique<Speaker>(server); // its network is gone, the server does not know yet
    QTRY_VERIFY(ghost->isIn());
    WsClient back(server.ws(u"general"_s, u"anna"_s, u"resume="_s + ghost->token()), Speaks::Parlance);
    QTRY_COMPARE(back.events(u"welcome"_s).size(), 1);
    const QJsonObject welcome = back.events(u"welcome"_s).constFirst();
    QCOMPARE(welcome[u"username"_s].toString(), u"anna"_s);
    QCOMPARE(welcome[u"resume_token"_s].toString(), ghost->token());
    QCOMPARE(welcome[u"users"_s].toArray(), (QJsonArray {u"watcher"_s, u"anna"_s}));
    ghost.reset();
    QTRY_COMPARE(server.chat().sessionCount(), 2);
    back.say(u"still here"_s);
    QTRY_COMPARE(watcher.contents().size(), 1);
    QCOMPARE(typesOf(watcher), (QStringList {u"user_joined"_s, u"message"_s}));
}

void TestParlanceV1::strangerGetsNumber()
{
    NetServer server;
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    for (const QString &query : {u""_s, u"resume="_s + QString(43, u'x'), u"resume=short"_s}) {
        WsClient other(server.ws(u"general"_s, u"anna"_s, query), Speaks::Parlance);
        QTRY_COMPARE(other.events(u"welcome"_s).size(), 1);
        QCOMPARE(other.events(u"welcome"_s).constFirst()[u"username"_s].toString(), u"anna-2"_s);
        other.socket().close();
        QTRY_COMPARE(server.chat().sessionCount(), 1);
    }
}

void TestParlanceV1::samePersonTwice()
{
    NetServer server;
    WsClient watcher(server.ws(u"general"_s, u"watcher"_s));
    QTRY_VERIFY(watcher.isConnected());
    const QString query = u"resume="_s + QString(43, u'x');
    auto phone = std::make_unique<WsClient>(server.ws(u"general"_s, u"anna"_s, query), Speaks::Parlance);
    auto desk = std::make_unique<WsClient>(server.ws(u"general"_s, u"other name"_s, query)); // plain, and the same person
    QTRY_COMPARE(server.chat().sessionCount(), 3);
    QTRY_VERIFY(desk->isConnected()); // it hears of that later than the server
    QCOMPARE(server.chat().userNames(general()), (QStringList {u"watcher"_s, u"anna"_s}));
    desk->say(u"from the desk"_s);
    QTRY_COMPARE(phone->contents(), QStringList {u"from the desk"_s});
    QTRY_COMPARE(desk->contents(), QStringList {u"from the desk"_s});
    QCOMPARE(phone->events(u"message"_s).constFirst()[u"username"_s].toString(), u"anna"_s);
    phone.reset();
    QTRY_COMPARE(server.chat().sessionCount(), 2);
    desk.reset();
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QTRY_COMPARE(typesOf(watcher), (QStringList {u"user_joined"_s, u"message"_s, u"user_left"_s}));
}

// --- acknowledgements ------------------------------------------------------------------------------

void TestParlanceV1::repeatedCid()
{
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s), Speaks::Parlance);
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn() && ben.events(u"history_end"_s).size() == 1);
    anna.client.say(u"once"_s, u"c-1"_s);
    anna.client.say(u"once"_s, u"c-1"_s);
    anna.client.say(u"after"_s, u"c-2"_s);
    QTRY_COMPARE(anna.client.contents().size(), 3);
    QTRY_COMPARE(ben.contents(), (QStringList {u"once"_s, u"after"_s}));
    QList<QJsonObject> echoes;
    for (const QJsonObject &event : anna.client.events(u"message"_s)) {
        if (event[u"cid"_s].toString() == u"c-1")
            echoes.append(event);
    }
    QCOMPARE(echoes.size(), 2);
    QCOMPARE(echoes.at(0), echoes.at(1));
    QCOMPARE(headOf(server), 2u);
}

/// Everything in one turn of the loop: a client that drops what is not above its last seq loses nothing.
void TestParlanceV1::repeatedCidKeepsTheOrder()
{
    NetServer server;
    RawClient anna(server.port());
    anna.send(upgradeHead("/ws/general/anna", kParlance));
    QTRY_VERIFY(anna.received().contains("\"history_end\""));
    const auto say = [](const char *content, const char *cid) {
        return wsText(QByteArray("{\"type\":\"message\",\"content\":\"") + content + "\",\"cid\":\"" + cid + "\"}");
    };
    anna.send(say("a", "c-1") + say("b", "c-2") + say("b", "c-2") + say("c", "c-3"));
    QTRY_COMPARE(seqsOf(framesAfterUpgrade(anna.received()).events()).size(), 4);
    QCOMPARE(seqsOf(framesAfterUpgrade(anna.received()).events()), (QList<qint64> {1, 2, 2, 3}));
}

void TestParlanceV1::repeatedCidAfterReconnect()
{
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s), Speaks::Parlance);
    auto anna = std::make_unique<Speaker>(server);
    QTRY_VERIFY(anna->isIn() && ben.events(u"history_end"_s).size() == 1);
    const QString token = anna->token();
    anna->client.say(u"once"_s, u"c-1"_s);
    QTRY_COMPARE(ben.contents().size(), 1);
    anna.reset();
    WsClient back(server.ws(u"general"_s, u"anna"_s, u"resume="_s + token), Speaks::Parlance);
    QTRY_COMPARE(back.events(u"history_end"_s).size(), 1);
    back.clear();
    back.say(u"once"_s, u"c-1"_s);
    QTRY_COMPARE(back.contents(), QStringList {u"once"_s});
    QCOMPARE(back.events(u"message"_s).constFirst()[u"seq"_s].toInteger(), 1);
    QCOMPARE(headOf(server), 1u);
    QCOMPARE(ben.contents().size(), 1);
}

void TestParlanceV1::cidOfAnother()
{
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s), Speaks::Parlance);
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn() && ben.events(u"history_end"_s).size() == 1);
    anna.client.say(u"mine"_s, u"c-1"_s);
    QTRY_COMPARE(ben.contents(), QStringList {u"mine"_s});
    ben.say(u"mine too"_s, u"c-1"_s);
    QTRY_COMPARE(anna.client.contents(), (QStringList {u"mine"_s, u"mine too"_s}));
    QCOMPARE(headOf(server), 2u);
}

void TestParlanceV1::cidWithOtherContent()
{
    NetServer server;
    Speaker anna(server);
    QTRY_VERIFY(anna.isIn());
    anna.client.say(u"once"_s, u"c-1"_s);
    anna.client.say(u"twice"_s, u"c-1"_s);
    QTRY_COMPARE(anna.client.events(u"error"_s).size(), 1);
    const QJsonObject error = anna.client.events(u"error"_s).constFirst();
    QCOMPARE(error[u"code"_s].toString(), u"conflict"_s);
    QCOMPARE(error[u"cid"_s].toString(), u"c-1"_s);
    QTRY_COMPARE(anna.client.contents(), QStringList {u"once"_s});
}

// --- the further events ----------------------------------------------------------------------------

void TestParlanceV1::typing()
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

void TestParlanceV1::notice()
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

void TestParlanceV1::kicked()
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

void TestParlanceV1::kickedPlain()
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

/// Clients drop what is not above their last seq, so a repeat must not overtake what waits for them.
void TestParlanceV1::repeatKeepsOrder()
{
    NetServer server;
    Speaker anna(server);
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_COMPARE(server.chat().sessionCount(), 2);
    QTRY_VERIFY(anna.isIn());
    SessionId annaId {};
    SessionId benId {};
    for (const SessionInfo &session : server.chat().sessions())
        (session.user.text() == u"ben" ? benId : annaId) = session.id;
    const Cid cid(u"c-1"_s);
    // All in one pass of the loop, so that one batch of the store answers them.
    QVERIFY(server.chat().post(benId, u"first"_s, {}));
    QVERIFY(server.chat().post(annaId, u"second"_s, cid));
    QVERIFY(server.chat().post(annaId, u"second"_s, cid));
    QTRY_COMPARE(anna.client.contents(), (QStringList {u"first"_s, u"second"_s, u"second"_s}));
}

void TestParlanceV1::roomClosed()
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

void TestParlanceV1::serverClosing()
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

void TestParlanceV1::presence()
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

QTEST_GUILESS_MAIN(TestParlanceV1)
#include "tst_parlancev1.moc"
