// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakestream.h"
#include "support/httpexchange.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/wsframes.h"

#include <QPointer>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// From a good upgrade to a session, or to the reason why there is none.
class TestUpgradeJoin : public QObject
{
    Q_OBJECT

private slots:
    void badNames_data();
    void badNames();
    void namesAreDecoded();

    void bytesBeforeTheAnswer();
    void vanishesBeforeTheAnswer();
    void chatThatDoesNotAnswer();

    void shuttingDown();
    void tooManyJoins();
    void tooManyRooms();
    void tooManySessions();
};

void TestUpgradeJoin::badNames_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("field");
    const QString room = u"room"_s;
    const QString user = u"username"_s;
    QTest::newRow("empty room") << QByteArray("/ws//anna") << room;
    QTest::newRow("blank room") << QByteArray("/ws/%20/anna") << room;
    QTest::newRow("blank name") << QByteArray("/ws/general/%20%20") << user;
    QTest::newRow("long room") << "/ws/" + QByteArray(65, 'x') + "/anna" << room;
    QTest::newRow("long name") << "/ws/general/" + QByteArray(33, 'x') << user;
    QTest::newRow("very long name") << "/ws/general/" + QByteArray(3000, 'x') << user;
    QTest::newRow("bidi override") << QByteArray("/ws/general/a%E2%80%AEb") << user;
    QTest::newRow("zero width") << QByteArray("/ws/general/anna%E2%80%8B") << user;
    QTest::newRow("byte order mark") << QByteArray("/ws/general/%EF%BB%BFanna") << user;
    QTest::newRow("control") << QByteArray("/ws/general/a%07b") << user;
    QTest::newRow("markup") << QByteArray("/ws/general/%3Cimg%3E") << user;
    QTest::newRow("emoji") << QByteArray("/ws/%F0%9F%98%80/anna") << room;
    QTest::newRow("percent twice") << QByteArray("/ws/general/%2541") << user;
    QTest::newRow("both bad") << QByteArray("/ws/%3F/%3F") << room;
}

/// A plain client hears a status; one of parlance.v1, which may be a browser that sees none, is let in and told.
void TestUpgradeJoin::badNames()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, field);
    NetServer server;
    RawClient plain(server.port());
    plain.send(upgradeHead(path));
    QTRY_VERIFY(plain.isEnded());
    QCOMPARE(answerOf(plain).status, 400);
    QCOMPARE(answerOf(plain).errorCode(), u"bad_name"_s);
    QCOMPARE(answerOf(plain).errorField(), field);

    RawClient parlance(server.port());
    parlance.send(upgradeHead(path, kParlance));
    QTRY_COMPARE(framesAfterUpgrade(parlance.received()).closeCode(), 4400);
    const WsFrames frames = framesAfterUpgrade(parlance.received());
    QVERIFY2(frames.fault.isEmpty(), qPrintable(frames.fault));
    QCOMPARE(frames.list.size(), 2); // the error and the close, nothing else
    const QJsonObject error = frames.events().value(0);
    QCOMPARE(error[u"message_type"_s].toString(), u"error"_s);
    QCOMPARE(error[u"code"_s].toString(), u"bad_name"_s);
    QCOMPARE(error[u"field"_s].toString(), field);
    parlance.send(wsClose(4400));
    QTRY_VERIFY(parlance.isEnded());
    parlance.close();
    QTRY_COMPARE(server.sockets().sessionCount(), 0);
    QCOMPARE(server.chat().sessionCount(), 0);
    QVERIFY(server.chat().rooms().isEmpty());
}

void TestUpgradeJoin::namesAreDecoded()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/%D7%A9%D7%9C%D7%95%D7%9D%20a/%D0%90%D0%BD%D0%BD%D0%B0"));
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    const SessionInfo session = server.chat().sessions().constFirst();
    QCOMPARE(session.room.text(), u"שלום a"_s);
    QCOMPARE(session.user.text(), u"Анна"_s);
}

/// The same in a segment of its own, while the chat still thinks about the join.
void TestUpgradeJoin::bytesBeforeTheAnswer()
{
    NetServer server;
    qsizetype scanned = 0;
    const QByteArray text = upgradeHead("/ws/general/anna");
    const HeadOutcome head = readRequestHead(text, scanned, {});
    for (const int turns : {0, 1}) {
        auto stream = std::make_unique<FakeStream>();
        const QPointer<FakeStream> peer = stream.get();
        server.sockets().upgrade(std::get<RequestHead>(head), std::move(stream));
        if (turns > 0)
            QCoreApplication::sendPostedEvents(); // the room is open, Qt is at the handshake
        QVERIFY(peer->written().isEmpty());
        peer->say(wsText("{\"type\":\"message\",\"content\":\"early\"}"));
        QCOMPARE(readAnswers(peer->written()).list.value(0).status, 400);
        QVERIFY(peer->isClosing());
        turnLoop();
        QCOMPARE(server.chat().sessionCount(), 0);
        QCOMPARE(server.sockets().sessionCount(), 0);
        peer->vanish();
        QTRY_VERIFY(peer.isNull());
        QTRY_VERIFY(server.sockets().findChildren<QTcpSocket *>().isEmpty()); // what Qt was given for it is gone
    }
    QVERIFY(server.chat().rooms().isEmpty());
}

void TestUpgradeJoin::vanishesBeforeTheAnswer()
{
    NetServer server;
    qsizetype scanned = 0;
    const QByteArray text = upgradeHead("/ws/general/anna");
    const HeadOutcome head = readRequestHead(text, scanned, {});
    for (const int turns : {0, 1}) {
        auto stream = std::make_unique<FakeStream>();
        const QPointer<FakeStream> peer = stream.get();
        server.sockets().upgrade(std::get<RequestHead>(head), std::move(stream));
        if (turns > 0)
            QCoreApplication::sendPostedEvents();
        peer->vanish();
        QTRY_VERIFY(peer.isNull());
        QTRY_VERIFY(server.sockets().findChildren<QTcpSocket *>().isEmpty());
        QCOMPARE(server.chat().sessionCount(), 0);
        QCOMPARE(server.sockets().sessionCount(), 0);
    }
}

/// A store that takes too long: the join is given up, and the client is told.
void TestUpgradeJoin::chatThatDoesNotAnswer()
{
    NetServer server;
    for (const char *fields : {"", kParlance}) {
        qsizetype scanned = 0;
        const QByteArray text = upgradeHead("/ws/general/anna", fields);
        const HeadOutcome head = readRequestHead(text, scanned, {});
        auto stream = std::make_unique<FakeStream>();
        const QPointer<FakeStream> peer = stream.get();
        server.sockets().upgrade(std::get<RequestHead>(head), std::move(stream));
        server.advance(9'999ms); // no turn of the loop: the store has had no time
        QVERIFY(peer->written().isEmpty());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"a join did not finish in time"_s));
        server.advance(1ms);
        if (QByteArrayView(fields).isEmpty()) {
            QCOMPARE(readAnswers(peer->written()).list.value(0).status, 503);
            QVERIFY(peer->isClosing());
        } else {
            QTRY_COMPARE(framesAfterUpgrade(peer->written()).closeCode(), 4503);
            QCOMPARE(framesAfterUpgrade(peer->written()).events().value(0)[u"code"_s].toString(), u"unavailable"_s);
        }
        turnLoop();
        QCOMPARE(server.chat().sessionCount(), 0);
        peer->vanish();
        QTRY_VERIFY(peer.isNull());
    }
    QVERIFY(server.chat().rooms().isEmpty());
}

void TestUpgradeJoin::shuttingDown()
{
    NetServer server;
    server.chat().beginShutdown();
    RawClient plain(server.port());
    plain.send(upgradeHead("/ws/general/anna"));
    QTRY_COMPARE(answerOf(plain).status, 503);
    QCOMPARE(answerOf(plain).errorCode(), u"shutting_down"_s);
    QCOMPARE(answerOf(plain).field("retry-after"), QByteArray("5"));
    RawClient parlance(server.port());
    parlance.send(upgradeHead("/ws/general/anna", kParlance));
    QTRY_COMPARE(framesAfterUpgrade(parlance.received()).closeCode(), 4503);
}

void TestUpgradeJoin::tooManyJoins()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.joins = {2, 10s}; });
    RawClient first(server.port());
    first.send(upgradeHead("/ws/general/anna"));
    RawClient second(server.port());
    second.send(upgradeHead("/ws/general/ben"));
    QTRY_COMPARE(server.chat().sessionCount(), 2);
    RawClient plain(server.port());
    plain.send(upgradeHead("/ws/general/carl"));
    QTRY_COMPARE(answerOf(plain).status, 429);
    QCOMPARE(answerOf(plain).errorCode(), u"rate_limited"_s);
    QCOMPARE(answerOf(plain).field("retry-after"), QByteArray("5"));
    RawClient parlance(server.port());
    parlance.send(upgradeHead("/ws/general/dora", kParlance));
    QTRY_COMPARE(framesAfterUpgrade(parlance.received()).closeCode(), 4429);
    QCOMPARE(framesAfterUpgrade(parlance.received()).events().value(0)[u"retry_after_ms"_s].toInt(), 5000);
    server.advance(5s);
    RawClient later(server.port());
    later.send(upgradeHead("/ws/general/emil"));
    QTRY_COMPARE(answerOf(later).status, 101);
}

void TestUpgradeJoin::tooManyRooms()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.rooms = 1; });
    RawClient first(server.port());
    first.send(upgradeHead("/ws/general/anna"));
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    RawClient plain(server.port());
    plain.send(upgradeHead("/ws/other/ben"));
    QTRY_COMPARE(answerOf(plain).status, 503);
    QCOMPARE(answerOf(plain).errorCode(), u"too_many_rooms"_s);
}

void TestUpgradeJoin::tooManySessions()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.sessionsPerPerson = 1; });
    const QByteArray path = "/ws/general/anna?resume=" + QByteArray(43, 'A');
    RawClient first(server.port());
    first.send(upgradeHead(path, kParlance));
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    RawClient second(server.port());
    second.send(upgradeHead(path, kParlance));
    QTRY_COMPARE(framesAfterUpgrade(second.received()).closeCode(), 4429);
    QCOMPARE(framesAfterUpgrade(second.received()).events().value(0)[u"code"_s].toString(), u"too_many_sessions"_s);
}

QTEST_GUILESS_MAIN(TestUpgradeJoin)
#include "tst_upgradejoin.moc"
