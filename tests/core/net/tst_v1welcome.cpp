// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/limitfields.h"
#include "support/speaker.h"

#include <QJsonArray>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Speaks = WsClient::Speaks;

} // namespace

/// How parlance.v1 begins: what the welcome says, whom it takes somebody for, and what plain clients never hear.
class TestV1Welcome : public QObject
{
    Q_OBJECT

private slots:
    void welcome();
    void historyThenEnd();
    void plainHearsOnlyPartA();

    void tokenKeepsTheName();
    void strangerGetsNumber();
    void samePersonTwice();
};

void TestV1Welcome::welcome()
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

void TestV1Welcome::historyThenEnd()
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

void TestV1Welcome::plainHearsOnlyPartA()
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

void TestV1Welcome::tokenKeepsTheName()
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

void TestV1Welcome::strangerGetsNumber()
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

void TestV1Welcome::samePersonTwice()
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

QTEST_GUILESS_MAIN(TestV1Welcome)
#include "tst_v1welcome.moc"
