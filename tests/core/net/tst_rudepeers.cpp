// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpanswer.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/rawtalk.h"
#include "support/wsclient.h"
#include "support/wsframes.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// Who vanishes at any moment or sends noise leaves nothing behind, and hurts nobody else.
class TestRudePeers : public QObject
{
    Q_OBJECT

private slots:
    void vanishes();
    void leavesDuringTheHandshake();
    void garbage();
};

void TestRudePeers::vanishes()
{
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    std::vector<std::unique_ptr<RawClient>> crowd;
    for (int i = 0; i < 20; ++i) {
        crowd.push_back(std::make_unique<RawClient>(server.port()));
        crowd.back()->send(upgradeHead("/ws/general/guest" + QByteArray::number(i), i % 2 ? kParlance : ""));
    }
    QTRY_COMPARE(server.chat().sessionCount(), 21);
    for (const auto &client : crowd)
        client->send(wsText(message(u"last words"_s)).repeated(5));
    ben.say(u"in the middle"_s);
    for (size_t i = 0; i < crowd.size(); i += 2)
        crowd[i]->reset();
    ben.say(u"and after"_s);
    for (size_t i = 1; i < crowd.size(); i += 2)
        crowd[i]->reset();
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QTRY_COMPARE(ben.events(u"user_left"_s).size(), 20);
    QTRY_VERIFY(ben.contents().contains(u"and after"_s));
    QTRY_COMPARE(server.door().connectionCount(), 1);
}

void TestRudePeers::leavesDuringTheHandshake()
{
    NetServer server;
    const QByteArray head = upgradeHead("/ws/general/anna", kParlance);
    for (qsizetype size = 0; size <= head.size(); size += 3) {
        for (const bool withReset : {true, false}) {
            RawClient client(server.port());
            client.send(head.first(qMin(size, head.size())));
            if (size % 2)
                turnLoop();
            if (withReset)
                client.reset();
        }
    }
    for (int i = 0; i < 10; ++i) {
        RawClient client(server.port());
        client.send(head);
    }
    QTRY_COMPARE(server.door().connectionCount(), 0);
    QTRY_COMPARE(server.sockets().sessionCount(), 0);
    QCOMPARE(server.chat().sessionCount(), 0);
    QVERIFY(server.chat().rooms().isEmpty());
}

void TestRudePeers::garbage()
{
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    QRandomGenerator random(20261122);
    const auto noise = [&random](int most) {
        QByteArray bytes(random.bounded(most + 1), '\0');
        for (char &c : bytes)
            c = char(random.bounded(256));
        return bytes;
    };
    const auto mutated = [&random](QByteArray bytes) {
        for (int i = random.bounded(1, 6); i > 0 && !bytes.isEmpty(); --i) {
            const int at = random.bounded(int(bytes.size()));
            switch (random.bounded(3)) {
            case 0: bytes[at] = char(random.bounded(256)); break;
            case 1: bytes.remove(at, random.bounded(1, 20)); break;
            default: bytes.insert(at, char(random.bounded(256)));
            }
        }
        return bytes;
    };
    const QByteArray request = "POST /api/rooms?a=%41 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
    for (int i = 0; i < 300; ++i) {
        RawClient client(server.port());
        QVERIFY(client.isOpen());
        switch (random.bounded(4)) {
        case 0: client.send(noise(2000)); break;
        case 1: client.send(mutated(request) + mutated(request)); break;
        case 2: client.send(mutated(upgradeHead("/ws/general/noise", kParlance))); break;
        default:
            client.send(upgradeHead("/ws/general/noise", random.bounded(2) ? kParlance : ""));
            QTRY_VERIFY(hasJoined(client) || client.isEnded());
            for (int frame = random.bounded(1, 20); frame > 0; --frame)
                client.send(mutated(toBytes({random.bounded(16), noise(300), random.bounded(4) != 0, true})));
        }
        if (random.bounded(2))
            turnLoop();
        if (random.bounded(2))
            client.reset();
    }
    QTRY_COMPARE(server.door().connectionCount(), 1);
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QCOMPARE(server.sockets().sessionCount(), 1);
    ben.say(u"still serving"_s);
    QTRY_VERIFY(ben.contents().contains(u"still serving"_s));
    RawClient client(server.port());
    client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(readAnswers(client.received()).list.value(0).status, 200);
}

QTEST_GUILESS_MAIN(TestRudePeers)
#include "tst_rudepeers.moc"
