// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpexchange.h"
#include "support/restsupport.h"
#include "support/testserver.h"
#include "support/wsclient.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// The messages of a room, a page at a time.
class TestRestMessages : public QObject
{
    Q_OBJECT

private slots:
    void messages();
    void longMessages();

    void limit_data();
    void limit();
    void before_data();
    void before();
    void badBefore();
    void badLimit_data();
    void badLimit();
};

void TestRestMessages::messages()
{
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    anna.say(u"\"quoted\" <b>\\ \u2028 😀"_s, u"c-1"_s);
    for (int i = 2; i <= 60; ++i)
        anna.say(QString::number(i));
    QTRY_COMPARE(anna.contents().size(), 60);

    const HttpAnswer answer = ask(server.port(), get(kMessages));
    QCOMPARE(answer.status, 200);
    QCOMPARE(keysOf(answer.json()),
             (QStringList {u"epoch"_s, u"has_more"_s, u"head"_s, u"messages"_s, u"room"_s}));
    QCOMPARE(answer.json()[u"has_more"_s], QJsonValue(true));
    QCOMPARE(answer.json()[u"room"_s].toString(), u"general"_s);
    QCOMPARE(answer.json()[u"head"_s].toInt(), 60);
    QVERIFY(!answer.json()[u"epoch"_s].toString().isEmpty());
    QCOMPARE(contentsOf(answer), anna.contents().mid(10)); // 50, oldest first
    QCOMPARE(answer.json()[u"messages"_s][0][u"seq"_s].toInt(), 11);

    const HttpAnswer all = ask(server.port(), get(QByteArray(kMessages) + "?limit=1000"));
    QCOMPARE(all.json()[u"messages"_s].toArray().size(), 60);
    QCOMPARE(all.json()[u"has_more"_s], QJsonValue(false));
    for (int i = 0; i < 60; ++i) // the same objects as over WebSocket, whole
        QCOMPARE(all.json()[u"messages"_s][i].toObject(), anna.events(u"message"_s).at(i));
    QCOMPARE(keysOf(all.json()[u"messages"_s][0]), (QStringList {u"cid"_s, u"content"_s, u"id"_s, u"message_type"_s,
                                                               u"room"_s, u"seq"_s, u"timestamp"_s, u"username"_s}));
}

/// An answer is bounded in bytes, too: as many of the newest as fit.
void TestRestMessages::longMessages()
{
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    for (int i = 0; i < 200; ++i)
        anna.say(u"😀"_s.repeated(4000));
    QTRY_COMPARE(anna.contents().size(), 200);
    const HttpAnswer answer = ask(server.port(), get(QByteArray(kMessages) + "?limit=1000"));
    QVERIFY2(answer.body.size() < 1200 * 1024, qPrintable(QString::number(answer.body.size())));
    const QJsonArray messages = answer.json()[u"messages"_s].toArray();
    QVERIFY(messages.size() >= 30 && messages.size() < 200);
    QCOMPARE(messages.last()[u"seq"_s].toInt(), 200);
    QCOMPARE(messages.first()[u"seq"_s].toInt(), 201 - int(messages.size()));
    QCOMPARE(answer.json()[u"has_more"_s], QJsonValue(true));
}

void TestRestMessages::limit_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("count");
    QTest::newRow("none") << QByteArray() << 50;
    QTest::newRow("1") << QByteArray("?limit=1") << 1;
    QTest::newRow("7") << QByteArray("?limit=7") << 7;
    QTest::newRow("leading zeros") << QByteArray("?limit=007") << 7;
    QTest::newRow("escaped") << QByteArray("?%6Cimit=%37") << 7;
    QTest::newRow("1000") << QByteArray("?limit=1000") << 55;
    QTest::newRow("others are ignored") << QByteArray("?Limit=3&x=y&limit=2") << 2;
}

void TestRestMessages::limit()
{
    QFETCH(QByteArray, query);
    QFETCH(int, count);
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    for (int i = 1; i <= 55; ++i)
        anna.say(QString::number(i));
    QTRY_COMPARE(anna.contents().size(), 55);
    QCOMPARE(contentsOf(ask(server.port(), get(kMessages + query))), anna.contents().mid(55 - count));
}

void TestRestMessages::before_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("more");
    QTest::newRow("default limit") << QByteArray("?before=55") << 5 << 50 << true;
    QTest::newRow("limit") << QByteArray("?before=30&limit=7") << 23 << 7 << true;
    QTest::newRow("the rest") << QByteArray("?limit=1000&before=31") << 1 << 30 << false;
    QTest::newRow("the first") << QByteArray("?before=2") << 1 << 1 << false;
    QTest::newRow("nothing") << QByteArray("?before=1") << 1 << 0 << false;
    QTest::newRow("beyond the newest") << QByteArray("?before=18446744073709551615&limit=5") << 51 << 5 << true;
}

void TestRestMessages::before()
{
    QFETCH(QByteArray, query);
    QFETCH(int, from);
    QFETCH(int, count);
    QFETCH(bool, more);
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    for (int i = 1; i <= 55; ++i)
        anna.say(QString::number(i));
    QTRY_COMPARE(anna.contents().size(), 55);
    const HttpAnswer answer = ask(server.port(), get(kMessages + query));
    QCOMPARE(contentsOf(answer), anna.contents().mid(from - 1, count));
    QCOMPARE(answer.json()[u"has_more"_s], QJsonValue(more));
}

void TestRestMessages::badBefore()
{
    TestServer server;
    for (const char *value : {"0", "", "abc", "-1", "18446744073709551616"}) {
        const HttpAnswer answer = ask(server.port(), get(QByteArray(kMessages) + "?before=" + value));
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.errorField(), u"before"_s);
    }
}

void TestRestMessages::badLimit_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *value : {"0", "00", "1001", "abc", "-1", "", "1e3", "5.0", "+5", "%2B5", "%205", "5%20", "0x10",
                              "5abc", "99999999999999999999", "4294967297", "%D9%A5", "5,5", "null"})
        QTest::addRow("\"%s\"", value) << QByteArray(value);
}

void TestRestMessages::badLimit()
{
    QFETCH(QByteArray, value);
    static TestServer server;
    for (const char *room : {"general", "nowhere"}) {
        const HttpAnswer answer =
            ask(server.port(), get(QByteArray("/api/rooms/") + room + "/messages?limit=" + value));
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.errorCode(), u"bad_parameter"_s);
        QCOMPARE(answer.errorField(), u"limit"_s);
        QCOMPARE(answer.json()[u"error"_s][u"detail"_s].toString(), u"limit must be 1..1000"_s);
    }
}

QTEST_GUILESS_MAIN(TestRestMessages)
#include "tst_restmessages.moc"
