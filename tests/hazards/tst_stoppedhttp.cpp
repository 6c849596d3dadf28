// SPDX-License-Identifier: GPL-3.0-or-later
#include "hazardbytes.h"
#include "support/httpanswer.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/rawclient.h"

#include <QTest>

#include <stdexcept>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype kMegabyte = 1024 * 1024;

} // namespace

/// What QHttpServer falls for does not reach it: the bytes of `qthazards`, sent to a server of ours. A test
/// is called like the fault that it is about.
class TestStoppedHttp : public QObject
{
    Q_OBJECT

private slots:
    void h1_endlessHead();
    void h2_noTimeout();
    void h3_tinyChunks();
    void smuggling_data();
    void smuggling();
    void h8_unlimitedBody();
    void h9_continue();
    void h10_connectionClose();
    void h11_methods();
    void malformed_data();
    void malformed();
    void h15_clientLeavesFirst();
    void h17_slowReader();
    void h18_upgradeOfARoute();
    void h20_splitResponse();
    void h21_guessedType();
    void h22_exception();

private:
    static NetServer::Adjust routes(QStringList &asked);
    /// The one answer to \a bytes, behind which the connection ends.
    HttpAnswer refusal(const QByteArray &bytes);

    QStringList m_asked;
    NetServer m_server {routes(m_asked)};
};

NetServer::Adjust TestStoppedHttp::routes(QStringList &asked)
{
    return [&asked](NetServer::Settings &settings) {
        settings.addRoutes = [&asked](RouteTable &table) {
            const auto note = [&asked](const HttpRequest &request, const QStringList &) {
                asked.append(QString::fromLatin1(request.head.target));
                return HttpReply {200, "text/plain", "<html><script>alert(1)</script>"};
            };
            table.get(u"/smuggled"_s, note);
            table.get(u"/admin"_s, note);
            table.get(u"/echo/{text}"_s, note);
            table.add("POST", u"/body"_s, note);
            table.get(u"/big"_s, [](const HttpRequest &, const QStringList &) {
                return HttpReply {200, "text/plain", QByteArray(24 * kMegabyte, 'x')};
            });
            table.get(u"/split"_s, [](const HttpRequest &, const QStringList &) {
                return HttpReply {200, "text/plain", "x", {{"X-Name", "a\r\nX-Injected: b"}}};
            });
            table.get(u"/throw"_s, [](const HttpRequest &, const QStringList &) -> HttpReply { throw std::runtime_error("a mistake"); });
        };
    };
}

HttpAnswer TestStoppedHttp::refusal(const QByteArray &bytes)
{
    m_asked.clear();
    RawClient client(m_server.port());
    client.send(bytes);
    const bool ended = QTest::qWaitFor([&client] { return client.isEnded(); });
    const HttpAnswers answers = readAnswers(client.received());
    if (!ended || !answers.isClean() || answers.list.size() != 1 || !m_asked.isEmpty()) {
        QTest::qFail(qPrintable(u"ended %1, %2 answers, asked: %3"_s.arg(ended).arg(answers.list.size()).arg(m_asked.join(u' '))), __FILE__, __LINE__);
        return {};
    }
    return answers.list.constFirst();
}

void TestStoppedHttp::h1_endlessHead()
{
    QCOMPARE(refusal("GET /" + QByteArray(4 * kMegabyte, 'a')).status, 414);
    QCOMPARE(refusal(Hazard::get("/", "X: " + QByteArray(4 * kMegabyte, 'a'))).status, 431);
}

void TestStoppedHttp::h2_noTimeout()
{
    RawClient head(m_server.port());
    head.send("GET / HTTP/1.1\r\nHost: a\r\n");
    RawClient body(m_server.port());
    body.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    RawClient idle(m_server.port());
    QTRY_COMPARE(m_server.door().connectionCount(), 3);
    turnLoop();
    m_server.advance(20s);
    QTRY_VERIFY(head.isEnded() && body.isEnded() && idle.isEnded());
    QCOMPARE(readAnswers(head.received()).list.value(0).status, 408);
    QCOMPARE(readAnswers(body.received()).list.value(0).status, 408);
}

void TestStoppedHttp::h3_tinyChunks()
{
    QCOMPARE(refusal(Hazard::tinyChunks(250'000)).status, 501);
}

void TestStoppedHttp::smuggling_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("H4") << Hazard::hundredAndOneFields() << 431;
    for (const char *length : {"5, 5", "abc", "18446744073709551615", "+5", "-1", "0x10", "5\r\nContent-Length: 5"})
        QTest::addRow("H5 %s", length) << Hazard::oddLength(length) << 400;
    for (const char *coding : {"xchunked", "chunked", "gzip, chunked", "identity"})
        QTest::addRow("H6 %s", coding) << Hazard::oddCoding(coding) << 501;
    QTest::newRow("H7 size") << Hazard::badChunkSize() << 501;
    QTest::newRow("H7 trailer") << Hazard::chunkedTrailer() << 501;
}

/// No handler runs, least of all that of the request which hides in the body.
void TestStoppedHttp::smuggling()
{
    QFETCH(QByteArray, bytes);
    QTEST(refusal(bytes).status, "status");
}

void TestStoppedHttp::h8_unlimitedBody()
{
    QCOMPARE(refusal("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 67108864\r\n\r\n" + QByteArray(kMegabyte, 'x')).status, 413);
}

void TestStoppedHttp::h9_continue()
{
    RawClient client(m_server.port());
    client.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    QTRY_COMPARE(client.received(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
}

void TestStoppedHttp::h10_connectionClose()
{
    for (const QByteArray &request : {Hazard::get("/healthz", "Connection: close\r\n"), QByteArray("GET /healthz HTTP/1.0\r\n\r\n")}) {
        RawClient client(m_server.port());
        client.send(request);
        QTRY_VERIFY(client.isEnded());
        QCOMPARE(readAnswers(client.received()).list.value(0).status, 200);
    }
}

void TestStoppedHttp::h11_methods()
{
    RawClient client(m_server.port());
    client.send("HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\nOPTIONS /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(readAnswers(client.received(), {"HEAD", "OPTIONS"}).list.size(), 2);
    const HttpAnswers answers = readAnswers(client.received(), {"HEAD", "OPTIONS"});
    QVERIFY2(answers.isClean(), qPrintable(answers.fault));
    QCOMPARE(answers.list.at(0).status, 200);
    QCOMPARE(answers.list.at(1).status, 204);
    QCOMPARE(refusal("TRACE /healthz HTTP/1.1\r\nHost: a\r\n\r\n").status, 501);
}

void TestStoppedHttp::malformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::newRow("H12") << QByteArray("this is no HTTP\r\n\r\n") << 400;
    QTest::newRow("H13 no Host") << QByteArray("GET /admin HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("H13 two Hosts") << QByteArray("GET /admin HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") << 400;
    QTest::newRow("H13 HTTPx9y9") << QByteArray("GET /admin HTTPx9y9\r\nHost: a\r\n\r\n") << 400;
    QTest::newRow("H13 bare LF") << QByteArray("GET /admin HTTP/1.1\nHost: a\n\n") << 400;
    QTest::newRow("H13 blank") << QByteArray("GET /admin HTTP/1.1\r\nHost : a\r\n\r\n") << 400;
    for (const char *target : {"/echo/%2e%2e", "/echo/..%5c..", "/echo/a%00b", "/echo/a%0d%0ab", "/admin%0A", "//evil.example/admin", "/echo/a%2Fb"})
        QTest::addRow("H14 %s", target) << Hazard::get(target) << 400;
}

void TestStoppedHttp::malformed()
{
    QFETCH(QByteArray, bytes);
    QTEST(refusal(bytes).status, "status");
}

/// Routes answer at once and by value; nothing of a request outlives its connection.
void TestStoppedHttp::h15_clientLeavesFirst()
{
    for (int i = 0; i < 50; ++i) {
        RawClient client(m_server.port());
        client.send(Hazard::get("/api/rooms").repeated(20));
        if (i % 2)
            turnLoop();
        client.reset();
    }
    QTRY_COMPARE(m_server.door().connectionCount(), 0);
    RawClient after(m_server.port());
    after.send(Hazard::get("/healthz"));
    QTRY_COMPARE(readAnswers(after.received()).list.value(0).status, 200);
}

void TestStoppedHttp::h17_slowReader()
{
    RawClient client(m_server.port(), {QHostAddress(QHostAddress::LocalHost), 8192});
    client.stopReading();
    const quint64 before = m_server.metrics().count(Metrics::HttpRequests);
    client.send(Hazard::get("/big").repeated(20));
    QTRY_COMPARE(m_server.metrics().count(Metrics::HttpRequests), before + 1); // the others wait for the reader
    m_server.advance(14s);
    m_server.advance(15s);
    QTRY_COMPARE(m_server.door().connectionCount(), 0);
    QCOMPARE(m_server.metrics().count(Metrics::HttpRequests), before + 1);
}

void TestStoppedHttp::h18_upgradeOfARoute()
{
    QCOMPARE(refusal(Hazard::upgrade("/admin")).status, 404);
}

void TestStoppedHttp::h20_splitResponse()
{
    RawClient client(m_server.port());
    client.send(Hazard::get("/split"));
    QTRY_COMPARE(readAnswers(client.received()).list.size(), 1);
    const HttpAnswer answer = readAnswers(client.received()).list.constFirst();
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.fields.contains("x-injected"));
}

void TestStoppedHttp::h21_guessedType()
{
    RawClient client(m_server.port());
    client.send(Hazard::get("/admin"));
    QTRY_COMPARE(readAnswers(client.received()).list.size(), 1);
    const HttpAnswer answer = readAnswers(client.received()).list.constFirst();
    QCOMPARE(answer.field("content-type"), QByteArray("text/plain"));
    QCOMPARE(answer.field("x-content-type-options"), QByteArray("nosniff"));
}

void TestStoppedHttp::h22_exception()
{
    RawClient client(m_server.port());
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"a mistake"_s));
    client.send(Hazard::get("/throw"));
    QTRY_COMPARE(readAnswers(client.received()).list.value(0).status, 500);
}

QTEST_GUILESS_MAIN(TestStoppedHttp)
#include "tst_stoppedhttp.moc"
