// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/routetable.h"
#include "support/httpexchange.h"
#include "support/testserver.h"

#include <QRegularExpression>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// The files of the page as they are served, and the headers that protect every answer.
class TestServedPages : public QObject
{
    Q_OBJECT

private slots:
    void pages_data();
    void pages();
    void notModified_data();
    void notModified();
    void securityHeaders_data();
    void securityHeaders();
};

void TestServedPages::pages_data()
{
    QTest::addColumn<QString>("path");
    TestServer server;
    for (const Route &route : server.app().routes().routes()) {
        if (!route.isDocumented || route.pattern == u"/" || route.pattern == u"/docs")
            QTest::newRow(qPrintable(route.pattern)) << route.pattern;
    }
}

void TestServedPages::pages()
{
    QFETCH(QString, path);
    static TestServer server;
    const HttpAnswer answer = ask(server.port(), get(path.toLatin1()));
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.body.isEmpty());
    static const QList<std::pair<QString, QByteArray>> kinds {
        {u".css"_s, "text/css; charset=utf-8"},         {u".js"_s, "text/javascript; charset=utf-8"},
        {u".svg"_s, "image/svg+xml"},                   {u".webmanifest"_s, "application/manifest+json"},
        {u".png"_s, "image/png"},                       {u""_s, "text/html; charset=utf-8"},
    };
    const auto kind = std::find_if(kinds.cbegin(), kinds.cend(), [&path](const auto &k) { return path.endsWith(k.first); });
    QCOMPARE(answer.field("content-type"), kind->second);
    QVERIFY(QRegularExpression(u"^\"[0-9a-f]{32}\"$"_s).match(QString::fromLatin1(answer.field("etag"))).hasMatch());
    QCOMPARE(answer.field("cache-control"), QByteArray("no-cache"));

    const HttpAnswer head = ask(server.port(), get(path.toLatin1()).replace(0, 3, "HEAD"));
    QCOMPARE(head.fields, answer.fields);
    QVERIFY(head.body.isEmpty());
}

void TestServedPages::notModified_data()
{
    QTest::addColumn<QByteArray>("condition"); // E stands for the ETag
    QTest::addColumn<int>("status");
    QTest::newRow("same") << QByteArray("E") << 304;
    QTest::newRow("weak, as behind a proxy that compresses") << QByteArray("W/E") << 304;
    QTest::newRow("one of several") << QByteArray("\"x\", E, \"y\"") << 304;
    QTest::newRow("any") << QByteArray("*") << 304;
    QTest::newRow("another") << QByteArray("\"x\"") << 200;
    QTest::newRow("without quotes") << QByteArray("x") << 200;
}

void TestServedPages::notModified()
{
    QFETCH(QByteArray, condition);
    QFETCH(int, status);
    static TestServer server;
    const HttpAnswer first = ask(server.port(), get("/"));
    condition.replace("E", first.field("etag"));
    const HttpAnswer second = ask(server.port(), get("/", "If-None-Match: " + condition + "\r\n"));
    QCOMPARE(second.status, status);
    QCOMPARE(second.field("etag"), first.field("etag"));
    QCOMPARE(second.body.isEmpty(), status == 304);
}

void TestServedPages::securityHeaders_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("isPage");
    for (const char *path : {"/", "/docs", "/chat.css"})
        QTest::newRow(path) << get(path) << true;
    for (const char *path : {"/api/rooms", "/api/rooms/x/messages", "/healthz", "/metrics", "/nothing", "/api/rooms/%3F/users"})
        QTest::newRow(path) << get(path) << false;
    QTest::newRow("405") << QByteArray("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n") << false;
    QTest::newRow("OPTIONS") << QByteArray("OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: http://evil\r\nAccess-Control-Request-Method: GET\r\n\r\n") << false;
    QTest::newRow("400") << QByteArray("?\r\n\r\n") << false;
    QTest::newRow("from elsewhere") << get("/api/rooms", "Origin: http://evil.example\r\n") << false;
}

void TestServedPages::securityHeaders()
{
    QFETCH(QByteArray, request);
    QFETCH(bool, isPage);
    static TestServer server;
    const HttpAnswer answer = ask(server.port(), request);
    QVERIFY(answer.status != 0);
    QCOMPARE(answer.field("x-content-type-options"), QByteArray("nosniff"));
    QCOMPARE(answer.field("referrer-policy"), QByteArray("no-referrer"));
    QCOMPARE(answer.field("cross-origin-resource-policy"), QByteArray("same-origin"));
    for (const QByteArray &name : answer.fields.uniqueKeys())
        QVERIFY2(!name.startsWith("access-control-") && name != "server", name.constData());
    const QByteArrayList policy = answer.field("content-security-policy").split(';');
    QStringList rules;
    for (const QByteArray &rule : policy)
        rules.append(QString::fromLatin1(rule.trimmed()));
    QVERIFY(rules.contains(u"default-src 'none'"_s));
    QVERIFY(rules.contains(u"frame-ancestors 'none'"_s));
    if (isPage) {
        for (const QString &rule : {u"script-src 'self'"_s, u"style-src 'self'"_s, u"connect-src 'self'"_s,
                                    u"base-uri 'none'"_s, u"form-action 'none'"_s})
            QVERIFY2(rules.contains(rule), qPrintable(rule));
    }
    QVERIFY(!answer.field("content-security-policy").contains("unsafe"));
}

QTEST_GUILESS_MAIN(TestServedPages)
#include "tst_servedpages.moc"
