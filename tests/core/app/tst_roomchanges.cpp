// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chatmanager.h"
#include "support/httpanswer.h"
#include "support/rawclient.h"
#include "support/testserver.h"
#include "support/wsclient.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// A whole server whose rooms are set to something: who hears of it, and what it does.
class TestRoomChanges : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_server.reset(); }
    void everybodyHears();
    void plainClientsDoNot();
    void welcomeHasIt();
    void restHasIt();
    void frozen();
    void slowMode();
    void locked();
    void survivesARestart();

private:
    void serve();
    void set(const RoomPatch &patch, const QString &room = u"general"_s);
    std::unique_ptr<WsClient> join(const QString &name, WsClient::Speaks speaks = WsClient::Speaks::Parlance);
    HttpAnswer get(const QByteArray &path, const QByteArray &fields = "Connection: close\r\n");

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<TestServer> m_server;
};

void TestRoomChanges::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    serve();
}

void TestRoomChanges::serve()
{
    m_server.reset();
    m_server = std::make_unique<TestServer>([this](Config &config) {
        config.storage = u"sqlite"_s;
        config.dataDir = m_directory->path();
    });
}

void TestRoomChanges::set(const RoomPatch &patch, const QString &room)
{
    bool isDone = false;
    m_server->app().chat().configureRoom(parseRoomName(room).take(), patch, [&isDone](const Result<RoomSettings> &done) { isDone = bool(done); });
    QTRY_VERIFY(isDone);
}

std::unique_ptr<WsClient> TestRoomChanges::join(const QString &name, WsClient::Speaks speaks)
{
    auto client = std::make_unique<WsClient>(m_server->ws(u"general"_s, name), speaks);
    [&] {
        if (speaks == WsClient::Speaks::Parlance)
            QTRY_COMPARE(client->events(u"history_end"_s).size(), 1);
        else
            QTRY_VERIFY(client->isConnected());
    }();
    return client;
}

HttpAnswer TestRoomChanges::get(const QByteArray &path, const QByteArray &fields)
{
    RawClient client(m_server->port());
    client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n");
    if (!QTest::qWaitFor([&client] { return client.isEnded(); }, 10'000))
        return {};
    const HttpAnswers answers = readAnswers(client.received());
    return answers.list.isEmpty() ? HttpAnswer() : answers.list.constFirst();
}

void TestRoomChanges::everybodyHears()
{
    const auto anna = join(u"anna"_s);
    const auto ben = join(u"ben"_s);
    set({u"Тема"_s, 5});
    for (const auto *client : {anna.get(), ben.get()}) {
        QTRY_COMPARE(client->events(u"room_changed"_s).size(), 1);
        const QJsonObject event = client->events(u"room_changed"_s).constFirst();
        QCOMPARE(event[u"topic"].toString(), u"Тема"_s);
        QCOMPARE(event[u"slow_mode_s"].toInt(), 5);
        QCOMPARE(event[u"frozen"].toBool(true), false);
        QCOMPARE(event[u"locked"].toBool(true), false);
        QVERIFY(event[u"timestamp"].isString());
    }
    set({u"Тема"_s}); // nothing new
    set({}, u"kitchen"_s);
    anna->say(u"x"_s);
    QTRY_COMPARE(ben->events(u"message"_s).size(), 1);
    QCOMPARE(ben->events(u"room_changed"_s).size(), 1);
}

void TestRoomChanges::plainClientsDoNot()
{
    const auto plain = join(u"plain"_s, WsClient::Speaks::Plain);
    const auto anna = join(u"anna"_s);
    set({u"topic"_s});
    QTRY_COMPARE(anna->events(u"room_changed"_s).size(), 1);
    anna->say(u"x"_s);
    QTRY_COMPARE(plain->events(u"message"_s).size(), 1);
    QCOMPARE(plain->events(u"room_changed"_s).size(), 0);
}

void TestRoomChanges::welcomeHasIt()
{
    set({u"topic"_s, 7, true});
    const QJsonObject welcome = join(u"anna"_s)->events(u"welcome"_s).constFirst();
    QCOMPARE(welcome[u"topic"].toString(), u"topic"_s);
    QCOMPARE(welcome[u"slow_mode_s"].toInt(), 7);
    QCOMPARE(welcome[u"frozen"].toBool(), true);
}

void TestRoomChanges::restHasIt()
{
    const auto anna = join(u"anna"_s);
    set({u"topic"_s, 7, false, true});
    const QJsonObject room = get("/api/rooms").json()[u"details"].toArray().at(0).toObject();
    QCOMPARE(room[u"topic"].toString(), u"topic"_s);
    QCOMPARE(room[u"slow_mode_s"].toInt(), 7);
    QCOMPARE(room[u"frozen"].toBool(true), false);
    QCOMPARE(room[u"locked"].toBool(), true);
}

void TestRoomChanges::frozen()
{
    const auto anna = join(u"anna"_s);
    anna->say(u"before"_s, u"c0"_s);
    QTRY_COMPARE(anna->events(u"message"_s).size(), 1);
    const QJsonValue id = anna->events(u"message"_s).constFirst()[u"id"];
    set({{}, {}, true});
    anna->say(u"x"_s, u"c1"_s);
    anna->send({{u"type"_s, u"edit"_s}, {u"id"_s, id}, {u"content"_s, u"y"_s}, {u"cid"_s, u"c2"_s}});
    anna->send({{u"type"_s, u"react"_s}, {u"id"_s, id}, {u"emoji"_s, u"👍"_s}, {u"on"_s, true}, {u"cid"_s, u"c3"_s}});
    QTRY_COMPARE(anna->events(u"error"_s).size(), 3);
    for (const QJsonObject &error : anna->events(u"error"_s))
        QCOMPARE(error[u"code"].toString(), u"room_frozen"_s);
    QCOMPARE(anna->events(u"error"_s).at(0)[u"cid"].toString(), u"c1"_s);
    anna->send({{u"type"_s, u"delete"_s}, {u"id"_s, id}});
    QTRY_COMPARE(anna->events(u"message_deleted"_s).size(), 1); // taking back is possible
    set({{}, {}, false});
    anna->say(u"after"_s);
    QTRY_COMPARE(anna->events(u"message"_s).size(), 2);
}

void TestRoomChanges::slowMode()
{
    const auto anna = join(u"anna"_s);
    const auto ben = join(u"ben"_s);
    set({{}, 3600});
    anna->say(u"one"_s);
    anna->say(u"two"_s, u"c2"_s);
    ben->say(u"from ben"_s);
    QTRY_COMPARE(anna->events(u"error"_s).size(), 1);
    const QJsonObject error = anna->events(u"error"_s).constFirst();
    QCOMPARE(error[u"code"].toString(), u"rate_limited"_s);
    QCOMPARE(error[u"cid"].toString(), u"c2"_s);
    QVERIFY(error[u"retry_after_ms"].toInt() > 3'500'000);
    QTRY_COMPARE(anna->contents(), (QStringList {u"one"_s, u"from ben"_s}));
}

void TestRoomChanges::locked()
{
    const auto anna = join(u"anna"_s);
    const QString token = anna->events(u"welcome"_s).constFirst()[u"resume_token"].toString();
    set({{}, {}, {}, true});
    WsClient ben(m_server->ws(u"general"_s, u"ben"_s), WsClient::Speaks::Parlance);
    QTRY_COMPARE(ben.closeCode(), 4423);
    QCOMPARE(ben.events(u"error"_s).constFirst()[u"code"].toString(), u"room_locked"_s);
    const HttpAnswer plain = get("/ws/general/cleo", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    QCOMPARE(plain.status, 423);
    QCOMPARE(plain.errorCode(), u"room_locked"_s);
    // Who is in it opens another window.
    WsClient second(m_server->ws(u"general"_s, u"anna"_s, u"resume="_s + token), WsClient::Speaks::Parlance);
    QTRY_COMPARE(second.events(u"history_end"_s).size(), 1);
    // Nobody is in it any more, and nobody new comes in.
    anna->socket().close();
    second.socket().close();
    QTRY_VERIFY(get("/api/rooms").json()[u"details"].toArray().isEmpty());
    WsClient late(m_server->ws(u"general"_s, u"late"_s), WsClient::Speaks::Parlance);
    QTRY_COMPARE(late.closeCode(), 4423);
    QVERIFY(get("/api/rooms").json()[u"details"].toArray().isEmpty());
    // Who was in it when it was locked comes back, as a phone does that lost the network.
    WsClient back(m_server->ws(u"general"_s, u"anna"_s, u"resume="_s + token), WsClient::Speaks::Parlance);
    QTRY_COMPARE(back.events(u"history_end"_s).size(), 1);
    set({{}, {}, {}, false});
    join(u"dora"_s);
}

void TestRoomChanges::survivesARestart()
{
    set({u"topic"_s, 7});
    serve();
    const QJsonObject welcome = join(u"anna"_s)->events(u"welcome"_s).constFirst();
    QCOMPARE(welcome[u"topic"].toString(), u"topic"_s);
    QCOMPARE(welcome[u"slow_mode_s"].toInt(), 7);
}

QTEST_GUILESS_MAIN(TestRoomChanges)
#include "tst_roomchanges.moc"
