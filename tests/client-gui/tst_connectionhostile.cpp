// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/support/connectionsubject.h"

#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A server that breaks the contract does no harm.
class TestConnectionHostile : public QObject
{
    Q_OBJECT

private slots:
    void refusesAnotherProtocol();
    void hostile_data();
    void hostile();
    void hostileWelcome_data();
    void hostileWelcome();
    void hugeFrame();
    void messagesBeforeTheWelcome();
};

void TestConnectionHostile::refusesAnotherProtocol()
{
    FakeServer server({true, true, false});
    Subject subject(server);
    subject.connection.open();
    QTRY_COMPARE(subject.link(), Link::Refused);
    QCOMPARE(subject.cause(), Cause::OtherProtocol);
    QTRY_COMPARE(server.clients(), 0);
}

void TestConnectionHostile::hostile_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fault");
    QTest::newRow("nothing") << QString() << true;
    QTest::newRow("no JSON") << u"hello"_s << true;
    QTest::newRow("an array") << u"[1,2,3]"_s << true;
    QTest::newRow("cut off") << u"{\"message_type\":\"mess"_s << true;
    QTest::newRow("message without everything") << u"{\"message_type\":\"message\"}"_s << true;
    QTest::newRow("message of wrong types")
        << u"{\"message_type\":\"message\",\"id\":1,\"username\":[],\"content\":{},\"timestamp\":0,\"seq\":\"x\"}"_s << true;
    QTest::newRow("negative seq")
        << u"{\"message_type\":\"message\",\"id\":\"a\",\"username\":\"b\",\"content\":\"c\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"seq\":-1}"_s
        << true;
    QTest::newRow("second welcome")
        << u"{\"message_type\":\"welcome\",\"session\":\"s\",\"username\":\"x\",\"room\":\"r\",\"epoch\":\"z\",\"head\":0}"_s << true;
    QTest::newRow("deep") << QString(100'000, u'[') << true;
    QTest::newRow("unknown type") << u"{\"message_type\":\"from_the_future\"}"_s << false;
    QTest::newRow("no type") << u"{}"_s << false;
    QTest::newRow("NUL") << QString(QChar(u'\0')) << true;
    QTest::newRow("user_joined without a name") << u"{\"message_type\":\"user_joined\"}"_s << true;
}

void TestConnectionHostile::hostile()
{
    QFETCH(QString, text);
    QFETCH(bool, fault);
    FakeServer server;
    Subject subject(server);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    server.sendText(text);
    server.say(u"Ben"_s, u"still there?"_s);
    QTRY_COMPARE(subject.texts, QStringList({u"still there?"_s}));
    QVERIFY(subject.connection.isOnline());
    QCOMPARE(subject.connection.userName(), u"anna"_s);
    QCOMPARE(subject.connection.faults(), fault ? 1 : 0);
}

void TestConnectionHostile::hostileWelcome_data()
{
    QTest::addColumn<QString>("room");
    QTest::newRow("slash") << u"a/b"_s;
    QTest::newRow("nothing") << QString();
    QTest::newRow("path segment") << u".."_s;
    QTest::newRow("control character") << u"general\u0007"_s;
    QTest::newRow("endless") << QString(100'000, u'r');
}

void TestConnectionHostile::hostileWelcome()
{
    QFETCH(QString, room);
    FakeServer server;
    server.manners.welcome = false;
    ConnectionTiming timing = quick();
    timing.firstRetry = timing.longestRetry = 10s; // one attempt is enough
    Subject subject(server, timing);
    QSignalSpy welcomed(&subject.connection, &RoomConnection::welcomed);
    subject.connection.open();
    QTRY_COMPARE(server.clients(), 1);
    WelcomeEvent welcome;
    welcome.session = u"1"_s;
    welcome.username = u"anna"_s;
    welcome.room = room;
    welcome.epoch = u"e1"_s;
    server.send(welcome);
    QTRY_COMPARE(subject.link(), Link::Waiting);
    QCOMPARE(subject.cause(), Cause::NotAServer);
    QCOMPARE(subject.connection.faults(), 1);
    QCOMPARE(welcomed.size(), 0);
}

void TestConnectionHostile::hugeFrame()
{
    FakeServer server;
    ConnectionTiming timing = quick();
    timing.firstRetry = timing.longestRetry = 10s;
    Subject subject(server, timing);
    subject.connection.open();
    QTRY_VERIFY(subject.connection.isOnline());
    server.sendText(QString(int(RoomConnection::kMaxIncomingBytes) + 1, u'x'));
    QTRY_COMPARE(subject.link(), Link::Waiting);
    QVERIFY(subject.texts.isEmpty());
}

void TestConnectionHostile::messagesBeforeTheWelcome()
{
    FakeServer server;
    server.manners.welcome = false;
    Subject subject(server);
    subject.connection.open();
    QTRY_COMPARE(server.clients(), 1);
    server.say(u"Mallory"_s, u"before the welcome"_s);
    QTRY_COMPARE(subject.connection.faults(), 1);
    QVERIFY(subject.texts.isEmpty());
    QCOMPARE(subject.connection.lastSeq(), 0u);
}

QTEST_GUILESS_MAIN(TestConnectionHostile)
#include "tst_connectionhostile.moc"
