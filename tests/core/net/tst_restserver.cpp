// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpexchange.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/restsupport.h"
#include "support/testserver.h"
#include "support/wsclient.h"

#include <QRegularExpression>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What the server tells of itself, and whom it tells its numbers.
class TestRestServer : public QObject
{
    Q_OBJECT

private slots:
    void info();
    void health();
    void readyWhileDraining();

    void metrics();
    void metricsAccess_data();
    void metricsAccess();
};

void TestRestServer::info()
{
    TestServer server([](Config &config) {
        config.name = u"Ünser \"Chat\""_s;
        config.limits.messages = {10, std::chrono::seconds(10)};
    });
    const QJsonObject info = ask(server.port(), get("/api/info")).json();
    QCOMPARE(keysOf(info), (QStringList {u"access_mode"_s, u"durability"_s, u"features"_s, u"limits"_s, u"name"_s,
                                         u"time"_s, u"version"_s}));
    QCOMPARE(info[u"name"_s].toString(), u"Ünser \"Chat\""_s);
    QCOMPARE(info[u"access_mode"_s].toString(), u"open"_s);
    QCOMPARE(info[u"durability"_s].toString(), u"memory"_s);
    const QJsonObject limits = info[u"limits"_s].toObject();
    QCOMPARE(limits[u"content_chars"_s].toInt(), 4000);
    QCOMPARE(limits[u"message_bytes"_s].toInt(), 65536);
    QCOMPARE(limits[u"messages_burst"_s].toInt(), 10);
    QCOMPARE(limits[u"messages_period_ms"_s].toInt(), 10'000);
    QCOMPARE(limits[u"room_name_chars"_s].toInt(), 64);
    QCOMPARE(limits[u"user_name_chars"_s].toInt(), 32);
}

void TestRestServer::health()
{
    NetServer server;
    server.advance(std::chrono::seconds(90));
    const HttpAnswer answer = ask(server.port(), get("/healthz"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(keysOf(answer.json()), (QStringList {u"durability"_s, u"status"_s, u"storage"_s, u"uptime_s"_s, u"version"_s}));
    QCOMPARE(answer.json()[u"status"_s].toString(), u"ok"_s);
    QCOMPARE(answer.json()[u"uptime_s"_s].toInt(), 90);
    QCOMPARE(ask(server.port(), get("/readyz")).body, QByteArray("{\"status\":\"ready\"}"));
    server.setReady(false);
    const HttpAnswer unready = ask(server.port(), get("/readyz"));
    QCOMPARE(unready.status, 503);
    QCOMPARE(unready.field("retry-after"), QByteArray("5"));
    QCOMPARE(ask(server.port(), get("/healthz")).status, 200); // alive all the same
}

/// Who had begun to ask before the door closed is told the truth, and nobody else gets in.
void TestRestServer::readyWhileDraining()
{
    TestServer server;
    RawClient client(server.port());
    client.send(get("/readyz").chopped(2));
    turnLoop();
    QCOMPARE(ask(server.port(), get("/readyz")).status, 200);
    server.app().drain();
    client.send("\r\n");
    QTRY_VERIFY(client.isEnded());
    const HttpAnswers answers = readAnswers(client.received());
    QVERIFY(answers.isClean());
    QCOMPARE(answers.list.value(0).status, 503);
    QCOMPARE(answers.list.value(0).errorCode(), u"shutting_down"_s);
    QVERIFY(!RawClient(server.port()).isOpen());
}

void TestRestServer::metrics()
{
    TestServer server;
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    anna.sendText(u"no JSON"_s);
    QTRY_COMPARE(anna.events(u"error"_s).size(), 1);
    const HttpAnswer answer = ask(server.port(), get("/metrics"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("content-type"), QByteArray("text/plain; version=0.0.4; charset=utf-8"));
    QVERIFY(answer.body.endsWith('\n'));

    static const QRegularExpression help(u"^# HELP ([a-z_]+) (\\S.*)$"_s);
    static const QRegularExpression kind(u"^# TYPE ([a-z_]+) (counter|gauge)$"_s);
    static const QRegularExpression sample(u"^([a-z_]+)(\\{[a-z_]+=\"[a-z_]+\"\\})? ([0-9.e+]+)$"_s);
    QString name;
    QString type;
    QStringList names;
    QMap<QString, double> values;
    for (const QString &line : QString::fromUtf8(answer.body).chopped(1).split(u'\n')) {
        if (const auto first = help.match(line); first.hasMatch()) {
            name = first.captured(1);
            QVERIFY2(!names.contains(name), qPrintable(name));
            names.append(name);
            type.clear();
        } else if (const auto second = kind.match(line); second.hasMatch()) {
            QCOMPARE(second.captured(1), name);
            type = second.captured(2);
            QVERIFY2((type == u"counter") == name.endsWith(u"_total"), qPrintable(name));
        } else {
            const auto third = sample.match(line);
            QVERIFY2(third.hasMatch(), qPrintable(line));
            QCOMPARE(third.captured(1), name);
            QVERIFY(!type.isEmpty());
            const QString series = third.captured(1) + third.captured(2);
            QVERIFY2(!values.contains(series), qPrintable(series));
            bool ok = false;
            values.insert(series, third.captured(3).toDouble(&ok));
            QVERIFY(ok);
        }
    }
    QCOMPARE(values.value(u"parlance_sessions"_s), 1);
    QCOMPARE(values.value(u"parlance_rooms"_s), 1);
    QCOMPARE(values.value(u"parlance_connections"_s), 2);
    QCOMPARE(values.value(u"parlance_commands_received_total"_s), 1);
    QCOMPARE(values.value(u"parlance_websockets_opened_total"_s), 1);
    QCOMPARE(values.value(u"parlance_refusals_total{reason=\"bad_request\"}"_s), 1);
    QVERIFY(values.value(u"parlance_bytes_received_total"_s) > 200);
    QVERIFY(values.value(u"parlance_bytes_sent_total"_s) > 200); // of connections that are still open, too
    QVERIFY(values.value(u"process_resident_memory_bytes"_s) > 1e6);
}

void TestRestServer::metricsAccess_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    const QByteArray right = "Authorization: Bearer s3cret\r\n";
    const auto row = [](const char *name, const char *peer, const char *token, const QByteArray &fields, int status) {
        QTest::newRow(name) << QString::fromLatin1(peer) << QString::fromLatin1(token) << fields << status;
    };
    row("this host", "127.0.0.1", "", "", 200);
    row("this host, IPv6", "::1", "", "", 200);
    row("this host, token set", "127.0.0.1", "s3cret", "", 200);
    row("elsewhere", "192.0.2.7", "", "", 401);
    row("elsewhere, IPv6", "fd00::7", "", "", 401);
    row("elsewhere, no token set", "192.0.2.7", "", "Authorization: Bearer \r\n", 401);
    row("elsewhere, token", "192.0.2.7", "s3cret", right, 200);
    row("elsewhere, scheme in lower case", "192.0.2.7", "s3cret", "Authorization: bearer s3cret\r\n", 200);
    row("elsewhere, without the token", "192.0.2.7", "s3cret", "", 401);
    row("elsewhere, wrong token", "192.0.2.7", "s3cret", "Authorization: Bearer s3cre\r\n", 401);
    row("elsewhere, longer token", "192.0.2.7", "s3cret", "Authorization: Bearer s3cretx\r\n", 401);
    row("elsewhere, Basic", "192.0.2.7", "s3cret", "Authorization: Basic s3cret\r\n", 401);
    row("elsewhere, says it is here", "192.0.2.7", "", "X-Forwarded-For: 127.0.0.1\r\n", 401);
    // A proxy on this host asks for somebody else.
    row("through a proxy", "127.0.0.1", "", "X-Forwarded-For: 192.0.2.7\r\n", 401);
    row("through a proxy that says Forwarded", "127.0.0.1", "", "Forwarded: for=192.0.2.7\r\n", 401);
    row("through a proxy, token", "127.0.0.1", "s3cret", "X-Forwarded-For: 192.0.2.7\r\n" + right, 200);
}

void TestRestServer::metricsAccess()
{
    QFETCH(QString, peer);
    QFETCH(QString, token);
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    NetServer server([&token](NetServer::Settings &settings) { settings.metricsToken = token; });
    qsizetype scanned = 0;
    const QByteArray text = get("/metrics", fields);
    const HeadOutcome head = readRequestHead(text, scanned, {});
    const HttpRequest request {std::get<RequestHead>(head), {}, QHostAddress(peer)};
    const HttpAnswer answer = readAnswers(server.http().handle(request)).list.value(0);
    QCOMPARE(answer.status, status);
    if (status == 401) {
        QCOMPARE(answer.errorCode(), u"unauthorized"_s);
        QCOMPARE(answer.field("www-authenticate"), QByteArray("Bearer"));
        QVERIFY(!answer.body.contains("s3cret"));
    }
}

QTEST_GUILESS_MAIN(TestRestServer)
#include "tst_restserver.moc"
