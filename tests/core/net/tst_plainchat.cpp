// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testserver.h"
#include "support/wsclient.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// Part A of the wire contract, against a real server.
class TestPlainChat : public QObject
{
    Q_OBJECT

private slots:
    void everybodyHears();
    void newcomerGetsHistory();
    void joinsAndLeaves();
    void takenNameGetsNumber();
};

void TestPlainChat::everybodyHears()
{
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(anna.isConnected() && ben.isConnected());
    anna.say(u"  Hällo <b>"_s, u"c-1"_s);
    QTRY_COMPARE(ben.contents(), QStringList {u"Hällo <b>"_s});
    QTRY_COMPARE(anna.contents(), ben.contents());

    const QJsonObject message = ben.events(u"message"_s).constFirst();
    QCOMPARE(message.value(u"username"_s).toString(), u"anna"_s);
    QCOMPARE(message.value(u"room"_s).toString(), u"general"_s);
    QCOMPARE(message.value(u"seq"_s).toInteger(), 1);
    QCOMPARE(message.value(u"cid"_s).toString(), u"c-1"_s);
    QVERIFY(!message.value(u"id"_s).toString().isEmpty());
    const QString time = message.value(u"timestamp"_s).toString();
    QVERIFY2(QRegularExpression(u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"_s).match(time).hasMatch(),
             qPrintable(time));
}

void TestPlainChat::newcomerGetsHistory()
{
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    for (int i = 1; i <= 60; ++i)
        anna.say(QString::number(i));
    QTRY_COMPARE(anna.contents().size(), 60);
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_COMPARE(ben.contents().size(), 50);
    QCOMPARE(ben.contents().constFirst(), u"11"_s);
    QCOMPARE(ben.contents().constLast(), u"60"_s);
    QCOMPARE(ben.events().size(), 50); // and nothing else: no joins in history, not even its own
}

void TestPlainChat::joinsAndLeaves()
{
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    {
        WsClient ben(server.ws(u"general"_s, u"ben"_s));
        QTRY_COMPARE(anna.events(u"user_joined"_s).size(), 1);
    }
    QTRY_COMPARE(anna.events(u"user_left"_s).size(), 1);
    for (const QJsonObject &event : anna.events()) {
        QCOMPARE(event.value(u"username"_s).toString(), u"ben"_s);
        QVERIFY(event.contains(u"timestamp"_s));
    }
}

void TestPlainChat::takenNameGetsNumber()
{
    TestServer server;
    WsClient first(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(first.isConnected());
    WsClient second(server.ws(u"general"_s, u"Anna"_s));
    QTRY_VERIFY(second.isConnected());
    second.say(u"me"_s);
    QTRY_COMPARE(second.events(u"message"_s).size(), 1);
    QCOMPARE(second.events(u"message"_s).constFirst().value(u"username"_s).toString(), u"Anna-2"_s);
}

QTEST_GUILESS_MAIN(TestPlainChat)
#include "tst_plainchat.moc"
