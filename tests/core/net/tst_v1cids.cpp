// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/speaker.h"
#include "support/wsframes.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

using Speaks = WsClient::Speaks;

} // namespace

/// A message that is sent again is acknowledged again, in order, and posted once.
class TestV1Cids : public QObject
{
    Q_OBJECT

private slots:
    void repeatedCid();
    void repeatedCidKeepsTheOrder();
    void repeatKeepsOrder();
    void repeatedCidAfterReconnect();
    void cidOfAnother();
    void cidWithOtherContent();
};

void TestV1Cids::repeatedCid()
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
void TestV1Cids::repeatedCidKeepsTheOrder()
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

/// Clients drop what is not above their last seq, so a repeat must not overtake what waits for them.
void TestV1Cids::repeatKeepsOrder()
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

void TestV1Cids::repeatedCidAfterReconnect()
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

void TestV1Cids::cidOfAnother()
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

void TestV1Cids::cidWithOtherContent()
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

QTEST_GUILESS_MAIN(TestV1Cids)
#include "tst_v1cids.moc"
