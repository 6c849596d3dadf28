// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/requesthead.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

/// What came of it, as one text, so that two ways of feeding can be compared.
QByteArray describe(const HeadOutcome &outcome)
{
    if (std::holds_alternative<HeadIncomplete>(outcome))
        return "incomplete";
    if (const auto *refusal = std::get_if<HeadRefusal>(&outcome))
        return QByteArray::number(refusal->status) + ' ' + refusal->error.detail.toUtf8();
    const auto &head = std::get<RequestHead>(outcome);
    QByteArray text = head.method + " HTTP/1." + QByteArray::number(head.minorVersion) + " /"
        + head.segments.join(u'|').toUtf8() + " size " + QByteArray::number(head.size) + " length "
        + QByteArray::number(head.contentLength) + (head.keepAlive ? " keep" : " close")
        + (head.expectContinue ? " expect" : "");
    for (const HeaderField &field : head.fields)
        text += '\n' + field.name + '=' + field.value;
    for (const auto &[name, value] : head.query)
        text += "\n?" + name.toUtf8() + '=' + value.toUtf8();
    return text;
}

int statusOf(const HeadOutcome &outcome)
{
    const auto *refusal = std::get_if<HeadRefusal>(&outcome);
    return refusal ? refusal->status : std::holds_alternative<RequestHead>(outcome) ? 200 : 0;
}

HeadOutcome readWhole(const QByteArray &bytes)
{
    qsizetype scanned = 0;
    return readRequestHead(bytes, scanned, {});
}

/// Feeds \a bytes in pieces that end at \a ends, stops at the first outcome.
HeadOutcome readInPieces(const QByteArray &bytes, const QList<qsizetype> &ends)
{
    qsizetype scanned = 0;
    for (const qsizetype end : ends) {
        HeadOutcome outcome = readRequestHead(QByteArrayView(bytes).first(end), scanned, {});
        if (!std::holds_alternative<HeadIncomplete>(outcome))
            return outcome;
    }
    return HeadIncomplete {};
}

QByteArray get(const QByteArray &target, const QByteArray &fields = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

QByteArray fieldsOf(int count)
{
    QByteArray fields;
    for (int i = 0; i < count; ++i)
        fields += "X-" + QByteArray::number(i) + ": 1\r\n";
    return fields;
}

/// A good head of exactly \a size bytes.
QByteArray headOfSize(qsizetype size)
{
    const QByteArray start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    return start + QByteArray(size - start.size() - 4, 'x') + "\r\n\r\n";
}

/// A good head whose first line has exactly \a size bytes.
QByteArray lineOfSize(qsizetype size)
{
    return get('/' + QByteArray(size - qsizetype(strlen("GET / HTTP/1.1")), 'x'));
}

} // namespace

/// Rule R3: what may pass the front door as the head of a request.
class TestRequestHead : public QObject
{
    Q_OBJECT

private slots:
    void outcome_data();
    void outcome();
    void sameInPieces_data() { outcome_data(); }
    void sameInPieces();
    void decodesOnce_data();
    void decodesOnce();
    void query();
    void lists();
    void canonicalPath();
    void keepAlive_data();
    void keepAlive();
    void scansOnlyNewBytes();
    void endsWhereTheHeadEnds();
};

void TestRequestHead::outcome_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status"); // 200: good; 0: more is needed

    const auto row = [](const char *name, const QByteArray &bytes, int status) {
        QTest::newRow(name) << bytes << status;
    };
    row("plain", get("/"), 200);
    row("nothing yet", "", 0);
    row("half a head", "GET / HTTP/1.1\r\nHost: a\r\n", 0);
    row("1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 200);
    row("1.0 with Host", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", 200);
    row("no white space behind a colon", "GET / HTTP/1.1\r\nHost:a\r\n\r\n", 200);
    row("tab within a value", get("/", "X: a\tb\r\n"), 200);
    row("Latin-1 in a value", get("/", "X: \xE4\r\n"), 200);
    row("empty value", get("/", "X:\r\n"), 200);

    // Lines
    row("bare LF behind the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400);
    row("bare LF behind a field", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400);
    row("bare LF ends the head", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400);
    row("nothing but bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400);
    row("bare LF and a bad method", "BREW / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400);
    row("bare CR", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400);
    row("CR CR LF", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", 400);
    row("folded with a space", get("/", "X: a\r\n b\r\n"), 400);
    row("folded with a tab", get("/", "X: a\r\n\tb\r\n"), 400);
    row("folded first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400);
    row("empty line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("TLS hello", QByteArray::fromHex("16030100f8010000f40303"), 400);
    row("space first", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400);

    // Request line
    row("no version", "GET /\r\nHost: a\r\n\r\n", 400);
    row("two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("tab for a space", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("space behind the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400);
    row("space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("method with a colon", "GE:T / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505);
    row("HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505);
    row("HTTP/0.9", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505);
    row("HTTP/1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 505);
    row("HTTPx9y9", "GET / HTTPx9y9\r\nHost: a\r\n\r\n", 400);
    row("http/1.1", "GET / http/1.1\r\nHost: a\r\n\r\n", 400);
    row("preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    row("unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501);
    row("method in lower case", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501);
    row("TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 501);
    row("CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 501);
    for (const char *method : {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
        row(method, QByteArray(method) + " / HTTP/1.1\r\nHost: a\r\n\r\n", 200);

    // Target
    row("absolute form", get("http://a/"), 400);
    row("asterisk form", get("*"), 400);
    row("authority form", get("a:80"), 400);
    row("empty target", get(""), 400);
    row("no slash", get("api"), 400);
    row("two slashes", get("//evil/x"), 400);
    row("backslash first", get("\\x"), 400);
    row("backslash", get("/a\\b"), 400);
    row("slash backslash", get("/\\evil/x"), 400);
    row("fragment", get("/a#b"), 400);
    row("byte above 7E", get("/\xC3\xA4"), 400);
    row("DEL", get("/a\x7F"), 400);
    row("NUL", get(QByteArray("/a\0b", 4)), 400);
    row("control", get("/a\x01"), 400);
    row("escaped NUL", get("/a%00"), 400);
    row("escaped LF", get("/a%0a"), 400);
    row("escaped CR", get("/a%0D"), 400);
    row("escaped slash", get("/a%2fb"), 400);
    row("escaped slash, capital", get("/a%2Fb"), 400);
    row("escaped backslash", get("/a%5cb"), 400);
    row("dot dot", get("/a/../b"), 400);
    row("dot dot last", get("/a/.."), 400);
    row("dot", get("/a/./b"), 400);
    row("escaped dot dot", get("/a/%2e%2e/b"), 400);
    row("half escaped dot dot", get("/a/.%2E/b"), 400);
    row("escaped dot", get("/%2e"), 400);
    row("dot dot behind a byte order mark", get("/%EF%BB%BF.."), 200);
    row("dots within a name", get("/a..b/...c"), 200);
    row("empty segments", get("/a//b/"), 200);
    row("escape at the very end", get("/%41"), 200);
    row("escape without digits", get("/a%"), 400);
    row("escape with one digit", get("/a%4"), 400);
    row("escape with a letter", get("/a%4g"), 400);
    row("escape with a sign", get("/a%+4"), 400);
    row("escape cut by a slash", get("/a%4/1"), 400);
    row("UTF-8", get("/%C3%A4"), 200);
    row("UTF-8 of four bytes", get("/%F0%9F%98%80"), 200);
    row("Latin-1", get("/%E4"), 400);
    row("continuation alone", get("/%A4"), 400);
    row("overlong slash", get("/%C0%AF"), 400);
    row("surrogate", get("/%ED%A0%80"), 400);
    row("above U+10FFFF", get("/%F4%90%80%80"), 400);
    row("cut at the end", get("/anna%E2%82"), 400);
    row("cut at the end of a segment", get("/anna%E2%82/x"), 400);
    row("cut over two segments", get("/%E2/%82%AC"), 400);
    row("query, escape without digits", get("/?a=%"), 400);
    row("query, Latin-1", get("/?a=%E4"), 400);
    row("query, cut", get("/?a=%E2%82"), 400);
    row("query, cut over two values", get("/?a=%E2&%82%AC"), 400);
    row("query, NUL", get("/?a=%00"), 400);
    row("query, bad name", get("/?%zz=1"), 400);
    row("query with slashes and question marks", get("/?a=/../?b"), 200);
    row("longest line", lineOfSize(4096), 200);
    row("line too long", lineOfSize(4097), 414);
    row("line much too long", lineOfSize(20'000), 414);
    row("line without an end", "GET /" + QByteArray(20'000, 'x'), 414);

    // Fields
    row("largest head", headOfSize(16 * 1024), 200);
    row("head too large", headOfSize(16 * 1024 + 1), 431);
    row("head without an end", "GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(20'000, 'x'), 431);
    row("head too large, then bare LF", "GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(20'000, 'x') + "\n\r\n\r\n", 431);
    row("100 fields", get("/", fieldsOf(99)), 200);
    row("101 fields", get("/", fieldsOf(100)), 431);
    row("space before a colon", get("/", "X : a\r\n"), 400);
    row("no colon", get("/", "X\r\n"), 400);
    row("empty name", get("/", ": a\r\n"), 400);
    row("name with a bracket", get("/", "X(: a\r\n"), 400);
    row("NUL in a name", get("/", QByteArray("X\0: a\r\n", 7)), 400);
    row("NUL in a value", get("/", QByteArray("X: a\0b\r\n", 8)), 400);
    row("control in a value", get("/", "X: a\x01" "b\r\n"), 400);
    row("escape in a value", get("/", "X: a\x1B[31m\r\n"), 400);
    row("DEL in a value", get("/", "X: a\x7F\r\n"), 400);
    row("vertical tab before a value", get("/", "X: \x0B" "a\r\n"), 400);
    row("form feed behind a value", get("/", "X: a\x0C\r\n"), 400);
    row("no Host", "GET / HTTP/1.1\r\nX: a\r\n\r\n", 400);
    row("no field at all", "GET / HTTP/1.1\r\n\r\n", 400);
    row("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400);
    row("two Hosts, other case", "GET / HTTP/1.1\r\nHost: a\r\nhOST: b\r\n\r\n", 400);
    row("two Hosts in 1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400);
    row("Host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400);
    row("Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400);
    row("Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400);
    row("Host of IPv6", "GET / HTTP/1.1\r\nHost: [::1]:8000\r\n\r\n", 200);

    // Bodies
    row("Content-Length", get("/", "Content-Length: 5\r\n"), 200);
    row("Content-Length 0", get("/", "Content-Length: 0\r\n"), 200);
    row("Content-Length twice", get("/", "Content-Length: 5\r\nContent-Length: 5\r\n"), 400);
    row("Content-Length twice, different", get("/", "Content-Length: 5\r\ncontent-length: 6\r\n"), 400);
    row("Content-Length list", get("/", "Content-Length: 5, 5\r\n"), 400);
    row("Content-Length word", get("/", "Content-Length: abc\r\n"), 400);
    row("Content-Length empty", get("/", "Content-Length:\r\n"), 400);
    row("Content-Length of 64 bits", get("/", "Content-Length: 18446744073709551615\r\n"), 400);
    row("Content-Length above 64 bits", get("/", "Content-Length: 18446744073709551621\r\n"), 400);
    row("Content-Length negative", get("/", "Content-Length: -1\r\n"), 400);
    row("Content-Length with plus", get("/", "Content-Length: +5\r\n"), 400);
    row("Content-Length in hexadecimal", get("/", "Content-Length: 0x5\r\n"), 400);
    row("Content-Length with a fraction", get("/", "Content-Length: 5.0\r\n"), 400);
    row("Content-Length behind a vertical tab", get("/", "Content-Length: \x0B" "5\r\n"), 400);
    row("Transfer-Encoding chunked", get("/", "Transfer-Encoding: chunked\r\n"), 501);
    row("Transfer-Encoding identity", get("/", "transfer-encoding: identity\r\n"), 501);
    row("Transfer-Encoding xchunked", get("/", "Transfer-Encoding: xchunked\r\n"), 501);
    row("Transfer-Encoding empty", get("/", "Transfer-Encoding:\r\n"), 501);
    row("both lengths", get("/", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 501);
    row("Transfer-Encoding in 1.0", "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 501);
    row("Expect 100-continue", get("/", "Expect: 100-Continue\r\n"), 200);
    row("Expect something else", get("/", "Expect: a-pony\r\n"), 417);
}

void TestRequestHead::outcome()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const HeadOutcome outcome = readWhole(bytes);
    QVERIFY2(statusOf(outcome) == status, describe(outcome).left(300).constData());
}

void TestRequestHead::sameInPieces()
{
    QFETCH(QByteArray, bytes);
    const QByteArray whole = describe(readWhole(bytes));

    QList<qsizetype> all;
    for (qsizetype i = 1; i <= bytes.size(); ++i)
        all.append(i);
    QCOMPARE(describe(readInPieces(bytes, all)), whole);

    QRandomGenerator random(4711);
    for (int round = 0; round < 20; ++round) {
        QList<qsizetype> ends;
        for (qsizetype at = 0; at < bytes.size();) {
            at = qMin(bytes.size(), at + random.bounded(1, round % 2 ? 7 : 700));
            ends.append(at);
        }
        QCOMPARE(describe(readInPieces(bytes, ends)), whole);
    }
}

void TestRequestHead::decodesOnce_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QStringList>("segments");
    QTest::newRow("root") << QByteArray("/") << QStringList();
    QTest::newRow("Cyrillic") << QByteArray("/ws/%D0%90%D0%BD%D0%BD%D0%B0") << QStringList {u"ws"_s, u"Анна"_s};
    QTest::newRow("once, not twice") << QByteArray("/%2541") << QStringList {u"%41"_s};
    QTest::newRow("escaped dots, twice") << QByteArray("/%252e%252e") << QStringList {u"%2e%2e"_s};
    QTest::newRow("plus stays") << QByteArray("/a+b") << QStringList {u"a+b"_s};
    QTest::newRow("escaped question mark") << QByteArray("/a%3Fb") << QStringList {u"a?b"_s};
    QTest::newRow("last character escaped") << QByteArray("/ab%63") << QStringList {u"abc"_s};
    QTest::newRow("byte order mark stays") << QByteArray("/%EF%BB%BFanna") << QStringList {u"\uFEFFanna"_s};
    QTest::newRow("trailing slash") << QByteArray("/a/") << QStringList {u"a"_s, u""_s};
}

void TestRequestHead::decodesOnce()
{
    QFETCH(QByteArray, target);
    QFETCH(QStringList, segments);
    const HeadOutcome outcome = readWhole(get(target));
    QCOMPARE(statusOf(outcome), 200);
    QCOMPARE(std::get<RequestHead>(outcome).segments, segments);
}

void TestRequestHead::query()
{
    const HeadOutcome outcome = readWhole(get("/a?limit=5&limit=6&&empty=&bare&a+b=c%2Bd&%61=%C3%A4&x=%EF%BB%BFy"));
    QCOMPARE(statusOf(outcome), 200);
    const auto &head = std::get<RequestHead>(outcome);
    QCOMPARE(head.parameter(u"limit"), u"5"_s);
    QVERIFY(!head.parameter(u"empty").isNull());
    QVERIFY(head.parameter(u"empty").isEmpty());
    QVERIFY(!head.parameter(u"bare").isNull());
    QCOMPARE(head.parameter(u"a b"), u"c+d"_s);
    QCOMPARE(head.parameter(u"a"), u"ä"_s);
    QCOMPARE(head.parameter(u"x"), u"\uFEFFy"_s);
    QVERIFY(head.parameter(u"absent").isNull());
    QCOMPARE(head.segments, QStringList {u"a"_s});
}

void TestRequestHead::lists()
{
    const HeadOutcome outcome =
        readWhole(get("/", "Connection: keep-alive , Upgrade\r\nUpgrade: h2c,\twebsocket,\r\nconnection: x\r\n"));
    QCOMPARE(statusOf(outcome), 200);
    const auto &head = std::get<RequestHead>(outcome);
    QCOMPARE(head.list("connection"), (QList<QByteArray> {"keep-alive", "Upgrade", "x"}));
    QVERIFY(head.hasToken("Connection", "upgrade"));
    QVERIFY(head.hasToken("upgrade", "WebSocket"));
    QVERIFY(!head.hasToken("Upgrade", "web"));
    QVERIFY(head.hasField("CONNECTION"));
    QCOMPARE(head.field("Connection"), QByteArray("keep-alive , Upgrade"));
}

void TestRequestHead::canonicalPath()
{
    const auto canonical = [](const QByteArray &target) {
        return std::get<RequestHead>(readWhole(get(target))).canonicalPath();
    };
    QCOMPARE(canonical("/"), QByteArray("/"));
    QCOMPARE(canonical("/a?b=c"), QByteArray("/a"));
    QCOMPARE(canonical("/%61%20%3F%23%25/%D0%B0"), QByteArray("/a%20%3F%23%25/%D0%B0"));
    QCOMPARE(canonical("/;a=b,c&d"), QByteArray("/%3Ba%3Db%2Cc%26d"));
}

void TestRequestHead::keepAlive_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("keepAlive");
    QTest::addColumn<bool>("expects");
    QTest::newRow("1.1") << get("/") << true << false;
    QTest::newRow("1.1, close") << get("/", "Connection: Close\r\n") << false << false;
    QTest::newRow("1.1, both") << get("/", "Connection: keep-alive, close\r\n") << false << false;
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false << false;
    QTest::newRow("1.0, keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << true << false;
    QTest::newRow("1.1, expects") << get("/", "Expect: 100-continue\r\n") << true << true;
    // RFC 9110 section 10.1.1: a 1.0 client cannot read an interim answer.
    QTest::newRow("1.0, expects") << QByteArray("GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n") << false << false;
}

void TestRequestHead::keepAlive()
{
    QFETCH(QByteArray, bytes);
    const HeadOutcome outcome = readWhole(bytes);
    QCOMPARE(statusOf(outcome), 200);
    QTEST(std::get<RequestHead>(outcome).keepAlive, "keepAlive");
    QTEST(std::get<RequestHead>(outcome).expectContinue, "expects");
}

/// Bytes that were looked at are not looked at again, or a head byte by byte would cost its square.
void TestRequestHead::scansOnlyNewBytes()
{
    const QByteArray half = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    qsizetype scanned = 0;
    QCOMPARE(statusOf(readRequestHead(half, scanned, {})), 0);
    QCOMPARE(scanned, half.size());
}

void TestRequestHead::endsWhereTheHeadEnds()
{
    const QByteArray head = get("/", "Content-Length: 9\r\n");
    const HeadOutcome outcome = readWhole(head + "\n\n\0\r\n\r\nGET");
    QCOMPARE(statusOf(outcome), 200);
    QCOMPARE(std::get<RequestHead>(outcome).size, head.size());
}

QTEST_GUILESS_MAIN(TestRequestHead)
#include "tst_requesthead.moc"
