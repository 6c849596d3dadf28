// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpexchange.h"
#include "support/netserver.h"
#include "support/testroutes.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What a request that came whole is answered: routes, methods, arguments, and what a route throws.
class TestHttpGateway : public QObject
{
    Q_OBJECT

private slots:
    void head();
    void options();
    void unknownPath();
    void wrongMethod();

    void routeThrows();
    void argumentsDecodedOnce_data();
    void argumentsDecodedOnce();
    void qtSeesNoSecrets();
};

void TestHttpGateway::head()
{
    NetServer server(withRoutes());
    RawClient client(server.port());
    client.send("HEAD /echo/hello HTTP/1.1\r\nHost: a\r\n\r\n" + get("/echo/hello")
                + "HEAD /nothing HTTP/1.1\r\nHost: a\r\n\r\nHEAD /body HTTP/1.1\r\nHost: a\r\n\r\n" + get("/healthz"));
    const QByteArrayList methods {"HEAD", "GET", "HEAD", "HEAD", "GET"};
    QTRY_COMPARE(answersOf(client, methods).list.size(), 5);
    const HttpAnswers answers = answersOf(client, methods);
    QVERIFY2(answers.isClean(), qPrintable(answers.fault));
    QCOMPARE(answers.list.at(0).fields, answers.list.at(1).fields);
    QCOMPARE(answers.list.at(0).field("content-length"), QByteArray("5"));
    QCOMPARE(answers.list.at(2).status, 404);
    QCOMPARE(answers.list.at(3).status, 405);
    QCOMPARE(answers.list.at(4).status, 200);
}

void TestHttpGateway::options()
{
    NetServer server(withRoutes());
    RawClient client(server.port());
    client.send("OPTIONS /echo/x HTTP/1.1\r\nHost: a\r\n\r\nOPTIONS /body HTTP/1.1\r\nHost: a\r\n\r\n"
                "OPTIONS /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(answersOf(client).list.size(), 3);
    const QList<HttpAnswer> answers = answersOf(client).list;
    QCOMPARE(answers.at(0).status, 204);
    QCOMPARE(answers.at(0).field("allow"), QByteArray("GET, HEAD, OPTIONS"));
    QCOMPARE(answers.at(1).field("allow"), QByteArray("POST, OPTIONS"));
    QCOMPARE(answers.at(2).status, 404);
}

void TestHttpGateway::unknownPath()
{
    NetServer server;
    RawClient client(server.port());
    const QByteArrayList targets {"/nothing", "/api", "/api/rooms/", "/api/rooms//users", "/API/rooms", "/healthz/x",
                                  "/ws/general/anna"};
    for (const QByteArray &target : targets)
        client.send(get(target));
    QTRY_COMPARE(answersOf(client).list.size(), targets.size());
    for (const HttpAnswer &answer : answersOf(client).list) {
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.errorCode(), u"not_found"_s);
        QCOMPARE(answer.field("content-type"), QByteArray("application/json"));
    }
}

void TestHttpGateway::wrongMethod()
{
    NetServer server(withRoutes());
    RawClient client(server.port());
    client.send("DELETE /healthz HTTP/1.1\r\nHost: a\r\n\r\n" + get("/body"));
    QTRY_COMPARE(answersOf(client).list.size(), 2);
    const QList<HttpAnswer> answers = answersOf(client).list;
    QCOMPARE(answers.at(0).status, 405);
    QCOMPARE(answers.at(0).errorCode(), u"method_not_allowed"_s);
    QCOMPARE(answers.at(0).field("allow"), QByteArray("GET, HEAD, OPTIONS"));
    QCOMPARE(answers.at(1).status, 405);
    QCOMPARE(answers.at(1).field("allow"), QByteArray("POST, OPTIONS"));
}

void TestHttpGateway::routeThrows()
{
    NetServer server(withRoutes());
    RawClient client(server.port());
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"incident [0-9a-f]{8} - a route failed: a route's mistake"_s));
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"incident [0-9a-f]{8} - a route failed: something that is no"_s));
    client.send(get("/throw") + get("/throw/odd") + get("/echo/next"));
    QTRY_COMPARE(answersOf(client).list.size(), 3);
    for (const auto &answer : answersOf(client).list.first(2)) {
        QCOMPARE(answer.status, 500);
        QCOMPARE(answer.errorCode(), u"internal"_s);
        QVERIFY(QRegularExpression(u"incident [0-9a-f]{8}\""_s).match(QString::fromUtf8(answer.body)).hasMatch());
        QVERIFY(!answer.body.contains("mistake's"));
    }
    QCOMPARE(answersOf(client).list.at(2).body, QByteArray("next"));
}

void TestHttpGateway::argumentsDecodedOnce_data()
{
    QTest::addColumn<QByteArray>("segment");
    QTest::addColumn<QByteArray>("argument");
    const auto row = [](const QByteArray &segment, const QByteArray &argument) {
        QTest::newRow(segment.constData()) << segment << argument;
    };
    row("plain", "plain");
    row("%41", "A");
    row("%2541", "%41");
    row("%252f", "%2f");
    row("a+b", "a+b");
    row("a%3Fb%23c%26d%3De", "a?b#c&d=e");
    row("a;b,c:d@e!f$g'h(i)*", "a;b,c:d@e!f$g'h(i)*");
    row("%D0%90%D0%BD%D0%BD%D0%B0", "Анна");
    row("%F0%9F%98%80", "😀");
    row("%7B%7D%22%3C%3E%5E%60%7C", "{}\"<>^`|");
    row("%20", " ");
    row("...", "...");
    row("%E2%80%A8", "\u2028");
    row("%EF%BB%BFx", "\uFEFFx");
    row("%01%7F", "\x01\x7F");
}

void TestHttpGateway::argumentsDecodedOnce()
{
    QFETCH(QByteArray, segment);
    QFETCH(QByteArray, argument);
    NetServer server(withRoutes());
    RawClient client(server.port());
    client.send(get("/echo/" + segment));
    QTRY_COMPARE(answersOf(client).list.size(), 1);
    QCOMPARE(answersOf(client).list.constFirst().status, 200);
    QCOMPARE(answersOf(client).list.constFirst().body, argument);
}

/// Qt's debug categories print what it parses. Whoever turns them on reads no token, since Qt never sees one.
void TestHttpGateway::qtSeesNoSecrets()
{
    static QString printed;
    printed.clear();
    QLoggingCategory::setFilterRules(u"qt.httpserver*=true"_s);
    const QtMessageHandler before = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &text) { printed += text + u'\n'; });
    {
        NetServer server(withRoutes());
        RawClient client(server.port());
        client.send(get("/echo/plain?token=s3cret-a", "Authorization: Bearer s3cret-b\r\nCookie: s3cret-c\r\n"));
        [&client] { QTRY_COMPARE(answersOf(client).list.size(), 1); }();
    }
    qInstallMessageHandler(before);
    QLoggingCategory::setFilterRules(QString());
    QVERIFY2(printed.contains(u"/echo/plain"_s), qPrintable(printed)); // they do print
    QVERIFY2(!printed.contains(u"s3cret"_s), qPrintable(printed));
}

QTEST_GUILESS_MAIN(TestHttpGateway)
#include "tst_httpgateway.moc"
